from __future__ import annotations

import datetime as dt

import pytest

from proactive_tui.text.dates.day_order import DayOrder, count_date_forms, locale_day_order
from proactive_tui.text.dates.local_days import local_noon
from proactive_tui.text.dates.text_days import cut_days, find_days

MONDAY = local_noon(dt.date(2026, 11, 23))


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("send it due:2026-11-30", "2026-11-30"),
        ("send it due: 2026-11-30", "2026-11-30"),
        ("send it 📅 2026-11-30", "2026-11-30"),
        ("send it 📅2026-11-30 ➕ 2026-11-01", "2026-11-30"),
        ("➕ 2026-11-01 send it ⏳ 2026-11-20 by 2026-11-30", "2026-11-30"),
        ("send it @2026-11-30", "2026-11-30"),
        ("send it @due(2026-11-30)", "2026-11-30"),
        ("send it [due:: 2026-11-30]", "2026-11-30"),
        ("send what was agreed 2026-10-01 by 2026-11-30", "2026-11-30"),
        ("send it 2026-11-30", "2026-11-30"),
        ("send it (due Friday)", "2026-11-27"),
        ("send it by Monday", "2026-11-30"),
        ("send it by next tuesday", "2026-11-24"),
        ("send it due today", "2026-11-23"),
        ("send it by tomorrow", "2026-11-24"),
        ("due in 3 days", "2026-11-26"),
        ("due in 2 weeks", "2026-12-07"),
        ("due next week", "2026-11-30"),
        ("by end of the week", "2026-11-27"),
        ("by 5 January", "2027-01-05"),
        ("by the 30th November", "2026-11-30"),
        ("by 30th November", "2026-11-30"),
        ("due Nov 30, 2027", "2027-11-30"),
        ("deadline: 1 Nov", "2026-11-01"),
        ("by 31 Feb", None),
        ("send it by 30 Novembre", "2026-11-30"),
        ("due Freitag", "2026-11-27"),
        ("by the end of the month", "2026-11-30"),
        ("by 4 separate people", None),
        ("by 3 marbles, 2 out of 5", None),
        ("reduced by 2 weeks", None),
        ("reduced by 2.5.", None),
        ("read the book by Lamport", None),
        ("due to the weather", None),
        ("room 2026-99-99", None),
        ("✅ 2026-11-20", None),
        ("finish it", None),
    ],
)
def test_when_a_task_is_due(text: str, day: str | None) -> None:
    assert find_days(text, MONDAY).due == day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Buy bread today", "2026-11-23"),
        ("Call the bank tonight", "2026-11-23"),
        ("Finish report by EOD", "2026-11-23"),
        ("Finish report EOW", "2026-11-27"),
        ("Finish by eom", "2026-11-30"),
        ("Finish by EOD Friday", "2026-11-27"),
        ("Ship it next Friday", "2026-11-27"),
        ("Call Tom next week", "2026-11-30"),
        ("Send in two weeks", "2026-12-07"),
        ("Pay rent on the 5th", "2026-12-05"),
        ("Pay by the 5th", "2026-12-05"),
        ("Pay rent Dec 2", "2026-12-02"),
        ("Pay rent Dec 4th", "2026-12-04"),
        ("Pay rent 2 Dec", "2026-12-02"),
        ("Pay rent 5.12.", "2026-12-05"),
        ("Pay 5.12.26", "2026-12-05"),
        ("Miete zahlen am 5.", "2026-12-05"),
        ("Miete bis zum 5. Dezember", "2026-12-05"),
        ("Miete bis 5.12.", "2026-12-05"),
        ("Abgabe spätestens Freitag", "2026-11-27"),
        ("Anrufen am Montag", "2026-11-30"),
        ("Anrufen in 3 Tagen", "2026-11-26"),
        ("Anrufen nächsten Dienstag", "2026-11-24"),
        ("Anrufen übermorgen", "2026-11-25"),
        ("Steuer fällig am 12. Januar", "2027-01-12"),
        ("Appeler le dentiste mardi", "2026-11-24"),
        ("Rendre le livre d'ici vendredi", "2026-11-27"),
        ("Payer le loyer le 5 janvier", "2027-01-05"),
        ("Payer dans 3 jours", "2026-11-26"),
        ("Payer la semaine prochaine", "2026-11-30"),
        ("Envoyer avant le 05/12/2026", "2026-12-05"),
        ("Llamar al médico el lunes", "2026-11-30"),
        ("Pagar antes del 5 de diciembre", "2026-12-05"),
        ("Entregar para el viernes", "2026-11-27"),
        ("Pagar pasado mañana", "2026-11-25"),
        ("Llamar dentro de 3 días", "2026-11-26"),
        ("Chiamare il medico domani", "2026-11-24"),
        ("Pagare entro venerdì", "2026-11-27"),
        ("Pagare entro il 5 dicembre", "2026-12-05"),
        ("Pagare tra 3 giorni", "2026-11-26"),
        ("Chiamare lunedì", "2026-11-30"),
        ("Pagar até sexta-feira", "2026-11-27"),
        ("Pagar amanhã", "2026-11-24"),
        ("Ligar na segunda", "2026-11-30"),
        ("Pagar dia 5", "2026-12-05"),
        ("Entregar até 5 de dezembro", "2026-12-05"),
        ("Bellen met de bank morgen", "2026-11-24"),
        ("Betalen vóór vrijdag", "2026-11-27"),
        ("Betalen uiterlijk 5 december", "2026-12-05"),
        ("Bellen over 3 dagen", "2026-11-26"),
        ("Bel maandag", "2026-11-30"),
        ("Zadzwonić do banku jutro", "2026-11-24"),
        ("Zapłacić do piątku", "2026-11-27"),
        ("Oddać książkę 5 grudnia", "2026-12-05"),
        ("Kupić chleb dziś", "2026-11-23"),
        ("明日 牛乳を買う", "2026-11-24"),
        ("12月5日までにレポートを出す", "2026-12-05"),
        ("明天给房东打电话", "2026-11-24"),
        ("1月5日交报告", "2027-01-05"),
        ("周五之前交报告", "2026-11-27"),
        ("金曜日までに送る", "2026-11-27"),
        ("DEADLINE: <2026-12-02 Wed>", "2026-12-02"),
        ("Call DEADLINE: <2026-12-05 Sat 10:00 .+1y>", "2026-12-05"),
        ("2026-12-02: call Bob", "2026-12-02"),
        ("Friday: gym with Tom", "2026-11-27"),
        ("Pay it @tomorrow", "2026-11-24"),
        ("Pay it (@2026-12-05 09:00)", "2026-12-05"),
        ("Renew it by Fri", "2026-11-27"),
        ("Meet Tom Fri 4 Dec at 10:00", "2026-12-04"),
        ("Meet Tom Friday, Dec 4 at 3pm", "2026-12-04"),
        ("Dentist 2026-12-02T14:00", "2026-12-02"),
        ("Pay 12/25/2026", "2026-12-25"),
        ("Do it before 2026-12-05 #home", "2026-12-05"),
        ("Send report due 2026-12-05 to Bob", "2026-12-05"),
        ("Send report Friday #work", "2026-11-27"),
    ],
)
def test_days_as_people_write_them(text: str, day: str) -> None:
    assert find_days(text, MONDAY).due == day


