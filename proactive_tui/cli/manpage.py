"""The examples, exit statuses, files and environment at the end of --help, and the whole help as a man page.

The page is made from the command line's own definitions, so that it cannot differ from --help.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import typer
from typer.core import TyperGroup

VERBATIM_MARK = "\b"
"""A line of only this mark keeps the line breaks of the paragraph that follows (as in Click)."""

EXIT_STATUS_HELP = """\
Exit status: 0 done, 1 failed (why and what to do is on standard error), 2 wrong arguments, 3 another instance holds the
data folder."""

COMMAND_EXAMPLES: dict[str, tuple[tuple[str, str], ...]] = {
    "": (
        ("proactive-tui", "begin: a guide at first, the assistant afterwards"),
        ("proactive-tui --notes ~/notes", "the assistant on this folder, whatever the config says"),
        ("proactive-tui status", "how things stand"),
    ),
    "run": (
        ("proactive-tui run --notes ~/notes", "on this folder, whatever the config says"),
        ("proactive-tui run --notes ~/work --data-dir ~/.local/share/work-notes", "other notes, learned from apart"),
    ),
    "init": (
        ("proactive-tui init", "ask line by line"),
        ("proactive-tui init --notes ~/notes --yes", "take the defaults for everything else, as in a script"),
    ),
    "index": (
        ("proactive-tui index", "take in what has changed"),
        ("proactive-tui index --rebuild --json", "anew from the notes, and what it came to as JSON"),
    ),
    "serve": (
        ("proactive-tui serve", "prints the address to open, at a free port"),
        ("proactive-tui serve --port 8023", "at a port of your own"),
    ),
    "watch": (
        ("proactive-tui watch", "in this terminal, until Ctrl+C"),
        ("proactive-tui watch --install", "at each login: shows the service, asks, writes it"),
    ),
    "stop": (("proactive-tui stop", "what runs on the data folder"),),
    "search": (
        ("proactive-tui search 'when does the lease end'", "ten passages, by words and by meaning"),
        ("proactive-tui search lease -k 3 --json | jq -r '.[].path'", "the files of the three best"),
    ),
    "suggest": (
        ("proactive-tui suggest", "five topics, their opening words and reasons"),
        ("proactive-tui suggest -n 1 --at '2026-12-24 10:00'", "the best one on that morning"),
    ),
    "why": (
        ("proactive-tui why", "the newest offer, or why there was none"),
        ("proactive-tui why 0197f3c2", "this offer; ids are in `journal`"),
    ),
    "status": (
        ("proactive-tui status --json", "for scripts"),
        ("set -g status-right '#(proactive-tui status --line)'", "in tmux.conf"),
        ("PS1='$(proactive-tui status --line)\\n\\$ '", "in .bashrc; nothing is said where nothing runs"),
    ),
    "note": (
        ("proactive-tui note call Mara about the rig", "shows the line and its place, asks, appends it"),
        ("proactive-tui note --yes 'an idea from the bus'", "without being asked"),
    ),
    "mcp": (
        ("claude mcp add notes -- proactive-tui mcp", "let this assistant ask your notes"),
        ("proactive-tui mcp --notes ~/notes", "what a client's settings name as the command"),
    ),
    "doctor": (
        ("proactive-tui doctor", "each part with a mark, and how to mend what is wrong"),
        ("proactive-tui doctor --json", "the same for a script or a bug report"),
    ),
    "sources": (
        ("proactive-tui sources", "what is on, what it holds, and whom it asks"),
        ("proactive-tui sources --json | jq '.[] | select(.failures > 0)'", "those that fail"),
    ),
    "sources add": (
        ("proactive-tui sources add git ~/code", "your repositories below this folder"),
        ("proactive-tui sources add news https://example.org/feed.xml", "a feed"),
    ),
    "sources test": (("proactive-tui sources test forge", "whether it answers, and with what"),),
    "sources poll": (("proactive-tui sources poll calendar", "now, and not when it is due"),),
    "sources export-opml": (("proactive-tui sources export-opml feeds.opml", "your feeds, for another reader"),),
    "sources remove": (("proactive-tui sources remove news --yes", "off, and forgotten, without being asked"),),
    "data": (
        ("proactive-tui data", "what is kept, what for, and who is told something"),
        ("proactive-tui data --json | jq '.signals[] | select(.on).name'", "the signals that are on"),
    ),
    "journal": (
        ("proactive-tui journal | tail -n 3", "what happened last"),
        ("proactive-tui journal | jq 'select(.kind == \"reacted\")'", "every answer you gave"),
    ),
    "stats": (("proactive-tui stats", "what was welcome, and what it believes because of it"),),
    "replay": (
        ("proactive-tui replay --set offers.per_day=3", "with a smaller budget"),
        ("proactive-tui replay --set offers.quiet_days='[\"sun\"]' --from 2026-11-01", "with quiet Sundays"),
    ),
    "forget": (
        ("proactive-tui forget --path diary/2026-11-03.md", "a note: what was indexed and learned from it"),
        ("proactive-tui forget --since '2026-11-20 14:00'", "an afternoon"),
        ("proactive-tui forget --all --yes", "everything, without being asked"),
    ),
    "licences": (
        ("proactive-tui licences", "a table"),
        ("proactive-tui licences --json | jq -r '.[] | select(.licence == \"\") | .name'", "those that do not say"),
    ),
    "man": (
        ("proactive-tui man | man -l -", "read it"),
        ("proactive-tui man > ~/.local/share/man/man1/proactive-tui.1", "keep it, for `man proactive-tui`"),
    ),
}  # fmt: skip
"""Examples and what they do, by command; "" is the program itself."""

REFERENCE_SECTIONS = {
    "FILES": (
        ("~/.config/proactive-tui/config.toml", "The config (on Linux)."),
        ("~/.local/share/proactive-tui/", "Journal, index and log."),
        (".proactiveignore", "In the notes: what may not be read."),
    ),
    "ENVIRONMENT": (
        ("OLLAMA_HOST", "Where Ollama listens, unless llm.host says so."),
        ("VISUAL, EDITOR", "What opens a source, unless face.editor says so."),
        ("TEXTUAL_ANIMATIONS=none", "Nothing moves."),
        ("NO_COLOR", "No colours."),
    ),
}


def help_epilog(command: str) -> str:
    """The text after the options in a command's --help; "" is the program itself."""
    lines = [line for example, what in COMMAND_EXAMPLES[command] for line in (f"  {example}", f"      {what}")]
    parts = ["\n".join([VERBATIM_MARK, "Examples:", *lines]), EXIT_STATUS_HELP]
    if not command:
        for title, rows in REFERENCE_SECTIONS.items():
            width = max(len(name) for name, _ in rows) + 2
            listed = [f"  {name.ljust(width)}{what}" for name, what in rows]
            parts.append("\n".join([VERBATIM_MARK, f"{title.capitalize()}:", *listed]))
    return "\n\n".join(parts)


