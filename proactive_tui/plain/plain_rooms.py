"""The rooms of the plain face: settings, beliefs, forgetting and captures. What cannot be taken back is asked first."""

from __future__ import annotations

import time
from collections.abc import Callable, Coroutine, Sequence
from typing import Any, NamedTuple

from msgspec import structs

from proactive_tui.config import Config
from proactive_tui.config_reading import setting_value, with_value
from proactive_tui.errors import ProactiveError
from proactive_tui.ipc.client import BrainClient
from proactive_tui.ipc.requests import (
    ForgetData,
    GetStatistics,
    PlanCapture,
    SetFolderEnabled,
    SetKindEnabled,
    WriteCapture,
)
from proactive_tui.model.learned_values import Belief
from proactive_tui.model.note_values import CapturePlan
from proactive_tui.plain.line_output import LineOutput
from proactive_tui.plain.plain_lists import PlainLists
from proactive_tui.plain.role_lines import spoken_words
from proactive_tui.plain.spoken_rooms import (
    match_settings,
    spoken_belief,
    spoken_capture,
    spoken_setting,
    spoken_setting_names,
)
from proactive_tui.plain.spoken_things import spoken_error, spoken_sentence
from proactive_tui.settings import apply_typed_value, typed_value_problem
from proactive_tui.text.dates.typed_times import parse_past_time
from proactive_tui.text.quantities import format_count
from proactive_tui.tui.formatting.room_words import (
    FORGET_REMARKS,
    NOTED_CHANGE,
    count_forgotten,
    describe_forgotten,
    describe_kept,
    summarize_answers,
)
from proactive_tui.tui.formatting.times import format_clock_time

MAX_SPOKEN_SETTINGS = 12
"""Settings that are said at once."""
YES_ANSWERS = frozenset({"yes", "y", "ok"})
NO_ANSWERS = frozenset({"no", "n", "cancel", "stop"})
FORGET_USAGE = (
    "Type forget and the number of a line of learned, or: forget path PATH, forget topic TITLE, forget since TIME, "
    "forget everything."
)


class AskedConsent(NamedTuple):
    """What waits for the owner's word: the words that do it, what is said where they do not come, and what is done."""

    word: str
    otherwise: str
    carry_out: Callable[[], Coroutine[Any, Any, None]]


