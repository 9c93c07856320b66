"""The checker against openers that are true of their notes and openers that are not."""

from __future__ import annotations

import pytest

from proactive_tui.model.topic_values import Topic
from tests.talk.opener_checking import check_opener
from tests.talk.topics import (
    BROT,
    HASHING,
    JARDIN,
    LEASES,
    LIBRO,
    NOW,
    NUMBERS,
    PASSPORT,
    PREVOTE,
    PROMISE,
    QUEUES,
    RETRIES,
    RUNNING,
)  # fmt: skip

TRUE: list[tuple[Topic, str]] = [
    (PREVOTE, "You asked whether Raft needs pre-vote with leases, three weeks ago. Did you find out?"),
    (PREVOTE, "In Distributed systems, lecture 6 you asked “Does Raft need pre-vote with leases?” What would "
        "settle it?"),
    (PREVOTE, "Does Raft need pre-vote with leases after all?"),
    (PREVOTE, "Three weeks ago you wondered if Raft needs pre-vote with leases. Is that still open?"),
    (PREVOTE, "You left a question open about Raft and leases. Shall we look for the answer together?"),
    (NUMBERS, "You promised Mara the load-test numbers by Friday. Shall we sketch what to send?"),
    (NUMBERS, "The load-test numbers for Mara are due on Friday. Where do they stand?"),
    (NUMBERS, "“Send Mara the load-test numbers” is due on Friday. Shall we make a start?"),
    (NUMBERS, "Mara wants the load-test numbers by Friday, you wrote in Standup. What is left to do?"),
    (PASSPORT, "“renew the passport” was due two weeks ago. Is it still worth doing?"),
    (PASSPORT, "You planned to renew the passport in Lisbon in spring. What is the first step?"),
    (PASSPORT, "Five weeks ago you wrote that you want to renew the passport. Shall we do it now?"),
    (PASSPORT, "The passport is on your list. Shall we renew it?"),
    (LEASES, "Leases came up in Cache design and in your notes on leases. What is the link?"),
    (LEASES, "You wrote that a lease trades availability for cheap reads. Does that hold for the cache as well?"),
    (LEASES, "You keep coming back to leases. What would you try next?"),
    (LEASES, "You could use leases for the cache, you wrote yesterday. Shall we sketch how?"),
    (HASHING, "You last wrote about consistent hashing two months ago. Without looking, what do you remember of it?"),
    (HASHING, "Each node owns an arc of the ring, you wrote. How would you explain that in your own words?"),
    (HASHING, "With 100 virtual nodes the load differs by 10 per cent. Why is that?"),
    (HASHING, "You wrote about virtual nodes and the ring. Shall we go over it together?"),
    (HASHING, "Do you remember what virtual nodes do for the load?"),
    (QUEUES, "“Backpressure” and “Morning pages” seem close. What do they have in common?"),
    (QUEUES, "A queue without a bound only hides the overload, and when everything goes in, little comes out. "
        "Is it the same thing?"),
    (QUEUES, "You wrote that a queue without a bound hides the overload. How does that relate to morning pages?"),
    (RETRIES, "You were just working on the retry budget. What comes next?"),
    (RETRIES, "You wrote that a retry budget of ten per cent should keep the storm away. Shall we draft the "
        "next part?"),
    (RETRIES, "Should ten per cent keep the storm away?"),
    (RUNNING, "You wanted to run three times a week. How is it going?"),
    (RUNNING, "You set yourself a goal four weeks ago, to run before work. What would help?"),
    (RUNNING, "Do you still want to run three times a week?"),
    (PROMISE, "Jonas promised to review the migration plan. Shall we go over it?"),
    (PROMISE, "You wrote that we should not drop the old table. Is that still true?"),
    (PROMISE, "Did Jonas review the migration plan?"),
    (PROMISE, "Three days ago you wrote about the migration. What is the next step?"),
    (BROT, "Vor zwei Wochen hast du gefragt, warum der Teig im Winter so langsam ist. Hast du es herausgefunden?"),
    (BROT, "Du hast gefragt: „Warum geht der Teig im Winter so langsam auf?“ Was würde es klären?"),
    (BROT, "Ist die Küche im Winter zu kalt für den Teig?"),
    (JARDIN, "« tailler le pommier avec Claire » est prévu demain. Quelle serait la première petite étape ?"),
    (JARDIN, "Veux-tu tailler le pommier avec Claire demain ?"),
    (LIBRO, "La última vez que escribiste sobre «El libro de los ríos» fue hace tres meses. ¿Qué recuerdas?"),
    (LIBRO, "¿Cómo cambian de cauce los ríos en el libro?"),
]  # fmt: skip

