"""Checks the pinned packages for known vulnerabilities: python -m tests.audit runs pip-audit, which asks OSV.

A clean result holds for a day, or until constraints.txt changes. Without an answer in time the audit is skipped with a
message and does not fail: `make check` must work offline. `--advisories FOLDER` checks by a copy of the PyPA's
advisory database instead (https://github.com/pypa/advisory-database), whatever its age.
"""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).resolve().parent.parent
DAY = 86_400.0
AT_MOST = 30.0
"""Seconds to wait for the whole audit."""
FOR_ONE = 5
"""Seconds to wait for one answer of OSV."""


def audit(pins: Path, kept: Path, now: float, *, options: Sequence[str] = (), at_most: float = AT_MOST) -> int:
    """Run pip-audit; the exit status is 1 for a known vulnerability. The file `kept` has the last clean result."""
    digest = hashlib.sha256(pins.read_bytes()).hexdigest()
    if _clean(kept, digest, now):
        _say(f"pip-audit: nothing known against {pins.name}, as of less than a day ago")
        return 0
    command = [sys.executable, "-m", "pip_audit", "-r", str(pins), "--no-deps", "--disable-pip", "-s", "osv"]
    command += ["-f", "json", "--progress-spinner", "off", "--timeout", str(FOR_ONE), *options]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=at_most, check=False)
    except subprocess.TimeoutExpired:
        return _skipped(f"no answer within {at_most:g} s")
    try:
        found = json.loads(done.stdout)["dependencies"]
    except (ValueError, LookupError, TypeError):
        return _skipped(done.stderr.strip().rpartition("\n")[2] or "it said nothing")
    known = [(each["name"], each["version"], fault) for each in found for fault in each.get("vulns", ())]
    for name, version, fault in known:
        fixed = ", ".join(fault["fix_versions"]) or "none"
        _say(f"pip-audit: {name} {version}: {fault['id']}, mended in {fixed}: {fault['description']}")
    if not known:
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.write_text(json.dumps({"of": digest, "at": now}))
        _say(f"pip-audit: nothing known against {len(found)} packages")
    return 1 if known else 0


def among(pins: Path, folder: Path) -> int:
    """Check the pins by the advisories (OSV, in YAML) below a folder; the exit status is 1 if one affects a pin."""
    lines = (line.partition("#")[0].strip() for line in pins.read_text().splitlines())
    pinned = [Requirement(line) for line in lines if line]
    versions = {canonicalize_name(each.name): Version(next(iter(each.specifier)).version) for each in pinned}
    read, known = 0, []
    for file in sorted(folder.rglob("*.yaml")):
        if canonicalize_name(file.parent.name) not in versions:
            continue
        read += 1
        fault = yaml.load(file.read_text(encoding="utf-8"), yaml.CSafeLoader)
        for each in () if "withdrawn" in fault else fault["affected"]:
            version = versions.get(canonicalize_name(each["package"]["name"]))
            if version and (str(version) in each.get("versions", ()) or _within(version, each.get("ranges", ()))):
                known.append(f"{each['package']['name']} {version}: {fault['id']}: {fault['details']}")
    for line in known or [f"nothing known against {len(versions)} packages, by {read} advisories on them"]:
        _say(f"advisories: {line}")
    return 1 if known else 0


def _within(version: Version, ranges: Sequence[dict[str, Any]]) -> bool:
    """Whether a version lies in an affected range (whose events are in order): introduced and not yet fixed."""
    for each in ranges:
        faulty = False
        for event in each["events"] if each["type"] == "ECOSYSTEM" else ():
            ((what, since),) = event.items()
            if what == "last_affected":
                faulty = faulty and version <= Version(since)
            elif since == "0" or version >= Version(since):
                faulty = what == "introduced"
        if faulty:
            return True
    return False


def _clean(kept: Path, digest: str, now: float) -> bool:
    try:
        said = json.loads(kept.read_text())
        return bool(said["of"] == digest and 0 <= now - said["at"] < DAY)
    except (OSError, ValueError, LookupError, TypeError):
        return False


def _say(what: str) -> None:
    sys.stdout.write(f"{what}\n")


def _skipped(why: str) -> int:
    _say(f"pip-audit: SKIPPED, nothing was audited: {why}")
    return 0


if __name__ == "__main__":
    pins = ROOT / "constraints.txt"
    if sys.argv[1:2] == ["--advisories"]:
        sys.exit(among(pins, Path(sys.argv[2])))
    sys.exit(audit(pins, ROOT / ".run" / "audited.json", time.time()))