class PlainRooms:
    """Carries out the commands of `ROOM_COMMANDS`. `apply_config` takes a changed config and the keys that changed."""

    def __init__(
        self,
        brain: BrainClient,
        out: LineOutput,
        lists: PlainLists,
        read_config: Callable[[], Config],
        apply_config: Callable[[Config, str], None],
    ) -> None:
        self._brain, self._out, self._lists = brain, out, lists
        self._read_config, self._apply_config = read_config, apply_config
        self._asked: AskedConsent | None = None

    async def hear_consent(self, line: str) -> bool:
        """Do what was asked about, where the line has the words for it. Any other line lets it be and means what it
        says, but a no, which is an answer, and a yes, which is too little.

        Returns whether the line was an answer. Raises BrainError.
        """
        asked, self._asked = self._asked, None
        if asked is None:
            return False
        words = " ".join(line.casefold().split()).removeprefix("/")
        if words == asked.word:
            await asked.carry_out()
        elif words in YES_ANSWERS:
            self._asked = asked
            self._out.say_status(f"To do that, type {asked.word}.")
        else:
            self._out.say_status(asked.otherwise)
            return words in NO_ANSWERS
        return True

    async def carry_out(self, name: str, rest: str) -> bool:
        """Carry out a command of a room; returns False for another one. Raises BrainError."""
        match name:
            case "learned":
                await self._say_learned()
            case "forget":
                await self._forget(rest)
            case "capture":
                await self._plan_capture(rest)
            case "settings":
                self._list_settings(rest)
            case "set" | "reset":
                self._set(rest, resets=name == "reset")
            case _:
                return False
        return True

    # --- what was learned, and forgetting --------------------------------------------------------------------------

    async def _say_learned(self) -> None:
        learned = await self._brain.request(GetStatistics())
        self._lists.remember(learned.beliefs)
        told = [spoken_belief(number, belief, learned) for number, belief in enumerate(learned.beliefs, 1)]
        rest = "It believes:" if told else "Nothing stands out yet from the rest by more than chance."
        hint = "Forget and a number takes back what a line rests on." if told else ""
        self._out.say_block(
            [
                ("Found", (*spoken_sentence(summarize_answers(learned)), rest)),
                *(("Found", (belief,)) for belief in told),
                ("Status", spoken_sentence(hint)),
            ]
        )

    async def _forget(self, rest: str) -> None:
        how, _, what = rest.partition(" ")
        match how:
            case "path" | "topic" if what.strip():
                ask = ForgetData(path=what.strip()) if how == "path" else ForgetData(topic=what.strip())
                await self._ask_to_forget(ask, what.strip(), FORGET_REMARKS[how])
            case "since" if what.strip():
                now = time.time()
                at = parse_past_time(what, now)
                if at is None or at > now:
                    self._out.say_status("That is no time of the past. Type forget since, and yesterday or a date.")
                    return
                await self._ask_to_forget(ForgetData(since=at), f"all since {format_clock_time(at, now)}")
            case "everything" | "all" if not what:
                await self._ask_to_forget(ForgetData(everything=True), "everything")
            case "it" if not what:
                self._out.say_status("Nothing was to be forgotten.")
            case _ if isinstance(belief := self._lists.find(rest), Belief):
                await self._forget_belief(belief)
            case _:
                self._out.say_status(FORGET_USAGE)

    async def _forget_belief(self, belief: Belief) -> None:
        if belief.unwanted_kind:
            self._brain.send(SetKindEnabled(kind=belief.unwanted_kind, wanted=True))
        if belief.unwanted_folder:
            self._brain.send(SetFolderEnabled(folder=belief.unwanted_folder, wanted=True))
        if belief.unwanted_kind or belief.unwanted_folder:
            self._out.say_status("It may be raised again.")
            return
        ask = ForgetData(reactions=belief.offers, touches=not belief.offers)
        await self._ask_to_forget(ask, "what that rests on", describe_kept(belief))

    async def _ask_to_forget(self, ask: ForgetData, name: str, about: str = "") -> None:
        gone = await self._brain.request(structs.replace(ask, dry=True))
        if not gone.events and not gone.notes:
            self._out.say_status(f"Nothing is kept of {spoken_words(name)}.")
            return

        async def forget() -> None:
            done = await self._brain.request(ask)
            self._out.say_status(f"Forgotten: {count_forgotten(done)}.")

        self._out.say_status(
            f"To forget {spoken_words(name)}:", describe_forgotten(gone), about, "Type forget it, or anything else."
        )
        self._asked = AskedConsent("forget it", "Nothing was forgotten.", forget)

    # --- captures ----------------------------------------------------------------------------------------------------

    async def _plan_capture(self, text: str) -> None:
        if not text:
            self._out.say_status("Type capture, and the words of the line.")
            return
        self._ask_to_write((await self._brain.request(PlanCapture(text=text))).plan)

    def _ask_to_write(self, plan: CapturePlan, remark: str = "") -> None:
        async def write() -> None:
            answer = await self._brain.request(WriteCapture(plan=plan))
            if answer.written:
                self._out.say_status(f"Written: {plan.path}, line {plan.line}.")
            else:
                self._ask_to_write(answer.plan, NOTED_CHANGE)

        self._out.say("Status", remark, *spoken_capture(plan), "Type write it, or anything else.")
        self._asked = AskedConsent("write it", "Nothing was written.", write)

    # --- settings ----------------------------------------------------------------------------------------------------

    def _list_settings(self, words: str) -> None:
        config = self._read_config()
        found = match_settings(config, words)
        if len(found) == 1:
            self._out.say("Found", *spoken_setting(found[0], setting_value(config, found[0].key)))
            return
        what = f"{format_count(len(found), 'setting')} {'with these words' if words else 'as you have changed it'}."
        if len(found) > 1 and not words:
            what = f"{len(found)} settings as you have changed them."
        more = "Type fewer of them: settings and a word." if len(found) > MAX_SPOKEN_SETTINGS else ""
        hint = "Set, a name and a value changes one." if found else "Settings and a word finds others."
        shown = spoken_setting_names(config, found[:MAX_SPOKEN_SETTINGS])
        self._out.say("Found", what, *shown, *([more] if more else []), hint)

    def _set(self, rest: str, *, resets: bool) -> None:
        name, _, text = rest.partition(" ")
        config = self._read_config()
        found = match_settings(config, name) if name else []
        if len(found) != 1:
            self._out.say_status(_describe_unclear(name, [setting.key for setting in found]))
            return
        setting = found[0]
        if not text and not resets:
            self._out.say("Found", *spoken_setting(setting, setting_value(config, setting.key)))
            return
        if not resets and (problem := typed_value_problem(config, setting, text)):
            self._out.say_status(f"{setting.key} cannot be {text[:40]}.", *spoken_sentence(problem))
            return
        changed = (
            with_value(config, setting.key, setting.default) if resets else apply_typed_value(config, setting, text)
        )
        try:
            self._apply_config(changed, setting.key)
        except ProactiveError as error:
            self._out.say_status(*spoken_error((error.title, error.message, error.hint)))
            return
        now, *_ = spoken_setting_names(changed, [setting])
        self._out.say_status(now, "" if setting.live else "It counts from the next start.")


def _describe_unclear(name: str, keys: Sequence[str]) -> str:
    """Why a name is not that of one setting."""
    if not name:
        return "Type set, the name of a setting, and its value."
    if not keys or len(keys) > MAX_SPOKEN_SETTINGS:
        return f"“{name[:40]}” is the name of no setting. Settings and a word lists them."
    return f"“{name[:40]}” may be {' or '.join(keys)}."
