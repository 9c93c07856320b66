"""Lists the licences of the installed packages, as the packages themselves state them."""

from __future__ import annotations

from importlib.metadata import Distribution, PackageNotFoundError, distribution

from msgspec import Struct
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

PROGRAM_PACKAGE = "proactive-tui"
RUNTIME_EXTRAS = ("embedded", "models")
"""The extras that the program can use at run time; the others are for its development."""
MAX_LICENCE_NAME_CHARACTERS = 60
"""Maximum characters of a licence's name: a longer field "License" holds the licence's text."""
LICENCE_CLASSIFIER_PREFIX = "License :: "


class PackageLicence(Struct, frozen=True):
    """A package and the licence that it states: an SPDX expression or a name, empty where it states none."""

    name: str
    version: str
    licence: str


def list_licences() -> tuple[PackageLicence, ...]:
    """Every installed package that the program needs, directly or not, in order of name."""
    found: dict[str, Distribution] = {}
    seen: set[tuple[str, str]] = set()
    waiting = [(PROGRAM_PACKAGE, extra) for extra in ("", *RUNTIME_EXTRAS)]
    while waiting:
        name, extra = waiting.pop()
        if (name, extra) in seen:
            continue
        seen.add((name, extra))
        try:
            found[name] = package = distribution(name)
        except PackageNotFoundError:
            continue
        for requirement in map(Requirement, package.requires or ()):
            if requirement.marker is None or requirement.marker.evaluate({"extra": extra}):
                waiting += [(canonicalize_name(requirement.name), more) for more in ("", *requirement.extras)]
    return tuple(
        PackageLicence(package.metadata["Name"], package.version, stated_licence(package))
        for _, package in sorted(found.items())
    )


def stated_licence(package: Distribution) -> str:
    """The licence that a package states: the expression, else the field if it is a name, else the classifiers."""
    metadata = package.metadata
    for field, most in (("License-Expression", None), ("License", MAX_LICENCE_NAME_CHARACTERS)):
        text = " ".join((metadata.get_all(field) or [""])[0].split())
        if text and text != "UNKNOWN" and (most is None or len(text) <= most):
            return text
    classifiers = metadata.get_all("Classifier") or ()
    names = [
        classifier.rpartition(" :: ")[2]
        for classifier in classifiers
        if classifier.startswith(LICENCE_CLASSIFIER_PREFIX)
    ]
    return " or ".join(names)
