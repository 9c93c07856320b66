"""Help one can learn from, the same as a man page, and completion in a real bash."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import typer
from typer.core import TyperGroup

from proactive_tui.cli import app
from proactive_tui.cli.manpage import COMMAND_EXAMPLES, EXIT_STATUS_HELP, list_commands, man_page

PROGRAM = app.command_group()
NAME = "proactive-tui"
COMMANDS = dict(list_commands(PROGRAM, typer.Context(PROGRAM, info_name=NAME)))


def helped(*words: str) -> str:
    command = [sys.executable, "-m", "proactive_tui", *words, "--help"]
    env = {**os.environ, "COLUMNS": "80"}
    return subprocess.run(command, capture_output=True, text=True, check=True, env=env).stdout


def test_help_fits_80_columns_and_cuts_nothing_off() -> None:
    shown = helped()
    assert "..." not in shown.partition("Commands:")[2]
    assert max(map(len, shown.splitlines())) <= 80
    assert "Files:" in shown
    assert "OLLAMA_HOST" in shown


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_says_more_than_its_options(name: str) -> None:
    context = COMMANDS[name]
    shown = context.command.get_help(context)
    assert "Examples:" in shown
    assert "Exit status: 0 done" in shown
    assert all(example in shown for example, _ in COMMAND_EXAMPLES[name])
    assert not {"<str>", "TEXT"} & set(shown.split()), "an option that does not say what is wanted"


def examples() -> list[str]:
    return [example for rows in COMMAND_EXAMPLES.values() for example, _ in rows if example.startswith(NAME)]


@pytest.mark.parametrize("example", examples())
def test_an_example_is_a_command_line_that_is_understood(example: str) -> None:
    words = shlex.split(re.split(r" [|>] ", example)[0])[1:]
    context = PROGRAM.make_context(NAME, list(words))
    command: object = PROGRAM
    while isinstance(command, TyperGroup) and words and words[0] in command.commands:
        command = command.commands[words[0]]
        context = command.make_context(words[0], words[1:], parent=context)
        words = words[1:]


def test_examples_are_those_of_the_commands_there_are() -> None:
    assert set(COMMAND_EXAMPLES) == {"", *COMMANDS}


def test_the_man_page_has_every_option_and_no_fault() -> None:
    source = man_page(PROGRAM, NAME, "1")
    for name, context in COMMANDS.items():
        heading = name.replace("-", "\\-")
        part = source.partition(f".SS {heading}\n")[2].partition(".S")[0]
        for option in context.command.params:
            assert option.opts[0].replace("-", "\\-") in part or option.param_type_name == "argument", (
                name,
                option.name,
            )
    assert EXIT_STATUS_HELP.split()[2] in source
    if shutil.which("groff") is None:
        pytest.skip("groff is not installed")
    done = subprocess.run(
        ["groff", "-man", "-Tutf8", "-k", "-ww"], input=source, capture_output=True, text=True, check=True
    )
    assert done.stderr == ""
    plain = re.sub(r".\x08|\x1b\[[\d;]*m", "", done.stdout)
    assert "proactive-tui status --json" in plain
    assert "#(proactive-tui status --line)'" in plain, "copied from the page, it works"
    assert "\\n\\$" in plain


@pytest.mark.skipif(shutil.which("bash") is None, reason="bash is not installed")
@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("proactive-tui st", {"status", "stats"}),
        ("proactive-tui status --l", {"--line"}),
        ("proactive-tui forget --", {"--path", "--topic", "--since", "--all", "--yes", "--json"}),
        ("proactive-tui status --config /nowhe", set()),
    ],
)
def test_bash_completes(tmp_path: Path, typed: str, offered: set[str]) -> None:
    script = tmp_path / NAME
    script.write_text(f"#!{sys.executable}\nfrom proactive_tui.__main__ import main\nmain()\n")
    script.chmod(0o755)
    asked = (
        'eval "$(_PROACTIVE_TUI_COMPLETE=source_bash proactive-tui)" && complete -p proactive-tui >&2 && '
        f"COMP_WORDS=({typed}) COMP_CWORD={len(typed.split()) - 1} && _proactive_tui_completion proactive-tui && "
        'printf "%s\\n" "${COMPREPLY[@]}"'
    )
    env = {**os.environ, "PATH": f"{tmp_path}:{os.environ['PATH']}"}
    done = subprocess.run(["bash", "--norc", "-c", asked], capture_output=True, text=True, check=True, env=env)
    assert "-F _proactive_tui_completion proactive-tui" in done.stderr
    found = set(done.stdout.split())
    assert offered <= found
    assert offered or not found, "files are left to bash"
