from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from proactive_tui.model.shared_words import ItemState
from proactive_tui.text.item_marks import read_item_marks, reading


@pytest.mark.parametrize(
    ("line", "state"),
    [
        ("- [ ] Sweep the yard", "open"),
        ("* [ ] Sweep the yard", "open"),
        ("1) [ ] Sweep the yard", "open"),
        ("- [] Sweep the yard", "open"),
        ("-[ ] Sweep the yard", "open"),
        ("-[] Sweep the yard", "open"),
        ("- [  ] Sweep the yard", "open"),
        ("- [ ]Sweep the yard", "open"),
        ("[ ] Sweep the yard", "open"),
        ("### [ ] Sweep the yard", "open"),
        ("> - [ ] Sweep the yard", "open"),
        ("- ☐ Sweep the yard", "open"),
        ("⬜ Sweep the yard", "open"),
        ("- [!] Sweep the yard", "open"),
        ("- [D] Sweep the yard", "open"),
        ("- [/] Sweep the yard", "doing"),
        ("- [?] Sweep the yard", "question"),
        ("- [x] Sweep the yard", "done"),
        ("- [X]Sweep the yard", "done"),
        ("- [ x ] Sweep the yard", "done"),
        ("- [✓] Sweep the yard", "done"),
        ("☑ Sweep the yard", "done"),
        ("✅ Sweep the yard", "done"),
        ("- Sweep the yard ✅", "done"),
        ("- [-] Sweep the yard", "cancelled"),
        ("- [~] Sweep the yard", "cancelled"),
        ("- [c] Sweep the yard", "cancelled"),
        ("- [ ] ~~Sweep the yard~~", "cancelled"),
        ("- [>] Sweep the yard", "moved"),
        ("- [<] Sweep the yard", "moved"),
        ("- [i] Sweep the yard", "none"),
        ("- TODO Sweep the yard", "open"),
        ("- LATER Sweep the yard", "open"),
        ("- NOW Sweep the yard", "doing"),
        ("- DOING Sweep the yard", "doing"),
        ("- IN-PROGRESS Sweep the yard", "doing"),
        ("- WAITING Sweep the yard", "waiting"),
        ("- DONE Sweep the yard", "done"),
        ("- CANCELED Sweep the yard", "cancelled"),
        ("- CANCELLED Sweep the yard", "cancelled"),
        ("- **TODO** Sweep the yard", "open"),
        ("- **TODO:** Sweep the yard", "open"),
        ("- `TODO` Sweep the yard", "open"),
        ("- #TODO Sweep the yard", "open"),
        ("- ## TODO Sweep the yard", "open"),
        ("## DONE Sweep the yard", "done"),
        ("*** TODO Sweep the yard", "open"),
        ("- {{[[TODO]]}} Sweep the yard", "open"),
        ("- {{[[DONE]]}} Sweep the yard", "done"),
        ("- {{TODO}} Sweep the yard", "open"),
        ("- [[TODO]] Sweep the yard", "open"),
        ("TODO Sweep the yard", "open"),
        ("TODO: Sweep the yard", "open"),
        ("TODO(mara): Sweep the yard", "open"),
        ("todo: Sweep the yard", "open"),
        ("To do: Sweep the yard", "open"),
        ("Action item: Sweep the yard", "open"),
        ("Zu tun: Sweep the yard", "open"),
        ("À faire : Sweep the yard", "open"),
        ("Sweep the yard #todo", "open"),
        ("- #task Sweep the yard", "open"),
        ("- #waiting Sweep the yard", "waiting"),
        ("[^2]: TODO: Sweep the yard", "open"),
        ("- Sweep the yard #question", "question"),
        ("❓ Sweep the yard", "question"),
        ("Question: Sweep the yard", "question"),
        ("- [ ] WAITING Sweep the yard", "waiting"),
        ("- [ ] Sweep the yard ✅ 2026-11-20", "done"),
        ("- [ ] Sweep the yard [completion:: 2026-11-20]", "done"),
        ("- [ ] Sweep the yard ❌ 2026-11-20", "cancelled"),
        ("- [ ] Sweep the yard [cancelled:: 2026-11-20]", "cancelled"),
        ("- [ ] DONE Sweep the yard", "done"),
        ("- Sweep the yard", "none"),
        ("Sweep the yard", "none"),
    ],
)  # fmt: skip
def test_a_state_is_read_in_whatever_way_it_is_written_and_cut_from_the_words(line: str, state: ItemState) -> None:
    marks = read_item_marks(line)
    assert (marks.state, marks.words) == (state, "Sweep the yard")


