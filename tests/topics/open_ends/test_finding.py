"""What notes of many forms and languages leave open, and what only looks like it."""

from __future__ import annotations

import pytest

from proactive_tui.index.markdown import parse_note
from proactive_tui.model.shared_words import Kind
from proactive_tui.topics.open_ends.entries import read_entries
from proactive_tui.topics.open_ends.features import describe_entries
from proactive_tui.topics.open_ends.finding import least_probability, read_open_ends
from proactive_tui.topics.open_ends.voices import NoteProvenance, VoicedLines

WRITTEN = 1.79e9


def ends(text: str, path: str = "2026-11-20.md", provenance: NoteProvenance | None = None) -> dict[int, Kind]:
    note = parse_note(path, text.encode(), WRITTEN)
    return {end.entry.line_start: end.kind for end in read_open_ends(note, provenance or NoteProvenance()).ends}


@pytest.mark.parametrize(
    "text",
    [
        "## Next steps\n\n- Retrain with the wider head\n- Compare both checkpoints on the old set\n",
        "## Nächste Schritte\n\n- Vertrag an Frau Weber schicken\n- Angebot vergleichen\n",
        "## À faire\n\n- Réserver le train pour Lyon\n- Envoyer la facture à Paul\n",
        "## Pendientes\n\n- Llamar al seguro por el techo\n- Enviar el informe a Marta\n",
        "## Da fare\n\n- Prenotare il treno per Torino\n- Chiamare l'idraulico\n",
        "## A fazer\n\n- Enviar o relatório para a Ana\n- Comprar tinta\n",
        "## Te doen\n\n- Verzekering bellen over het dak\n- Offerte vergelijken\n",
        "## Do zrobienia\n\n- Zadzwonić do ubezpieczenia\n- Wysłać raport Annie\n",
    ],
)
def test_items_under_a_heading_of_tasks_are_tasks_in_many_languages(text: str) -> None:
    assert ends(text) == {3: "task", 4: "task"}


@pytest.mark.parametrize("state", ["TODO", "LATER", "NOW", "DOING", "WAITING"])
def test_states_of_an_outliner_are_open(state: str) -> None:
    assert ends(f"- {state} Renew the passport at the town hall\n- DONE Send the parcel\n") == {1: "task"}


@pytest.mark.parametrize(
    "text",
    [
        "# Router\n\n## How to reset it\n\nYou press the button for ten seconds. The light turns green.\n",
        "# Done\n\n- Sent the report to Anna\n- Fixed the gutter\n",
        "## Ingredients\n\n- 200 g flour\n- 3 eggs\n- a pinch of salt\n",
        "- [x] Call the bank\n- [-] Sell the sofa\n- ~~Book the van~~\n",
    ],
)
def test_steps_reports_and_closed_items_are_not_open(text: str) -> None:
    assert ends(text, path="notes/router.md") == {}


def test_what_is_not_the_owners_is_not_open() -> None:
    text = "# Notes\n\n- [ ] Call the bank\n- [ ] Pay the rent\n"
    borrowed = NoteProvenance(lines=(VoicedLines(4, 4, "clipped", 0.1, "a quotation"),))
    assert set(ends(text, provenance=borrowed)) == {3}


def test_an_entry_knows_its_headings_its_parent_and_the_line_that_introduces_it() -> None:
    note = parse_note("plan.md", b"# Boat\n\n## Hull\n\nTo buy:\n\n- paint\n  - red\n", WRITTEN)
    entries = {entry.marks.words: entry for entry in read_entries(note)}
    red = entries["red"]
    assert red.headings == ("Boat", "Hull")
    everything = read_entries(note)
    assert everything[red.parent].marks.words == "paint"
    assert everything[entries["paint"].intro].text == "To buy:"


def test_lines_without_words_have_no_open_end() -> None:
    assert ends("- [ ]\n- [ ] \n- TODO\n\n---\n\n!!! ???\n") == {}


def test_in_prose_what_asks_or_stands_under_plans_is_open_sooner_than_a_statement() -> None:
    asks = "# Kiln\n\nThe glaze crawled at the rim again. Should I fire the tall ones slower next time?\n"
    note = parse_note("2026-11-20.md", asks.encode(), WRITTEN)
    entries = read_entries(note)
    features = describe_entries(note, entries, NoteProvenance())
    bounds = {entry.text: least_probability(entry, row) for entry, row in zip(entries, features, strict=True)}
    (said, least_said), (asked, least_asked) = [(text, bound) for text, bound in bounds.items() if "Kiln" not in text]
    assert asked.endswith("?")
    assert not said.endswith("?")
    assert least_asked < least_said


def test_prose_that_breaks_off_or_is_answered_below_has_to_be_surer() -> None:
    def bounds(text: str) -> list[float]:
        note = parse_note("2026-11-20.md", f"# Next steps\n\n{text}\n".encode(), WRITTEN)
        entries = read_entries(note)
        features = describe_entries(note, entries, NoteProvenance())
        following = [*entries[1:], None]
        found = zip(entries, features, following, strict=True)
        return [least_probability(entry, row, after) for entry, row, after in found if entry.role == "prose"]

    assert bounds("Measure the kiln at the rim.")[0] < bounds("Measure the kiln at the rim and")[0]
    asked = "Who rotates the signing keys?\n\n"
    assert bounds(f"{asked}Tom came by today.")[0] < bounds(f"{asked}Answer: Tom, each quarter.")[0]
