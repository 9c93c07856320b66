from __future__ import annotations

from tests.topics.builders import note

BOARD = """---
kanban-plugin: basic
---

## To do

- [ ] Sand the bench @{2026-12-11}
- [ ] Oil the chain

## Drying

**Complete**
- [ ] Paint the gate

## Erledigt

- [ ] Sweep the yard

***

## Archive

- [ ] Old thing to do

%% kanban:settings
```
{"kanban-plugin":"basic"}
```
%%
"""


def test_cards_in_lanes_that_complete_and_in_the_archive_are_done() -> None:
    board = note(BOARD)
    assert [(item.text, item.state, item.due) for item in board.tasks] == [
        ("Sand the bench", "open", "2026-12-11"),
        ("Oil the chain", "open", None),
        ("Paint the gate", "done", None),
        ("Sweep the yard", "done", None),
        ("Old thing to do", "done", None),
    ]
    assert board.line_roles.rstrip()[-5:] == "xxxxx"


def test_lanes_mean_nothing_in_other_notes() -> None:
    other = note(BOARD.replace("kanban-plugin: basic\n", "a: b\n"))
    assert not any(item.done for item in other.tasks)