def man_page(program: TyperGroup, name: str, version: str) -> str:
    """The man page (roff, section 1) of a program with commands."""
    context = typer.Context(program, info_name=name)
    short, _, rest = (program.help or "").partition(".")
    lines = [
        '.\\" -*- coding: utf-8 -*-',
        f'.TH {_escape_roff(name.upper())} 1 "" "{_escape_roff(f"{name} {version}")}" "User Commands"',
        ".SH NAME",
        f"{_escape_roff(name)} \\- {_escape_roff(short[:1].lower() + short[1:])}",
        ".SH SYNOPSIS",
        *_usage_lines(context),
    ]
    if rest.strip():
        lines += [".SH DESCRIPTION", *_paragraph_lines(rest.strip())]
    lines += [".SH OPTIONS", *_option_lines(context), ".SH COMMANDS"]
    for command, inner in list_commands(program, context):
        lines += [
            f".SS {_escape_roff(command)}",
            *_usage_lines(inner),
            ".PP",
            *_paragraph_lines(inner.command.help or ""),
        ]
        lines += [*_option_lines(inner), ".PP", "Examples:", *_definition_lines(COMMAND_EXAMPLES[command])]
    lines += [".SH EXIT STATUS", *_paragraph_lines(EXIT_STATUS_HELP.removeprefix("Exit status: "))]
    for title, rows in REFERENCE_SECTIONS.items():
        lines += [f".SH {title}", *_definition_lines(rows)]
    lines += [".SH EXAMPLES", *_definition_lines(COMMAND_EXAMPLES[""])]
    return "\n".join(lines) + "\n"


def list_commands(program: TyperGroup, context: typer.Context, prefix: str = "") -> Iterator[tuple[str, typer.Context]]:
    """Every command with its context, one within another by both names: "sources add"."""
    for name in program.list_commands(context):
        command = program.commands[name]
        inner = typer.Context(command, info_name=name, parent=context)
        yield f"{prefix}{name}", inner
        if isinstance(command, TyperGroup):
            yield from list_commands(command, inner, f"{prefix}{name} ")


def _usage_lines(context: typer.Context) -> list[str]:
    words = " ".join(context.command.collect_usage_pieces(context))
    return [f".B {_escape_roff(context.command_path)}", _escape_roff(words)]


def _option_lines(context: typer.Context) -> list[str]:
    return _definition_lines(
        record for parameter in context.command.get_params(context) if (record := parameter.get_help_record(context))
    )


def _definition_lines(rows: Iterable[tuple[str, str]]) -> list[str]:
    return [
        line
        for name, what in rows
        for line in (".TP", f".B {_escape_roff(name)}", _escape_roff(" ".join(what.split())))
    ]


def _paragraph_lines(text: str) -> list[str]:
    paragraphs = [" ".join(block.split()) for block in text.split("\n\n")]
    return [line for paragraph in paragraphs if paragraph for line in (".PP", _escape_roff(paragraph))][1:]


def _escape_roff(text: str) -> str:
    """Escape text so that roff prints it literally: ASCII hyphens, no escapes, and no request by a leading dot."""
    plain = (
        text.replace("\\", "\\e").replace("-", "\\-").replace("'", "\\(aq").replace('"', "\\(dq").replace("`", "\\(ga")
    )
    return f"\\&{plain}" if plain.startswith((".", "'")) else plain
