"""What explains an idea, and what only looks like a note that does."""

from __future__ import annotations

import pytest

from proactive_tui.topics.ideas.explainable import find_explained_idea, states_something
from tests.topics.builders import library, note

ENGLISH = (
    "A lease gives its holder the right to serve reads for a while. It trades availability for cheap reads, because "
    "nobody else may write until it has ended. The holder must believe that it ended no later than the granter does. "
    "So clocks that run apart by more than the margin break it."
)
GERMAN = (
    "Ein Sauerteig lebt von wilden Hefen und von Bakterien, die in der Küche ohnehin vorkommen. Die Bakterien säuern "
    "den Teig und halten ihn dadurch frei von Schimmel. Je wärmer er steht, desto schneller wächst die Hefe, und je "
    "fester er ist, desto mehr Essigsäure entsteht."
)
FRENCH = (
    "La méthode consiste à revenir sur ce que l'on a appris juste avant de l'oublier. Chaque rappel réussi allonge le "
    "temps qui passe avant le prochain. Il vaut donc mieux relire peu et souvent que beaucoup en une seule fois, car "
    "l'effort de retrouver une idée est ce qui la fixe."
)
SPANISH = (
    "Los ríos cambian de cauce porque la arena que arrastran se deposita en la orilla de dentro de cada curva. En la "
    "orilla de fuera el agua corre más y se lleva la tierra. Por eso las curvas crecen hasta que el río las corta y "
    "deja un lago en forma de luna."
)
POLISH = (
    "Kompost powstaje, gdy bakterie i grzyby rozkładają resztki roślin przy dostępie powietrza. Zbyt mokra "
    "pryzma gnije i zaczyna brzydko pachnieć, dlatego trzeba ją mieszać z suchymi liśćmi. Temperatura w środku "
    "rośnie nawet do sześćdziesięciu stopni, co zabija nasiona chwastów i część szkodników ogrodowych."
)
JAPANESE = (
    "間隔反復とは、忘れかけた頃にもう一度思い出す学習の方法である。思い出すのに努力が要るほど、記憶は長く残るようになる。"
    "毎日少しずつ復習するほうが、一度に長く読むよりもずっと効果が高いことが知られている。"
)


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Leases", ENGLISH),
        ("Sauerteig", GERMAN),
        ("La répétition espacée", FRENCH),
        ("Los meandros", SPANISH),
        ("Kompost", POLISH),
        ("間隔反復", JAPANESE),
        ("Devlog 019: SAC beats PPO", ENGLISH),
        ("Leases", "\n".join(f"- {sentence.strip()}" for sentence in ENGLISH.split(". "))),
    ],
)
def test_what_explains_something_is_found_in_any_language(title: str, text: str) -> None:
    found = find_explained_idea(note(f"# {title}\n\n{text}\n", "ideas/a.md"))
    assert found is not None
    assert found.evidence.text.strip("- ")[:20] in text
    assert found.said.rstrip(".")[1:] in found.evidence.text.replace("\n", " ")


BOOKS = "\n".join(f"- The Book of the Long and the Short Number {n} by An Author" for n in range(12))
LINKS = "\n".join(
    f"- [How the {n} of us learned to stop and to love the queue](https://example.com/{n}) is here" for n in range(12)
)
WIKILINKS = "\n".join(f"- [[The idea of the number {n} and of its use]] in [[the garden of ideas]]" for n in range(12))
TASKS = "\n".join(
    f"- [{'x' if n % 2 else ' '}] call the people of the office about the {n} letters that we sent." for n in range(9)
)
TABLE = "| what it is | what it costs to us |\n|---|---|\n" + "\n".join(
    f"| the thing of the number {n} | it is what we paid for it |" for n in range(12)
)
RUNS = "\n".join(f"- 2026-08-{n:02} ran to the river and back, and it was hard in the heat." for n in range(1, 15))
HOURS = "\n".join(
    f"{n:02}:15 wrote to the office about the lease and then went on with the plan." for n in range(8, 18)
)
PANCAKES = (
    "- 250 g flour\n- 2 eggs\n- 500 ml milk\n- 1 pinch of salt\n\n"
    "Mix the flour with the milk until it is smooth. Add the eggs and the salt, and let it rest for a while. Fry it in "
    "a hot pan with a bit of butter, and turn it when the edge is brown. Serve it with sugar and a bit of lemon."
)
KUCHEN = (
    "- 200 g Mehl\n- 3 Eier\n- 2 EL Zucker\n- 1 Prise Salz\n\nDas Mehl mit den Eiern verrühren, bis der Teig "
    "glatt ist. Den Zucker dazugeben und alles rühren. Den Teig in die Form geben und eine halbe Stunde backen. "
    "Danach ist der Kuchen fertig und muss nur noch in der Form abkühlen."
)
MALFATTI = (
    "- 1 paquete de espinaca cocida\n- 2 huevos\n- 3 cucharadas de harina\n- 1 cebolla picada\n\nSe escurre mucho la "
    "espinaca y se pica bien fina. Después se mezcla con los huevos y con la harina hasta que se pueda armar. Se "
    "hacen bolitas y se hierven en agua con sal hasta que suben, y se sirven con una salsa de tomate."
)
QUESTIONS = "\n".join(f"- How does the {n}th part of it work when it is under load?" for n in range(10))


