"""Guides, documentation and write-ups of how something is done, against notes that explain an idea."""

from __future__ import annotations

import pytest

from proactive_tui.topics.ideas.guide_text import is_guide_text
from tests.topics.builders import note

CODE = "```\nqueue = Queue()\nqueue.bind(lease)\nqueue.start()\nprint(queue)\n```\n"
IDEA = "A lease ends by itself, because its holder may die. Nobody has to be told.\n\n"


@pytest.mark.parametrize(
    ("title", "text", "path"),
    [
        ("Leases", IDEA, "how-to/leases.md"),
        ("Adding a lease to a queue", IDEA + CODE, "a.md"),
        ("Docker einrichten", "Der Container braucht ein Netz.\n\n" + CODE, "a.md"),
        ("Installer un serveur", IDEA + CODE, "a.md"),
        ("Queues", "Some words on it first.\n\n- Open the settings\n- Click on *Queues*\n- Choose a lease\n", "a.md"),
        ("Leases", "You can use leases.\n\nYour notes may link to them.\n\nYou see them in the graph.\n", "docs/a.md"),
        ("Queues", "Some words on it.\n\n" + CODE, "a.md"),
    ],
)
def test_what_tells_how_something_is_done_is_a_guide(title: str, text: str, path: str) -> None:
    assert is_guide_text(note(f"# {title}\n\n{text}", path))


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Leases", IDEA),
        ("Managing files without folders", IDEA),
        ("Using an offset is not worth it", IDEA * 3 + CODE),
        ("How should leases end?", IDEA),
        ("Leasing", IDEA + "- Keep the lease short, because clocks drift.\n"),
    ],
)
def test_what_says_why_is_none(title: str, text: str) -> None:
    assert not is_guide_text(note(f"# {title}\n\n{text}", "a.md"))
