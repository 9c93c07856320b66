"""How a review is put: the counts, what blocks and why, in words that the checker lets pass."""

from __future__ import annotations

import pytest

from proactive_tui.model.note_values import ItemOrigin
from proactive_tui.model.shared_words import FRAMINGS, Framing
from proactive_tui.model.topic_values import Evidence, Topic, TopicDetails
from proactive_tui.talk.facts.kind_facts import first_own_sentence
from proactive_tui.talk.facts.topic_facts import topic_facts
from proactive_tui.talk.templates import (
    TEMPLATES_BY_LANGUAGE,
    build_template_opener,
    fill_template,
    find_templates,
    has_facts,
)
from proactive_tui.text.dates.local_days import local_day
from tests.talk.opener_checking import check_opener
from tests.talk.topics import NOW

DAY = 86400.0
YESTERDAY = local_day(NOW - DAY, 0).isoformat()
SAID = "issue (blocking): Rigel swallows Procyon.\n\nCapella never sees it."
ORIGIN = ItemOrigin(source="forge", form="review comment", author="mara", place="src/retry.py:41")
COMMENTS = {"review": "comments", "pull": "acme/api#12", "opened": YESTERDAY}
BLOCKING = {**COMMENTS, "blocking": "said to block", "blocked_by": "mara", "place": "src/retry.py:41"}
STORIES = {
    "comments": TopicDetails(**COMMENTS, new_comments="3"),
    "blocking about something": TopicDetails(**BLOCKING, new_comments="3", concern="error handling"),
    "blocking": TopicDetails(**BLOCKING, new_comments="1"),
    "still blocking": TopicDetails(**BLOCKING),
    "blocked by nobody": TopicDetails(**{**BLOCKING, "blocked_by": None}),
    "checks": TopicDetails(**{**COMMENTS, "review": "checks"}, failed_checks="2", check="unit tests"),
    "asked": TopicDetails(review="asked", opened=YESTERDAY, asked_by="mara"),
    "asked by nobody": TopicDetails(review="asked", opened=YESTERDAY),
    "mention": TopicDetails(review="mention", opened=YESTERDAY, asked_by="mara"),
    "assigned": TopicDetails(review="assigned", opened=YESTERDAY, last_written=YESTERDAY),
}


def story(name: str) -> Topic:
    origin = Evidence(path="forge://x/1", line_start=1, line_end=3, text=SAID, origin=ORIGIN)
    return Topic(
        id="x", kind="review", title="Vega Altair Deneb", at=NOW - DAY, evidence=(origin,), detail=STORIES[name],
        people=("mara",),
    )  # fmt: skip


@pytest.mark.parametrize("language", TEMPLATES_BY_LANGUAGE)
@pytest.mark.parametrize("name", STORIES)
def test_every_template_passes_the_checker(language: str, name: str) -> None:
    topic = story(name)
    known = topic_facts(topic, now=NOW, language=language)
    filled = 0
    for framing in FRAMINGS:
        for template in find_templates(language, framing, "review")[0]:
            if has_facts(known, template):
                text = fill_template(template, known)
                filled += 1
                assert check_opener(text, topic.evidence, topic, language=language, now=NOW) == [], text
    assert filled


def put(name: str, framing: Framing = "question", language: str = "en") -> str:
    return build_template_opener(story(name), framing, now=NOW, language=language)


def test_the_offer_of_the_essay() -> None:
    assert put("blocking about something") == (
        "Your PR from yesterday has 3 new comments. One looks like a blocking concern about the error handling. "
        "Want to walk through it together?"
    )
    assert put("blocking about something", language="de") == (
        "Dein PR von gestern hat 3 neue Kommentare. Einer sieht nach einem blockierenden Einwand aus, es geht um die "
        "Fehlerbehandlung. Gehen wir ihn zusammen durch?"
    )


def test_words_of_others_are_said_as_theirs() -> None:
    assert put("still blocking") == (
        "On your PR “Vega Altair Deneb”, mara wrote “Rigel swallows Procyon”, and that seems to block it. Want to "
        "walk through it together?"
    )


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (SAID, "Rigel swallows Procyon."),
        ("> so you said\n\nThis breaks it. Again.", "This breaks it."),
        ("**nit:** a blank", "a blank"),
        ("Plain words here.", "Plain words here."),
        ("> only quoted", ""),
        ("", ""),
    ],
)
def test_the_sentence_of_a_comment_that_is_quoted(text: str, sentence: str) -> None:
    assert first_own_sentence(text) == sentence
