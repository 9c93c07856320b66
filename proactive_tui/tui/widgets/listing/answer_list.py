"""A list of things that can be talked about and answered, by the keys that answer an offer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import BindingType
from textual.message import Message
from textual.widgets.option_list import Option

from proactive_tui.model.offer_values import OwnerAnswer
from proactive_tui.model.shared_words import FrozenValue
from proactive_tui.model.topic_values import Evidence
from proactive_tui.tui.commands import command_bindings
from proactive_tui.tui.messages import OpenSource
from proactive_tui.tui.widgets.lists import GroupedList
from proactive_tui.tui.widgets.reaction_keys import REACTION_ACTIONS, ReactionKeys


class AnswerLine(FrozenValue, frozen=True, kw_only=True):
    """What a line stands for: a topic by its id ("" where there is none to answer), its first lines, and its title."""

    id: str
    title: str
    topic: str
    evidence: Evidence


class AnswerList(ReactionKeys, GroupedList):
    """Lines with the keys of an offer. Enter, as any answer, is a message to the screen."""

    BINDINGS: ClassVar[list[BindingType]] = command_bindings(
        "offer.talk", "offer.not_now", "offer.not_this", "offer.already_done", "offer.not_mine", "offer.never",
        "offer.never_folder", "offer.snooze", "offer.open",
    )  # fmt: skip

    class LineAnswered(Message):
        """The owner answered a line."""

        def __init__(self, line: AnswerLine, answer: OwnerAnswer) -> None:
            super().__init__()
            self.line, self.answer = line, answer

    class LineChosen(Message):
        """The owner wants to talk about a line."""

        def __init__(self, line: AnswerLine) -> None:
            super().__init__()
            self.line = line

    def __init__(self) -> None:
        super().__init__()
        self._by_id: dict[str, AnswerLine] = {}

    def show_lines(self, options: Sequence[Option], lines: Sequence[AnswerLine]) -> None:
        """Show these options, of which those with the id of a line stand for it. The highlight stays on its line, or at
        its place where that is gone; so does the scrolling.
        """
        before, at = self.highlighted_option, self.highlighted or 0
        self._by_id = {line.id: line for line in lines}
        top = self.scroll_offset.y
        self.clear_options()
        self.add_options(options)
        after = [option.id for option in options[at:] if option.id] or [option.id for option in options if option.id]
        known = before.id if before is not None and before.id in self._by_id else next(iter(after), None)
        self.highlight_line(known if before is not None else None)
        self.scroll_to(y=top, animate=False)

    @property
    def highlighted_line(self) -> AnswerLine | None:
        """The line on which the highlight is."""
        option = self.highlighted_option
        return self._by_id.get(option.id or "") if option is not None else None

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Allow answers only to a line."""
        if action in REACTION_ACTIONS or action == "open_offer":
            return self.highlighted_line is not None
        return super().check_action(action, parameters)

    def submit_answer(self, answer: OwnerAnswer) -> None:
        """Answer the highlighted line."""
        if line := self.highlighted_line:
            self.post_message(self.LineAnswered(line, answer))

    def action_talk(self) -> None:
        """Talk about the highlighted line."""
        if line := self.highlighted_line:
            self.post_message(self.LineChosen(line))

    def action_select(self) -> None:
        """Talk about the line that was clicked."""
        self.action_talk()

    def action_open_offer(self) -> None:
        """Open the note of the highlighted line, at the line."""
        if line := self.highlighted_line:
            self.post_message(OpenSource(line.evidence))
