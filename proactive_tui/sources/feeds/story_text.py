"""The words of a story out of its HTML, as Markdown: nothing that a reader would not see, and nothing that acts."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from html import unescape

from proactive_tui.sources.feeds.markup_tokens import MarkupToken, read_tokens
from proactive_tui.sources.feeds.story_links import clean_address
from proactive_tui.text.terminal_safe import one_line, sanitize_text
from proactive_tui.text.words import word_set

MAX_STORY_CHARACTERS = 8000
"""Characters of a story that are kept: what it is about stands at its beginning."""

_UNSEEN_TAGS = word_set(
    "script style template noscript svg math iframe object embed applet head title form select textarea button canvas"
    " audio video map dialog nav frameset noframes plaintext datalist"
)
_VOID_TAGS = word_set("area base br col embed hr img input link meta param source track wbr")
_BLOCK_TAGS = word_set(
    "address article aside blockquote body caption center dd details div dl dt fieldset figcaption figure footer h1 h2"
    " h3 h4 h5 h6 header hr html legend li main ol p pre section summary table tbody td tfoot th thead tr ul"
)
_HIDDEN_STYLE = re.compile(
    r"display:none|visibility:(?:hidden|collapse)|(?<![\w-])opacity:0?\.?0*(?:[;!]|$)"
    r"|font-size:(?:0|0?\.\d+|[01])(?:px|pt|em|rem|%)?(?:[;!]|$)|(?<![\w-])(?:max-)?(?:height|width):[01](?:px|em|%)?(?:[;!]|$)"
    r"|(?:text-indent|left|top|right|margin-left|margin-top):-\d{3,}|clip:rect\(|clip-path:inset\((?:50|100)%"
    r"|(?<![\w-])color:(?:transparent|rgba\([^)]*,0(?:\.0+)?\))|transform:scale\(0|mso-hide:all|content-visibility:hidden"
)
_PALE_COLOR = re.compile(r"(?<![\w-])color:(?:white|#fff(?:fff)?|rgb\(255,255,255\))(?:[;!]|$)")
_HIDDEN_CLASS = re.compile(
    r"(?:^|\s)(?:sr-only|visually-?hidden|screen-reader-text|hidden|is-hidden|d-none|invisible|preheader|offscreen)(?:\s|$)"
)
_TRACKED_LINES = re.compile(
    r"^(?:the post .{1,300} (?:appeared first on|first appeared on) .{1,120}"
    r"|(?:continue|read) (?:reading|more|the rest)\b.{0,80}"
    r"|comments|\[?…\]?|share (?:this|on)\b.{0,60})\.?$",
    re.IGNORECASE,
)
_FRONT_MATTER = re.compile(r"\A(?:\s*(?:-{3,}|\+{3,}|={3,})[ \t]*\n?)+")
"""What would begin the properties of a note."""
_BLANK_RUNS = re.compile(r"\s+")


def story_markdown(markup: str, base: str, *, is_plain: bool = False) -> str:
    """The visible text of an entry as Markdown, at most `MAX_STORY_CHARACTERS`, links resolved against `base`."""
    if is_plain:
        blocks = [" ".join(block.split()) for block in re.split(r"\n\s*\n", sanitize_text(markup))]
    else:
        blocks = _MarkupReader(base).read(markup)
    kept = [block for block in blocks if block.strip(" #>-|*") and not _TRACKED_LINES.match(block)]
    return _FRONT_MATTER.sub("", _shorten_blocks(kept))


def plain_title(markup: str) -> str:
    """The words of a title on one line: feeds put HTML into titles, escaped or not, or twice."""
    text = markup
    for _ in range(2):
        if "<" in text or "&" in text:
            text = one_line(" ".join(_read_words(text)))
    return one_line(text)[:200].strip()


def _read_words(markup: str) -> Sequence[str]:
    blocks = _MarkupReader("", links=False).read(markup)
    return [re.sub(r"^(?:#+|>|-) ", "", block) for block in blocks] or [unescape(re.sub(r"<[^>]*>", " ", markup))]


def _shorten_blocks(blocks: Sequence[str]) -> str:
    kept: list[str] = []
    left = MAX_STORY_CHARACTERS
    for block in blocks:
        if len(block) > left:
            if not kept:
                kept.append(block[:left].rsplit(" ", 1)[0])
            break
        kept.append(block)
        left -= len(block) + 2
    return "\n\n".join(kept)


class _MarkupReader:
    """Collects the visible text of HTML in blocks of Markdown."""

    def __init__(self, base: str, *, links: bool = True) -> None:
        self._base, self._links = base, links
        self._blocks: list[str] = []
        self._inline: list[str] = []
        self._prefix = ""
        self._quotes = 0
        self._pre = 0
        self._hidden: list[str] = []
        self._open_links: list[tuple[str, int]] = []

    def read(self, markup: str) -> list[str]:
        """The blocks of `markup`."""
        for token in read_tokens(markup):
            if token.is_end:
                self._end_tag(token.name)
            elif token.name:
                self._start_tag(token)
            elif not self._hidden:
                self._inline.append(token.text)
        self._end_block()
        return self._blocks

    def _start_tag(self, token: MarkupToken) -> None:
        tag, attributes = token.name, token.attributes
        if self._hidden:
            if self._hidden == ["p"] and tag in _BLOCK_TAGS:  # the end of a paragraph may be left out
                self._hidden.clear()
            elif tag == self._hidden[0] and tag not in _VOID_TAGS:
                self._hidden.append(tag)
                return
            else:
                return
        if tag in _UNSEEN_TAGS or _is_hidden(attributes):
            if tag not in _VOID_TAGS:
                self._hidden.append(tag)
            return
        if tag in _BLOCK_TAGS:
            self._end_block()
        match tag:
            case "br":
                self._inline.append("\n" if self._pre else " ")
            case "li":
                self._prefix = "- "
            case "h1" | "h2" | "h3" | "h4" | "h5" | "h6":
                self._prefix = "## "
            case "blockquote":
                self._quotes += 1
            case "pre":
                self._pre += 1
            case "a" if self._links:
                address = clean_address(attributes["href"], self._base) if attributes.get("href") else ""
                self._open_links.append((address, len(self._inline)))
            case _:
                pass

    def _end_tag(self, tag: str) -> None:
        if self._hidden:
            if self._hidden[0] == tag:
                self._hidden.pop()
            return
        if tag == "a" and self._open_links:
            self._close_link()
        if tag in _BLOCK_TAGS:
            self._end_block()
        if tag == "blockquote":
            self._quotes = max(0, self._quotes - 1)
        if tag == "pre":
            self._pre = max(0, self._pre - 1)

    def _close_link(self) -> None:
        address, start = self._open_links.pop()
        label = " ".join("".join(self._inline[start:]).split())
        if address and label and set(label).isdisjoint("[]") and set(address).isdisjoint("() "):
            self._inline[start:] = [f"[{label}]({address})"]

    def _end_block(self) -> None:
        text = sanitize_text("".join(self._inline))
        self._inline.clear()
        self._open_links.clear()
        if self._pre and text.strip():
            lines = text.strip("\n").replace("```", "'''").split("\n")
            self._blocks.append("\n".join(["```", *lines, "```"]))
        elif words := _BLANK_RUNS.sub(" ", text).strip():
            self._blocks.append(f"{'> ' * min(self._quotes, 3)}{self._prefix}{words}")
            self._prefix = ""


def _is_hidden(attributes: Mapping[str, str]) -> bool:
    """Whether an element is not for readers: hidden by an attribute, a style, or a class that means so everywhere."""
    for name, value in attributes.items():
        text = value.lower()
        match name:
            case "hidden":
                return True
            case "aria-hidden" if text == "true":
                return True
            case "style":
                style = _BLANK_RUNS.sub("", text)
                if _HIDDEN_STYLE.search(style) or (_PALE_COLOR.search(style) and "background" not in style):
                    return True
            case "class" if _HIDDEN_CLASS.search(text):
                return True
            case "color" if text in {"white", "#fff", "#ffffff", "transparent"}:
                return True
            case _:
                pass
    return False