@pytest.mark.parametrize(
    "text",
    [
        "Water plants every Friday",
        "Check the report of Friday",
        "Read today's paper",
        "Conference 4-6 December",
        "Holiday 4 Dec - 6 Dec",
        "Buy 3 apples",
        "Read chapter 3/4",
        "Mix 1/2 cup",
        "Upgrade to 1.12.3",
        "Move out of house",
        "Wait for so long",
        "Look in the sun",
        "Read notes from yesterday",
        "Reply to the mail of last Friday",
        "Prüfe die Rechnung vom 3. November",
        "Compte rendu du 3 novembre lire",
        "Leer el acta del 3 de noviembre",
        "Leggere il verbale del 3 novembre",
        "Ler a ata de 3 de novembro",
        "Lees de notulen van 3 november",
        "Save IMG_2026-12-05.png",
        "See daily/2026-12-05.md",
        "See https://x.org/2026/12/05/foo",
        "Pick `2026-12-05`",
        "Version 2026.12.1 prüfen",
        "Things to do",
        "Call in the sat phone",
        "Ask about v2026-01-02 of it",
        "Plan trip not before 2027-03-01",
        "Neues Auto ab 1. März",
        "Set out 5 chairs",
        "Call 555-12-05",
        "may 5 people come",
        "Get the March 3 numbers",
        "Read the minutes of 2026-10-01",
        "Follow up on the call in [[2026-11-10]]",
        "Ask about the bill dated 2026-09-30",
        "Pay invoice 2026-10-05-117",
        "Sort the slides (added 2026-11-20)",
        "Archive [[2026-11-19 Standup with Bo]]",
        "Book the fair (2027-03-04 to 2027-03-06)",
    ],
)
def test_a_day_that_is_only_mentioned_is_no_due_day(text: str) -> None:
    assert find_days(text, MONDAY).due is None


