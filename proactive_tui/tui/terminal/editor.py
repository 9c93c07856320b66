"""Opens a note at a line in the owner's editor. The environment that chooses the command is an argument."""

from __future__ import annotations

import asyncio
import shlex
from collections.abc import Mapping
from pathlib import Path, PurePath

from proactive_tui.errors import ProactiveError
from proactive_tui.model.topic_values import Evidence

_PLUS_LINE_EDITORS = {
    "vi",
    "vim",
    "nvim",
    "view",
    "nano",
    "pico",
    "emacs",
    "emacsclient",
    "micro",
    "kak",
    "joe",
    "jed",
    "ne",
    "mg",
}
_PLUS_LINE_EDITORS |= {"gvim", "mvim", "gedit", "xed", "pluma", "kwrite"}
_COLON_LINE_EDITORS = {"hx", "helix", "subl", "sublime_text", "zed", "zeditor", "lapce"}
_GOTO_OPTION_EDITORS = {"code", "code-insiders", "codium", "vscodium", "cursor", "windsurf"}
_LINE_OPTION_EDITORS = {"kate", "idea", "pycharm", "webstorm", "goland", "mate"}


def choose_editor(configured: str, environment: Mapping[str, str]) -> str:
    """The configured editor, else $VISUAL, else $EDITOR. Raises ProactiveError when there is none."""
    for editor in (configured, environment.get("VISUAL", ""), environment.get("EDITOR", "")):
        if editor.strip():
            return editor
    raise ProactiveError("No editor is set", "", "Set face.editor in the config, or $VISUAL or $EDITOR.")


def build_editor_command(editor: str, file: Path, line: int) -> list[str]:
    """The words of the command that opens `file` at `line` (from 1); an unknown editor gets the file alone.

    Raises ProactiveError when `editor` is not a command line.
    """
    try:
        words = shlex.split(editor)
    except ValueError as error:
        raise ProactiveError("The editor is not a command", f"{editor}: {error}", "Mend face.editor.") from error
    if not words:
        raise ProactiveError("No editor is set", "", "Set face.editor in the config, or $VISUAL or $EDITOR.")
    name = PurePath(words[0]).name.removesuffix(".exe").lower()
    if name in _PLUS_LINE_EDITORS:
        return [*words, f"+{line}", str(file)]
    if name in _COLON_LINE_EDITORS:
        return [*words, f"{file}:{line}"]
    if name in _GOTO_OPTION_EDITORS:
        return [*words, "--goto", f"{file}:{line}"]
    if name in _LINE_OPTION_EDITORS:
        return [*words, "--line", str(line), str(file)]
    return [*words, str(file)]


def command_for_evidence(evidence: Evidence, notes: str, configured: str, environment: Mapping[str, str]) -> list[str]:
    """The command that shows this passage. Raises ProactiveError when there is no note or no editor."""
    file = Path(notes) / evidence.path
    if not file.is_file():
        raise ProactiveError("The note is not there any more", evidence.path)
    return build_editor_command(choose_editor(configured, environment), file, evidence.line_start)


async def run(words: list[str]) -> ProactiveError | None:
    """Run the editor until it ends. Returns an error instead of raising: the caller has to resume the app first."""
    try:
        process = await asyncio.create_subprocess_exec(*words)
    except OSError as error:
        return ProactiveError("The editor cannot be started", f"{words[0]}: {error.strerror or error}")
    await process.wait()
    return None
