"""Addresses of stories: without what only follows their readers, and in a form in which two of them compare. Pure."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

MAX_ADDRESS_CHARACTERS = 2000

_TRACKING_NAME = re.compile(
    r"(?:utm|mtm|pk|piwik|matomo|hsa|oly|at|guce|ml|stm|trk)_\w+|(?:fb|g|dc|msc|y|tw|tt|s_c|li_)clid|msclkid|dclid|gclsrc|rdt_cid|epik|sccid"
    r"|[gw]braid|mc_[ce]id|igsh(?:id)?|_hs(?:enc|mi)|mkt_tok|vero_(?:id|conv)|s_(?:cid|kwcid)|li_fat_id|ref_(?:src|url)"
    r"|cmpid|ncid|__s|_openstat|spm|wt_mc|sc_campaign|ck_subscriber_id|guccounter|xtor|rb_clickid|ito|smid|_ga|_gl"
    r"|wickedid|__hs\w+|hsctatracking|mkwid|pcrid|ef_id|irclickid|fb_(?:action\w*|source|ref)|action_\w+_map",
    re.IGNORECASE,
)
_MAYBE_TRACKING = re.compile(r"(?:source|src|ref|from|partner|via|medium|cmp)", re.IGNORECASE)
_FEED_VALUE = re.compile(r"(?:rss|feed|atom|newsletter|email|twitter|mastodon|facebook)(?:[-_.].*)?", re.IGNORECASE)
_LAST_PAGE = re.compile(r"/(?:amp|index\.(?:html?|php))?/*$", re.IGNORECASE)


def clean_address(address: str, base: str = "") -> str:
    """A web address, resolved against `base` and without parameters that track; "" where it leads to no web page."""
    try:
        parts = urlsplit(urljoin(base, address.strip()))
        if parts.scheme not in {"http", "https"} or not parts.hostname or parts.username is not None:
            return ""
        query = parts.query
        if query:
            pairs = parse_qsl(query, keep_blank_values=True, max_num_fields=100)
            kept = [(name, value) for name, value in pairs if not is_tracking(name, value)]
            query = query if len(kept) == len(pairs) else urlencode(kept)
        fragment = "" if parts.fragment.lower().startswith(("utm_", "xtor", "ref=", "mtm_")) else parts.fragment
        cleaned = urlunsplit((parts.scheme, parts.netloc, parts.path, query, fragment))
    except ValueError:
        return ""
    return cleaned if len(cleaned) <= MAX_ADDRESS_CHARACTERS and cleaned.isprintable() and " " not in cleaned else ""


def is_tracking(name: str, value: str) -> bool:
    """Whether a parameter of an address only says where its reader came from."""
    if _TRACKING_NAME.fullmatch(name):
        return True
    return _MAYBE_TRACKING.fullmatch(name) is not None and _FEED_VALUE.fullmatch(value) is not None


def comparable_address(address: str) -> str:
    """A form of an address that is the same for addresses of one page; "" where it names a whole site."""
    cleaned = clean_address(address)
    if not cleaned:
        return ""
    parts = urlsplit(cleaned)
    path = _LAST_PAGE.sub("", parts.path)
    query = urlencode(sorted(parse_qsl(parts.query, keep_blank_values=True)))
    fragment = parts.fragment if parts.fragment.startswith(("!", "/")) else ""
    if not path and not query and not fragment:
        return ""
    return f"{(parts.hostname or '').removeprefix('www.')}{path}?{query}#{fragment}"
