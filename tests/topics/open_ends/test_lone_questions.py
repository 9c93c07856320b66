"""Questions that stand alone in a short note: in any language, with any marks, and what only looks like them."""

from __future__ import annotations

import pytest

from proactive_tui.model.topic_values import Topic
from proactive_tui.topics.open_ends.entries import read_entries
from proactive_tui.topics.open_ends.lone_questions import find_lone_questions
from tests.topics.builders import NOW, build_pool, library, note

ASKED = (
    "Wozu dient der kleine Hebel am Ofen?",
    "Stimmt es, dass Birke heißer brennt?",
    "Seit wann quietscht die Bremse?!",
    "À qui appartient le garage du fond ?",
    "Qu’est-ce qu’une drisse de spi ?",
    "¿A nombre de quién está el contrato de la luz?",
    "Dove si compra una camera d'aria da 26?",
    "Onde fica a chave do portão?",
    "Heeft de schuur nog een slot nodig?",
    "Kiedy trzeba przyciąć malinę?",
    "猫はなぜ箱に入るのか？ #猫",
    "绿茶应该用多少度的水泡？",
    "이 책은 언제 돌려줘야 하나요?",
    "Сколько спит взрослый кот?",
    "لماذا تبرد القهوة بسرعة؟",
    "Πόσο διαρκεί ο φούρνος;",
    "چرا قهوه تلخ است؟",
    "==How do I get the mast through the hatch?==",
    "**Who painted the hull?**[^2]\n\n[^2]: the book of the yard",
    "> [!question] Does the keel need zinc?",
    "> [!help]\n> Where is the key of the bilge?",
    "❓ Who has the spare oar?",
    "- [?] Where do we moor in winter?",
    "- Does the winch need grease? #boat",
    "Frage: Wo bleibt der zweite Schlüssel?",
)
NOT_SURE = (
    "Ich weiß immer noch nicht, in welche Kiste das Segel soll.",
    "Wir wissen noch nicht, welchen Motor wir nehmen.",
    "Non so ancora quale treno prendere.",
    "Não sei se a chave está com a Ana.",
    "Ik weet nog niet welke verf we nemen.",
    "Nie wiem, czy brama jest zamknięta.",
)
NOT_ASKED = (
    "> [!faq] Why does it leak?\n> The seam is old.",
    "Why does it leak?\n\nThe seam at the bow is old and opened last summer.",
    "How long is the mast? I measured it, nine metres will do.",
    "Wie lang ist der Mast? Neun Meter sind es, 9,20 genau.",
    "Wer hat den Schlüssel? Nachgefragt: Olaf.",
    "Quanto è lungo l'albero? Sono 9 metri.",
    "Why not?",
    "Warum auch nicht gleich?",
    "Pourquoi pas un autre jour ?",
    "It is a nice boat, isn't it?",
    "Mira asked: Where is the oar?",
    "Olaf fragte: Wo ist das Ruder?",
    "“Who owns the harbour of the town?”",
    "「港は誰のものか？」",
    "How did you hear of us?",
    "Wie hast du von uns gehört?",
    "~~Who has the spare oar?~~",
    "- [x] Who has the spare oar?",
)


def raised(text: str) -> list[Topic]:
    context = library(note(f"# Boat\n\n{text}\n", "boat.md", 3))
    return list(build_pool(context, NOW, ("open question", "task", "goal", "idea")))


@pytest.mark.parametrize("text", ASKED)
def test_a_question_that_stands_alone_is_open_in_any_language(text: str) -> None:
    (topic,) = raised(text)
    assert topic.kind == "open question"
    assert not set(topic.title) & set("=*❓[]#")


@pytest.mark.parametrize("text", NOT_SURE)
def test_who_does_not_know_asks(text: str) -> None:
    (topic,) = raised(text)
    assert topic.kind == "open question"


@pytest.mark.parametrize("text", NOT_ASKED)
def test_what_is_answered_quoted_or_rhetorical_is_no_open_question(text: str) -> None:
    assert raised(text) == []


def test_many_questions_are_a_questionnaire_that_no_rule_opens() -> None:
    asked = "\n\n".join(f"Dlaczego {word} stoi na dole?" for word in ("dom", "kot", "stół", "piec", "rower"))
    assert raised(asked) == []


def test_an_open_box_in_a_plain_quote_is_the_owners_and_one_in_a_quotation_is_not() -> None:
    assert [topic.kind for topic in raised("> - [ ] Sand the oar before it rains")] == ["task"]
    assert raised("> [!quote] From a book\n> - [ ] plant a tree each year") == []


def test_what_stands_below_a_cancelled_item_is_cancelled() -> None:
    assert raised("- [-] Sell the old boat\n    - [ ] take photos of the hull") == []
    assert raised("- [ ] Sell the old boat\n    - [ ] take photos of the hull")


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("- Find(a, b): are a and b in one piece?\n- Join(a, b): makes one piece of two", 0),
        ("- Listing, by hand: which boats are in?", 0),
        ("- Are the oars and the rope in one piece?", 1),
    ],
)
def test_what_says_what_a_term_means_does_not_ask(text: str, asks: int) -> None:
    assert len(list(find_lone_questions(read_entries(note(f"# Boat\n\n{text}\n"))))) == asks