@pytest.mark.parametrize(
    "line",
    [
        "- Get the roof inspection done",
        "- [ ] Get the roof inspection done",
        "- [ ] Have the tax papers sent",
        "- [ ] See that the letter gets answered.",
        "- [ ] Paint the gate (not done)",
        "- [ ] Replace ~~three~~ four bulbs",
        "- [ ] Change the sheets 🔁 every 2 weeks when done 📅 2026-11-30",
        "- [ ] Call the vet, then mark it as done",
        "- [ ] Ask whether it is cancelled",
    ],
)
def test_words_alone_never_close_a_task(line: str) -> None:
    assert read_item_marks(line).state in ("open", "none")


@pytest.mark.parametrize(
    "line",
    [
        "- [x](https://example.org) a link",
        "- [[Vine]] prune it",
        "- [1] the first source",
        "[x]: https://example.org",
        "Now we know why",
        "NOW is the time to go",
        "- Later we ate",
        "- NEXT STEPS FOR ALL OF US",
        "- done with the tests",
        "- The Todo app is slow",
        "TODO",
        "a todo: list of lists",
    ],
)
def test_what_only_looks_like_a_mark_is_none(line: str) -> None:
    assert read_item_marks(line).state == "none"


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("- [ ] Put the bins out before 📅 2026-12-01.", "Put the bins out."),
        ("- [ ] Send the lease copy (📅 2026-12-02)", "Send the lease copy"),
        ("- [ ] Renew the card 📅 2026-12-03 [tt-id:: Qx81Lp]", "Renew the card"),
        ("- [ ] Print the passes 📅 2026-12-04 `BUTTON[print]`", "Print the passes"),
        ("- [ ] Book the dentist ⏰ 2026-12-05 15:08 ⏫ 🔁 every day 📅 2026-12-05 #health", "Book the dentist"),
        ("- [ ] Descale the kettle 📅 2026-12-06 ^k3ttle", "Descale the kettle"),
        ("- [ ] Water the orchids 📅 2026-12-07 then wipe them", "Water the orchids then wipe them"),
        ("- [ ] Sew the hem 📅2026-12-08", "Sew the hem"),
        ("- [ ] Pay the plumber 🗓️ 2026-12-09", "Pay the plumber"),
        ("- [ ] Return the drill @{2026-12-11} @@{15:00}", "Return the drill"),
        ("- [ ] Defrost the freezer @due(2026-12-12)", "Defrost the freezer"),
        ("- [ ] Wax the skis due:2026-12-13", "Wax the skis"),
        ("- [ ] Fill the tank [due:: 2026-12-14] (prio:: 2)", "Fill the tank"),
        ("- [ ] Clean the oven [due::2026-12-16]", "Clean the oven"),
        ("- [ ] Air the cellar 📅 [[2026-12-17]]", "Air the cellar"),
        ("- [ ] Oil the chain [due:: [[2026-12-18]]]", "Oil the chain"),
        ("- [ ] Fix the tap <2026-12-19 Sat>", "Fix the tap"),
        ("- [ ] Pay the nanny [repeat:: every month] []", "Pay the nanny"),
        ("- [ ] Test the alarm 🔁 every month on the 1st 🏁 delete", "Test the alarm"),
        ("- [ ] Scrub the grill ⛔ ab12cd 🆔 zz99yy 🔺", "Scrub the grill"),
        ("- [ ] 10:00 - 11:00 weed the beets", "weed the beets"),
        ("- [ ] Weed it ((6567aa01-1111-4222-8333-abcdefabcdef)) now", "Weed it now"),
        ("- [ ] Weed it %% really? %% now", "Weed it now"),
        ("- [ ] Weed it <!-- really? --> now", "Weed it now"),
        ("- [ ] Weed it <% tp.date.now() %>", "Weed it"),
        ("- Learn that it is the {{c1::mitochondrion::cell}}", "Learn that it is the mitochondrion"),
        ("- {{embed ((x))}} weed it", "weed it"),
        ("(A) 2026-11-01 weed the beets due:2026-12-02 +garden @home", "(A) 2026-11-01 weed the beets"),
        ("- TODO [#A] weed it\n  SCHEDULED: <2026-11-30 Mon .+1y>\n  id:: 6567aa01", "weed it"),
        ("- TODO weed it\n  with care\n  :LOGBOOK:\n  CLOCK: [2026-11-28 Sat 10:00]\n  :END:", "weed it with care"),
    ],
)
def test_words_are_clean(line: str, words: str) -> None:
    assert read_item_marks(line).words == words


