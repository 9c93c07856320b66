"""The licences of what the program is installed with, as the packages themselves state them."""

from __future__ import annotations

from importlib.metadata import Distribution, PackageNotFoundError, distribution

from msgspec import Struct
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

OURS = "proactive-tui"
WITH = "embedded"
"""The extra that the program itself can use; the others are for working on it."""
LONG = 60
"""Characters: a longer field "License" is the text of a licence and not its name."""
CLASSIFIER = "License :: "


class Licence(Struct, frozen=True):
    """A package and what it says of its licence: an SPDX expression or a name, empty where it says nothing."""

    name: str
    version: str
    licence: str


def installed() -> tuple[Licence, ...]:
    """Every package that the program needs here, directly or not, by name; what is not installed is not named."""
    found: dict[str, Distribution] = {}
    seen: set[tuple[str, str]] = set()
    waiting = [(OURS, ""), (OURS, WITH)]
    while waiting:
        name, extra = waiting.pop()
        if (name, extra) in seen:
            continue
        seen.add((name, extra))
        try:
            found[name] = package = distribution(name)
        except PackageNotFoundError:
            continue
        for each in map(Requirement, package.requires or ()):
            if each.marker is None or each.marker.evaluate({"extra": extra}):
                waiting += [(canonicalize_name(each.name), more) for more in ("", *each.extras)]
    return tuple(
        Licence(package.metadata["Name"], package.version, stated(package)) for _, package in sorted(found.items())
    )


def stated(package: Distribution) -> str:
    """What a package says of its licence: the expression, else the field if it is a name, else the classifiers."""
    metadata = package.metadata
    for field, most in (("License-Expression", None), ("License", LONG)):
        text = " ".join((metadata.get_all(field) or [""])[0].split())
        if text and text != "UNKNOWN" and (most is None or len(text) <= most):
            return text
    classifiers = metadata.get_all("Classifier") or ()
    names = [each.rpartition(" :: ")[2] for each in classifiers if each.startswith(CLASSIFIER)]
    return " or ".join(names)
