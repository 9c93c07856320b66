"""Commands that answer an offer, or the question about its moment."""

from __future__ import annotations

from proactive_tui.tui.command_tables.app_command import AppCommand

OFFER_COMMANDS: tuple[AppCommand, ...] = (
    AppCommand(
        "offer.focus", "f2", "focus_offer", "Go to the offer", "Move from what you type to the offer, and back", "Offer"
    ),
    AppCommand("offer.talk", "enter,y", "talk", "talk", "Talk about it", "Offer"),
    AppCommand("offer.not_now", "n", "not_now", "not now", "A bad moment; teaches when, not what", "Offer"),
    AppCommand("offer.not_this", "x", "not_this", "not this", "A wrong topic; teaches what, not when", "Offer"),
    AppCommand(
        "offer.already_done",
        "a",
        "already_done",
        "already done",
        "It is done, or answered: closes it; your note stays as it is",
        "Offer",
    ),
    AppCommand(
        "offer.not_mine",
        "m",
        "not_mine",
        "not mine",
        "Not yours to do, or no such thing; teaches how your notes are read",
        "Offer",
    ),
    AppCommand("offer.never", "v", "never", "never", "Never this kind of topic; also counts as not this", "Offer"),
    AppCommand(
        "offer.never_folder",
        "V",
        "never_folder",
        "never this folder",
        "Never ask about this folder (repository, calendar, feed); search still finds it. Also counts as not mine",
        "Offer",
    ),
    AppCommand(
        "offer.snooze",
        "s",
        "snooze",
        "snooze",
        "Bring it up again later: in 15 minutes, an hour, tomorrow, or on a date",
        "Offer",
    ),
    AppCommand(
        "offer.open",
        "o,f4",
        "open_offer",
        "open",
        "Open the note at its line in your editor; an item of another source in the browser",
        "Offer",
    ),
    AppCommand(
        "offer.undo", "u,ctrl+underscore", "take_back", "Undo", "Take the last answer back, for some seconds", "Offer"
    ),
    AppCommand(
        "offer.bring_back", "b", "bring_back", "Bring back", "Bring the last offer back that left by itself", "Offer"
    ),
    AppCommand(
        "question.good", "y", "good_moment", "yes", "It was a good moment to bring it up", "Question", palette=False
    ),
    AppCommand(
        "question.bad",
        "n",
        "bad_moment",
        "no",
        "It was a bad one; you need not answer at all",
        "Question",
        palette=False,
    ),
)