def test_fields_keep_what_was_cut() -> None:
    line = (
        "- [ ] #task Scrub the grill 🔁 every week when done ⛔ ab 🆔 zz 🔼"
        " ➕ 2026-11-01 🛫 2026-11-02 ⏳ 2026-11-03 📅 2026-11-04"
    )
    marks = read_item_marks(line)
    assert marks.fields == {
        "recurrence": "every week when done", "depends": "ab", "id": "zz",
        "created": "2026-11-01", "start": "2026-11-02", "scheduled": "2026-11-03", "due": "2026-11-04",
    }  # fmt: skip
    assert (marks.priority, marks.recurrence, marks.marker, marks.box) == ("medium", "every week when done", "-", " ")
    assert line[marks.start : marks.end] == "Scrub the grill"


def test_the_lines_of_programs_below_an_item_belong_to_it() -> None:
    marks = read_item_marks("- TODO [#A] call\n  DEADLINE: <2026-12-02 Wed>\n  SCHEDULED: <2026-12-01 Tue>\n  id:: 65")
    assert marks.fields == {"due": "2026-12-02 Wed", "scheduled": "2026-12-01 Tue", "id": "65"}
    assert marks.priority == "high"


def test_lines_of_todo_txt_are_items_without_a_bullet() -> None:
    marks = read_item_marks("(B) 2026-11-01 call Bo t:2026-11-20 due:2026-12-02 rec:+1w +boat @phone", is_item=True)
    assert (marks.words, marks.priority) == ("call Bo", "medium")
    assert marks.fields == {"created": "2026-11-01", "start": "2026-11-20", "due": "2026-12-02", "recurrence": "+1w"}
    done = read_item_marks("x 2026-11-20 2026-11-01 call Bo +boat", is_item=True)
    assert (done.state, done.words, done.fields) == ("done", "call Bo", {"done": "2026-11-20", "created": "2026-11-01"})


@pytest.mark.parametrize(
    ("line", "person"),
    [
        ("- @Tom please send the slides", "Tom"),
        ("- [ ] @anna: send the slides", "anna"),
        ("TODO(mara): send the slides", "mara"),
        ("Action item: Anna to send the slides", "Anna"),
        ("- **Action:** Anna Berg will send the slides", "Anna Berg"),
        ("- [ ] send the slides to @tom", ""),
        ("- Anna to the rescue", ""),
    ],
)
def test_who_is_addressed(line: str, person: str) -> None:
    assert read_item_marks(line).person == person


PLAIN_PIECES = (
    *("TODO", "Todo", "x ", "X ", "- ", "* ", "p1 ", "a.", "2026-01-02 ", " ", "  ", "\t", ".", ",", ";", "!", "?"),
    *(
        "tea",
        "to do",
        "Tom to call",
        "A) ",
        "1. ",
        "[",
        "]",
        "(",
        ":",
        "é",
        "—",
        "NOW",
        "**",
        "__",
        "==",
        "$",
        '"',
        ">",
    ),
)


@given(st.lists(st.sampled_from(PLAIN_PIECES), max_size=9).map("".join), st.booleans())
@example("- Water the plants .", False)
@example("- Mend it, then -", True)
def test_a_text_without_marks_is_read_as_by_all_rules(text: str, is_item: bool) -> None:
    assert read_item_marks(text, is_item=is_item) == reading._MarkReader(text, is_item).read()


MARKED_PIECES = st.sampled_from(
    (
        "TODO",
        "todo",
        "Question",
        "[ ]",
        "(A)",
        "p1",
        "x",
        "#todo",
        "a)",
        "- ",
        "> ",
        ": ",
        "：",
        "(Bo)",
        "`c`",
        "é",
        " ",
    )
)


class _ReaderOfAllMarks(reading._MarkReader):
    """Looks for every mark in every text."""

    def _begins_with_words(self) -> bool:
        return False


@given(st.lists(MARKED_PIECES, max_size=7).map("".join), st.booleans())
@example("Question (Bo Andersson of the harbour office): when?", False)
@example("p1 mend the `lamp`", True)
def test_a_text_that_begins_with_words_is_read_as_by_all_rules(text: str, is_item: bool) -> None:
    assert read_item_marks(text, is_item=is_item) == _ReaderOfAllMarks(text, is_item).read()
