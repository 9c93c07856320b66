"""Runs git so that it only reads: it writes, fetches and asks nothing, and no program of a repository's config runs."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
import threading
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import IO, Final, NamedTuple

from proactive_tui.errors import SourceError

MAX_GIT_SECONDS: Final = 10.0
"""Time for one command; git is ended after it."""
MAX_GIT_BYTES: Final = 4_000_000
"""The most bytes of an answer that are read; git is ended there."""
MIN_GIT_VERSION: Final = (2, 31)
"""The first git that takes settings from its environment (GIT_CONFIG_COUNT), as which all others are overruled."""

_KEPT_VARIABLES = (
    "PATH", "HOME", "XDG_CONFIG_HOME", "USERPROFILE", "SYSTEMROOT", "TMPDIR", "GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM",
    "GIT_CONFIG_NOSYSTEM",
)  # fmt: skip
"""What git inherits. The machine's config and the owner's stay: who may be trusted (safe.directory) stands there."""
_SET_VARIABLES = {
    "LC_ALL": "C",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_NO_LAZY_FETCH": "1",  # from 2.44 on; before, no protocol is allowed by which anything could be fetched
    "GIT_ALLOW_PROTOCOL": "",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_ASKPASS": "",
    "SSH_ASKPASS": "",
    "GIT_PAGER": "cat",
    "GIT_ATTR_NOSYSTEM": "1",
}
_OVERRULED = {
    "core.fsmonitor": "false",
    "core.hooksPath": os.devnull,
    "core.pager": "cat",
    "core.askPass": "",
    "core.sshCommand": "false",
    "core.gitProxy": "",
    "core.alternateRefsCommand": "",
    "core.quotePath": "false",
    "credential.helper": "",
    "protocol.allow": "never",
    "diff.external": "",
    "diff.ignoreSubmodules": "all",
    "diff.orderFile": os.devnull,
    "diff.renames": "false",
    "log.showSignature": "false",
    "log.mailmap": "false",
    "log.follow": "false",
    "color.ui": "false",
    "submodule.recurse": "false",
    "gc.auto": "0",
    "maintenance.auto": "false",
}
_FILTER_KEY = re.compile(r"(filter\..*)\.(?:clean|smudge|process|required)", re.DOTALL)
_HOOK_KEY = re.compile(r"(hook\..+)\.(?:command|event)", re.DOTALL)
_DRIVER_KEY = re.compile(r"(diff\..+)\.(?:command|textconv)", re.DOTALL)


class GitAnswer(NamedTuple):
    """What git printed; `is_whole` is false where it failed, took too long or said too much."""

    data: bytes
    is_whole: bool

    def fields(self) -> list[str]:
        """The parts between zero bytes; what is not UTF-8 keeps its bytes as surrogates."""
        return self.data.decode("utf-8", "surrogateescape").split("\0")

    def rows(self, width: int) -> Iterator[tuple[str, ...]]:
        """The fields in groups of `width`; an incomplete group at the end is left out."""
        fields = self.fields()
        for start in range(0, len(fields) - width + 1, width):
            yield tuple(fields[start : start + width])


class GitProgram:
    """The git of this machine. Raises SourceError where there is none, or only one that is too old."""

    def __init__(self, environment: Mapping[str, str] = os.environ) -> None:
        self._environment = {name: environment[name] for name in _KEPT_VARIABLES if name in environment}
        places = self._environment.get("PATH", os.defpath).split(os.pathsep)
        own = os.pathsep.join(place for place in places if Path(place).is_absolute())  # never a git of the repository
        self._environment["PATH"] = own
        found = shutil.which("git", path=own)
        if found is None:
            raise SourceError("Git was not found", "Repositories are read by git.", "Install git, or set git.enabled.")
        self._program = found
        self._check_version()

    def read_config(self, folder: Path) -> dict[str, str]:
        """All settings of a repository, those of the machine and the owner with them: the last value of each key.

        Sections and names are in lower case. Nothing is run for it. Raises SourceError where not all can be read: which
        programs to switch off is then unknown.
        """
        answer = self.run(folder, "config", "--list", "-z", "--includes")
        if not answer.is_whole:
            raise SourceError("The config of a repository cannot be read", str(folder))
        pairs = (entry.partition("\n") for entry in answer.fields() if entry)
        return {key: value for key, _, value in pairs}

    def run(
        self, folder: Path, *words: str, config: Mapping[str, str] | None = None, given: bytes = b"",
        max_bytes: int = MAX_GIT_BYTES,
    ) -> GitAnswer:  # fmt: skip
        """What a command prints about the repository at `folder`; its programs named in `config` are overruled too."""
        overruled = {**_OVERRULED, **overrule_programs(config or {})}
        environment = {
            **self._environment,
            **_SET_VARIABLES,
            "GIT_CEILING_DIRECTORIES": str(folder.parent),
            "GIT_CONFIG_COUNT": str(len(overruled)),
            **{f"GIT_CONFIG_KEY_{number}": key for number, key in enumerate(overruled)},
            **{f"GIT_CONFIG_VALUE_{number}": value for number, value in enumerate(overruled.values())},
        }
        if config is not None and config.get("core.bare", "false") != "true":
            environment["GIT_WORK_TREE"] = str(folder)  # core.worktree may name any folder of this machine
        try:
            with tempfile.TemporaryFile() as asked:
                asked.write(given)
                asked.seek(0)
                return self._run_process(
                    [self._program, "-C", str(folder), "--no-pager", *words], environment, asked, max_bytes
                )
        except (OSError, ValueError) as error:
            raise SourceError("Git cannot be started", str(error)) from error

    def _run_process(
        self, command: Sequence[str], environment: Mapping[str, str], asked: IO[bytes], max_bytes: int
    ) -> GitAnswer:
        with subprocess.Popen(
            command, stdin=asked, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment,
            start_new_session=True,
        ) as process:  # fmt: skip
            timer = threading.Timer(MAX_GIT_SECONDS, process.kill)
            timer.start()
            try:
                assert process.stdout is not None
                data = process.stdout.read(max_bytes + 1)
                if len(data) > max_bytes:
                    process.kill()
            finally:
                timer.cancel()
            status = process.wait()
        return GitAnswer(data[:max_bytes], status == 0)

    def _check_version(self) -> None:
        answer = self.run(Path(os.sep), "--version")
        found = re.search(rb"(\d+)\.(\d+)", answer.data)
        if found is None or (int(found[1]), int(found[2])) < MIN_GIT_VERSION:
            said = f"{self._program}: {found[0].decode() if found else 'no version'}"
            raise SourceError("Git is too old", said, "Install git {}.{} or newer.".format(*MIN_GIT_VERSION))


def overrule_programs(config: Mapping[str, str]) -> dict[str, str]:
    """Settings that switch off the programs which `config` names for filtering and comparing files, and as hooks.

    Without its filter a file is compared as it lies there.
    """
    filters = {found[1] for key in config if (found := _FILTER_KEY.fullmatch(key))}
    drivers = {found[1] for key in config if (found := _DRIVER_KEY.fullmatch(key))}
    hooks = {found[1] for key in config if (found := _HOOK_KEY.fullmatch(key))}
    return {
        **{f"{name}.enabled": "false" for name in sorted(hooks)},
        **{f"{name}.{part}": "" for name in sorted(filters) for part in ("clean", "smudge", "process")},
        **{f"{name}.required": "false" for name in sorted(filters)},
        **{f"{name}.{part}": "" for name in sorted(drivers) for part in ("command", "textconv")},
    }