UNTRUE: list[tuple[Topic, str, str]] = [
    (PREVOTE, "You decided that Raft needs pre-vote with leases. Shall we write it down?", "word"),
    (PREVOTE, "Raft needs pre-vote with leases.", "polarity"),
    (PREVOTE, "You asked whether Paxos needs pre-vote with leases. Did you find out?", "name"),
    (PREVOTE, "You asked two weeks ago whether Raft needs pre-vote. Did you find out?", "number"),
    (PREVOTE, "You asked about pre-vote in lecture 7. Did you find out?", "number"),
    (PREVOTE, "You asked whether Raft needs pre-vote, because of clock drift. Did you find out?", "word"),
    (PREVOTE, "Here is an opener: You asked whether Raft needs pre-vote with leases?", "narration"),
    (PREVOTE, "The user asked whether Raft needs pre-vote with leases.", "narration"),
    (PREVOTE, "As an AI, I wonder whether Raft needs pre-vote with leases?", "narration"),
    (PREVOTE, "", "empty"),
    (PREVOTE, "Hello?", "empty"),
    (PREVOTE, "You asked whether Raft needs pre-vote. Did you find out? Shall we look? It is open.", "length"),
    (PREVOTE, "You asked whether **Raft** needs pre-vote with leases. Did you find out?", "markup"),
    (PREVOTE, "You asked whether Raft needs pre-vote with leases! Did you find out?", "markup"),
    (PREVOTE, "You asked about Raft, see https://raft.github.io. Did you find out?", "markup"),
    (PREVOTE, "- You asked whether Raft needs pre-vote with leases?", "markup"),
    (PREVOTE, "You asked “Is Raft faster with leases?” Did you find out?", "quotation"),
    (PREVOTE, "Hast du herausgefunden, ob Raft das mit den Leases noch braucht?", "language"),
    (PREVOTE, "What do you want to talk about together?", "off topic"),
    (PREVOTE, "You asked whether the sourdough needs a second rise. Did you find out?", "echo"),
    (NUMBERS, "You promised Mara the load-test numbers by Monday. Shall we sketch what to send?", "name"),
    (NUMBERS, "You promised Jonas the load-test numbers by Friday. Shall we sketch it?", "name"),
    (NUMBERS, "Mara promised you the load-test numbers by Friday. Did they come?", "deed"),
    (NUMBERS, "You sent Mara the load-test numbers on Friday. How did it go?", "word"),
    (NUMBERS, "Mara is waiting impatiently for the load-test numbers. Where do they stand?", "word"),
    (NUMBERS, "The load-test numbers for Mara are due tomorrow. Where do they stand?", "word"),
    (NUMBERS, "You promised Mara 3 load-test numbers by Friday. Shall we start?", "number"),
    (PASSPORT, "You renewed the passport five weeks ago. Is it back?", "deed"),
    (PASSPORT, "Your passport expired two weeks ago. Shall we renew it?", "word"),
    (PASSPORT, "You never planned to renew the passport. Shall we drop it?", "polarity"),
    (PASSPORT, "You planned to renew the passport for Lisbon in autumn. What is left?", "word"),
    (LEASES, "You wrote that a lease trades consistency for cheap reads. Does it hold?", "word"),
    (LEASES, "You wrote that we could not use leases for the cache. Is that still true?", "polarity"),
    (LEASES, "You chose leases for the cache yesterday. What comes next?", "word"),
    (LEASES, "Leases are the best way to cheap reads.", "word"),
    (HASHING, "With 200 virtual nodes the load differs by 10 per cent. Why is that?", "number"),
    (HASHING, "With 10 virtual nodes the load differs by 100 per cent, you wrote.", "number"),
    (HASHING, "You wrote about consistent hashing last week. What do you remember?", "word"),
    (HASHING, "Cassandra uses consistent hashing. Do you remember how the ring works?", "word"),
    (QUEUES, "Your notes prove that queues and morning pages fail the same way. Do you agree?", "word"),
    (QUEUES, "A queue with a bound only hides the overload.", "polarity"),
    (RETRIES, "A retry budget of twenty per cent should keep the storm away. What comes next?", "number"),
    (RETRIES, "You finished the retry budget. What comes next?", "word"),
    (RUNNING, "You ran three times a week. How was it?", "word"),
    (RUNNING, "You wanted to run five times a week. How is it going?", "number"),
    (RUNNING, "Running improves your sleep, so keep it up. How is it going?", "word"),
    (PROMISE, "You promised to review the migration plan. Shall we start?", "deed"),
    (PROMISE, "You wrote that we should drop the old table. Shall we do it?", "polarity"),
    (PROMISE, "Jonas reviewed the migration plan. What comes next?", "deed"),
    (BROT, "Du hast herausgefunden, dass die Hefe im Winter langsamer arbeitet. Stimmt das?", "word"),
    (BROT, "Vor drei Wochen hast du nach dem Teig gefragt. Hast du es herausgefunden?", "number"),
    (BROT, "You asked why the dough is so slow in winter. Did you find out what it was?", "language"),
    (JARDIN, "Tu as promis à Paul de tailler le pommier demain. Où en es-tu ?", "name"),
    (LIBRO, "El libro cuenta cómo los ríos se secan cada verano. ¿Qué recuerdas?", "word"),
    (NUMBERS, "Mara has the load-test numbers. What is next?", "deed"),
    (NUMBERS, "You want Mara to send you the load-test numbers by Friday.", "order"),
    (PASSPORT, "The passport is renewed. Shall we drop it?", "deed"),
    (LEASES, "You use leases for the cache. How is it going?", "deed"),
    (LEASES, "Cheap leases trade reads for availability.", "order"),
    (QUEUES, "Morning pages hide the overload, you wrote.", "order"),
    (RETRIES, "The retry budget keeps the storm away. What comes next?", "deed"),
    (RUNNING, "You run three times a week before work. How is it going?", "deed"),
    (PROMISE, "The migration plan was reviewed by Jonas. Is that right?", "order"),
    (PROMISE, "Jonas wants to drop the old table. Shall we review it?", "order"),
    (HASHING, "With 100 virtual nodes the load never differs.", "polarity"),
]  # fmt: skip

SOURDOUGH = "You asked whether the sourdough needs a second rise. Did you find out?"


@pytest.mark.parametrize(("topic", "text"), TRUE, ids=lambda each: each.id if isinstance(each, Topic) else each[:40])
def test_lets_true_openers_pass(topic: Topic, text: str) -> None:
    assert check_opener(text, topic.evidence, topic, now=NOW, echoes=[SOURDOUGH]) == []


@pytest.mark.parametrize(
    ("topic", "text", "fault"), UNTRUE, ids=lambda each: each.id if isinstance(each, Topic) else each[:40]
)
def test_refuses_untrue_openers(topic: Topic, text: str, fault: str) -> None:
    problems = check_opener(text, topic.evidence, topic, now=NOW, echoes=[SOURDOUGH])
    assert fault in {each.fault for each in problems}, problems


def test_the_table_is_large_enough() -> None:
    assert len(TRUE) >= 40
    assert len(UNTRUE) >= 40


def test_without_a_clock_only_the_notes_dates_may_be_said() -> None:
    text = "You asked whether Raft needs pre-vote with leases, three weeks ago. Did you find out?"
    assert {each.fault for each in check_opener(text, PREVOTE.evidence, PREVOTE)} == {"number", "word"}
