"""Recognises how a folder of notes is kept: by the files that programs leave, and by the names of notes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path, PurePosixPath
from typing import Final, Literal

StyleName = Literal["Obsidian", "Logseq", "Dendron", "Foam", "todo.txt", "Markdown", "plain text"]

WHAT_IS_READ: Final[dict[StyleName, str]] = {
    "Obsidian": "links, properties, tasks, daily notes",
    "Logseq": "blocks, properties, TODO and DONE, journals",
    "Dendron": "names in a hierarchy, front matter",
    "Foam": "links, daily notes",
    "todo.txt": "one task a line, with its days",
    "Markdown": "headings, lists, boxes, links",
    "plain text": "paragraphs and lists",
}
"""What is understood of each style."""
FEW_DOTTED_NAMES: Final = 10
"""A folder with fewer names like `project.plan.md` is not kept by Dendron."""
DOTTED_SHARE: Final = 0.3
MAX_SMALL_FILE: Final = 100_000


def recognise_styles(folder: Path, paths: Sequence[str]) -> tuple[StyleName, ...]:
    """The styles of the notes at these paths, the most telling first; every folder with notes has one."""
    found: list[StyleName] = []
    if (folder / ".obsidian").is_dir():
        found.append("Obsidian")
    if (folder / "logseq" / "config.edn").is_file() or _has_folders(paths, "journals", "pages"):
        found.append("Logseq")
    if _is_dendron(folder, paths):
        found.append("Dendron")
    if (folder / ".foam").is_dir() or _names_foam(folder / ".vscode" / "extensions.json"):
        found.append("Foam")
    if any(PurePosixPath(path).name.lower() in ("todo.txt", "done.txt") for path in paths):
        found.append("todo.txt")
    if not found and paths:
        markdown = sum(path.lower().endswith((".md", ".markdown")) for path in paths)
        found.append("Markdown" if 2 * markdown >= len(paths) else "plain text")
    return tuple(found)


def describe_styles(styles: Iterable[StyleName]) -> str:
    """The styles and what is understood of them, in a line; empty without any."""
    return "; ".join(f"{style}: {WHAT_IS_READ[style]}" for style in styles)


def _has_folders(paths: Iterable[str], *names: str) -> bool:
    tops = {path.split("/", 1)[0] for path in paths if "/" in path}
    return tops.issuperset(names)


def _is_dendron(folder: Path, paths: Sequence[str]) -> bool:
    if any((place / "dendron.yml").is_file() for place in (folder, folder.parent)):
        return True
    names = [PurePosixPath(path).stem for path in paths]
    dotted = sum("." in name and " " not in name and not name.replace(".", "").isdigit() for name in names)
    return dotted >= max(FEW_DOTTED_NAMES, DOTTED_SHARE * len(names))


def _names_foam(file: Path) -> bool:
    try:
        return file.stat().st_size < MAX_SMALL_FILE and "foam" in file.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return False