@pytest.mark.parametrize(
    ("text", "role", "day"),
    [
        ("Call ⏳ 2026-11-30", "scheduled", "2026-11-30"),
        ("Call [scheduled:: 2026-11-30]", "scheduled", "2026-11-30"),
        ("Call SCHEDULED: <2026-11-30 Mon .+1w>", "scheduled", "2026-11-30"),
        ("Call scheduled for Monday", "scheduled", "2026-11-30"),
        ("Anruf geplant für den 30. November", "scheduled", "2026-11-30"),
        ("Plan 🛫 2027-03-01", "start", "2027-03-01"),
        ("Plan (start:: 2027-03-01)", "start", "2027-03-01"),
        ("Plan t:2027-03-01", "start", "2027-03-01"),
        ("Plan not before 1 March 2027", "start", "2027-03-01"),
        ("Plan ab 1. März", "start", "2027-03-01"),
        ("Sent ✅ 2026-11-20", "done", "2026-11-20"),
        ("Sent [completion:: 2026-11-20]", "done", "2026-11-20"),
        ("Sent ❌ 2026-11-20", "done", "2026-11-20"),
        ("Sent CLOSED: [2026-11-20 Fri 10:00]", "done", "2026-11-20"),
        ("Sort ➕ 2026-11-20", "created", "2026-11-20"),
        ("Sort [created:: 2026-11-20]", "created", "2026-11-20"),
        ("Read the minutes of 2026-10-01", "mentioned", "2026-10-01"),
    ],
)
def test_a_day_says_what_it_is(text: str, role: str, day: str) -> None:
    days = find_days(text, MONDAY)
    assert getattr(days, role) == day
    assert days.due is None


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Put the bins out before 📅 2026-12-01.", "Put the bins out."),
        ("Send the lease (📅 2026-12-02) to Tom", "Send the lease to Tom"),
        ("Oil the chain [due:: [[2026-12-18]]] well", "Oil the chain well"),
        ("Fix the tap <2026-12-19 Sat .+1y>", "Fix the tap"),
        ("Return the drill @{2026-12-11}", "Return the drill"),
        ("Dentist ⏰ 2026-12-05 15:08 📅 2026-12-05", "Dentist"),
        ("Meet Tom Friday, Dec 4 at 3pm", "Meet Tom"),
        ("Entregar o livro até 5 de dezembro", "Entregar o livro"),
        ("12月5日までにレポートを出す", "レポートを出す"),
        ("Pay it (@2026-12-05 09:00)", "Pay it"),
        ("Send it by Friday", "Send it by Friday"),
        ("Read the minutes of 2026-10-01", "Read the minutes of 2026-10-01"),
    ],
)
def test_a_title_is_cut_clean_of_days(text: str, title: str) -> None:
    assert cut_days(text, find_days(text, MONDAY)) == title


@pytest.mark.parametrize(("order", "day"), [("day first", "2027-01-12"), ("month first", "2027-12-01")])
def test_an_ambiguous_date_is_read_in_the_order_of_its_owner(order: DayOrder, day: str) -> None:
    assert find_days("Pay by 12/01/2027", MONDAY, order).due == day
    assert find_days("Pay by 12/25/2026", MONDAY, order).due == "2026-12-25"


def test_other_dates_of_the_owner_and_then_the_locale_say_the_order() -> None:
    assert count_date_forms(["Lunch on 25/11/2026", "12/05/2026"]).order == "day first"
    assert count_date_forms(["Lunch on 11/25/2026", "12/05/2026", "5.12.2026"]).order == "month first"
    assert count_date_forms(["Lunch on 5.12.2026", "12/05/2026"]).order == "day first"
    assert count_date_forms(["12/05/2026", "path/12/25/2026/x", "2026-11-25"]).order is None
    assert locale_day_order({"LANG": "en_US.UTF-8"}) == "month first"
    assert locale_day_order({"LANG": "en_US.UTF-8", "LC_TIME": "de_DE.UTF-8"}) == "day first"
    assert locale_day_order({"LC_ALL": "C"}) == "day first"


def test_days_beyond_the_calendar_are_no_days() -> None:
    assert find_days("due in 999 weeks", 7_258_118_400.0).due is None
    assert find_days("due 9999-12-31", 0.0).due is None
    assert find_days("due tomorrow, Friday, EOM", local_noon(dt.date(9999, 12, 31))).due is None


def test_a_day_in_a_promise_is_due_only_after_a_marker() -> None:
    assert find_days("I'll send it by Friday", MONDAY, bare_is_due=False).due == "2026-11-27"
    assert find_days("I'll send it on Friday", MONDAY, bare_is_due=False).due is None