@pytest.mark.parametrize(
    ("title", "text", "path"),
    [
        ("Books", BOOKS, "a.md"),
        ("Queues", LINKS, "a.md"),
        ("Garden", WIKILINKS, "a.md"),
        ("Move", TASKS, "a.md"),
        ("Costs", TABLE, "a.md"),
        ("Running", RUNS, "a.md"),
        ("Work", HOURS, "a.md"),
        ("Pancakes", PANCAKES, "a.md"),
        ("Apfelkuchen", KUCHEN, "a.md"),
        ("Malfatti", MALFATTI, "a.md"),
        ("Unknowns", QUESTIONS, "a.md"),
        ("Index", ENGLISH, "a.md"),
        ("Reading list", ENGLISH, "a.md"),
        ("Einkaufsliste", GERMAN, "a.md"),
        ("Lista de la compra", SPANISH, "a.md"),
        ("買い物リスト", JAPANESE, "a.md"),
        ("Meeting with the landlord", ENGLISH, "a.md"),
        ("Elternabend", GERMAN, "a.md"),
        ("Compte-rendu du bureau", FRENCH, "a.md"),
        ("Reunión de vecinos", SPANISH, "a.md"),
        ("Spotkanie zarządu", POLISH, "a.md"),
        ("会議 2026-08-01", JAPANESE, "a.md"),
        ("2026-08-01 Saturday", ENGLISH, "a.md"),
        ("3. August", GERMAN, "a.md"),
        ("Lisbon 2022", ENGLISH, "a.md"),
        ("Week of December 12, 2021", ENGLISH, "a.md"),
        ("Tagebuch 3", GERMAN, "a.md"),
        ("TODO", ENGLISH, "a.md"),
        ("FILE: plan.md", ENGLISH, "a.md"),
        ("Board", ENGLISH, "meetings/a.md"),
    ],
)
def test_lists_logs_recipes_and_occasions_explain_nothing(title: str, text: str, path: str) -> None:
    assert find_explained_idea(note(f"# {title}\n\n{text}\n", path)) is None


@pytest.mark.parametrize("front", ["status: done", "type: person", "email: a@b.c\nphone: 12", "tags: [person]"])
def test_what_is_done_or_about_a_person_by_its_properties_explains_nothing(front: str) -> None:
    assert find_explained_idea(note(f"---\n{front}\n---\n# Leases\n\n{ENGLISH}\n")) is None


def test_a_note_named_after_a_person_of_the_notes_explains_nothing() -> None:
    mara = note(f"# Mara\n\n{ENGLISH}\n", "m/mara.md")
    assert library(mara).explained_idea(mara) is not None
    assert library(mara, note("# Mara\n\nLives in Graz.\n", "people/mara.md")).explained_idea(mara) is None


def test_the_gist_is_a_statement_and_no_field_or_link() -> None:
    text = (
        f"[All about the leases that we use here](https://example.com/a)\n\n**Status:** open to all of us\n\n{ENGLISH}"
    )
    found = find_explained_idea(note(f"# Leases\n\n{text}\n"))
    assert found is not None
    assert found.said.startswith("A lease gives")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("A lease trades availability for cheap reads.", True),
        ("Une tâche longue se fait mieux en petites parties.", True),
        ("- [ ] trade the availability for the cheap reads of it", False),
        ("Does a lease trade availability for the cheap reads?", False),
        ("Leases", False),
        ("250 g flour", False),
    ],
)
def test_a_line_says_something_in_a_sentence(text: str, says: bool) -> None:
    assert states_something(text) is says


@pytest.mark.parametrize(
    "text",
    [
        "A stopgap is a repair that everybody forgets, because it works just well enough to be left alone.",
        "Ein Pflaster ist eine Reparatur, die alle vergessen, weil sie gerade gut genug hält und niemand hinsieht.",
        "We keep the queue in the database rather than in a broker, because one backup is then enough for both.",
    ],
)
def test_a_short_note_with_a_reason_explains_an_idea(text: str) -> None:
    found = find_explained_idea(note(f"# Stopgaps\n\n{text}\n", "a.md"))
    assert found is not None
    assert found.said == text


@pytest.mark.parametrize(
    "first",
    [
        "Looked at it for two days.",
        "It trades one thing for another, because both of them cannot be had.",
        "This is why nobody ever asks for the second one of them.",
        "I wanted to find out how the whole thing works, and read for a while.",
        "Yesterday the brokers were slow because two of them had been moved.",
        "For example the holder may have to wait, because nobody told him.",
        "Has a header that consists of",
    ],
)
def test_the_gist_leans_on_nothing_before_it(first: str) -> None:
    found = find_explained_idea(note(f"# Leases\n\n{first}\n\n{ENGLISH}\n", "a.md"))
    assert found is not None
    assert found.said.startswith("A lease gives")


def test_the_lines_around_a_gist_hold_whole_sentences() -> None:
    text = (
        "Nobody may write for now. A lease is a\nlock that ends by itself, because its holder\nmay die at any time. "
        "The rest of the system\nneed not know who held it or for how long it was held by them."
    )
    found = find_explained_idea(note(f"# Leases\n\n{text}\n", "a.md"))
    assert found is not None
    assert found.evidence.text.startswith("Nobody may write")
    assert found.evidence.text.endswith("held by them.")


DEEDS = (
    "- mailed the landlord about the heating\n- paid the bill of the plumber\n- called the office twice about it\n" * 4
)


def test_a_list_of_deeds_explains_nothing() -> None:
    assert find_explained_idea(note(f"# Heating\n\n{DEEDS}", "a.md")) is None
