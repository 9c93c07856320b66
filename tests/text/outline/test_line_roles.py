from __future__ import annotations

import pytest

from tests.topics.builders import note


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("%%\n- [ ] a\n\nwhy?\n%%\nb\n", "xx xxp "),
        ("a %% hidden %% b\n%% whole %%\n", "px "),
        ("a\n%% begins\ngoes on\nends %% b\n", "pxxp "),
        ("<!--\n- [ ] a\n\nwhy?\n-->\nb\n", "xx xxp "),
        ("<!-- one line -->\n", "x "),
        ("100%% sure\n\nand 20%% not\n", "p p "),
        ("%% never closed\n\na\n", "p p "),
        ("%%\n```js\n// why?\n```\nwhy?\n%%\n", "xxxxxx "),
        ("```\n%%\n```\na\n```\n%%\n```\n", "cccpccc "),
        ("due:: 2026-12-11\nstatus:: waiting?\n\na\n", "xx p "),
        ("- id:: 65\n  LATER a\n", "xi "),
        ("- a\n  collapsed:: true\n- **Kind**:: b\n", "ixx "),
        ("- idea:: a kite of paper\n", "i "),
        ("std::vector holds it, and C++ a::b too\n", "p "),
        ("- TODO a\n  DEADLINE: <2026-12-02 Wed>\n  b\n", "ixp "),
        ("- a\n  :LOGBOOK:\n  CLOCK: [2026-11-28 Sat 10:00:00]\n  :END:\n- b\n", "ixxxi "),
        (":LOGBOOK:\nnever closed\n", "pp "),
        ("#+TITLE: a\n#+BEGIN_QUERY\n{:title 1}\n#+END_QUERY\n#+BEGIN_SRC sh\nrun\n#+END_SRC\n", "xxxxxcx "),
        ("- {{query (todo TODO)}}\n- {{embed [[A]]}}\n![[drawing]]\n", "xxx "),
        ("`$= dv.pages().length`\n", "x "),
        ("> [!todo] For Monday\n> - [ ] a\n> # h\n", "pih "),
        ("> [!quote] A book\n> - [ ] a\n", "qq "),
        ("> - [ ] a\n", "q "),
        ("-[ ] a\n[ ] b\n☐ c\n** TODO d\n", "iiii "),
        ("- step\n  ~~~\n  - [ ] a\n  ~~~\n\n        code\n", "iccc c "),
    ],
)
def test_what_is_there_for_programs_is_hidden(text: str, roles: str) -> None:
    assert note(text).line_roles == roles


@pytest.mark.parametrize("path", ["todo.txt", "a/done.txt", "a/Work.todo.txt"])
def test_every_line_of_todo_txt_is_an_item(path: str) -> None:
    assert note("a\n\n    b\n# c\n", path).line_roles == "i ii "


def test_other_text_files_are_text() -> None:
    assert note("a\nb\n", "my todos.txt").line_roles == "pp "
