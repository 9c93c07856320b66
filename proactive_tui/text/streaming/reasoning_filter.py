"""Takes a model's reasoning and control tokens out of what it says, while that streams.

Models mark reasoning in many ways, and chat templates that do not fit let their marks through. A reply may also speak
of `<think>`: a mark in the middle of a sentence or in code is a word like any other.
"""

from __future__ import annotations

import re
from typing import NamedTuple

_REASONING_TAGS = r"think(?:ing)?|thoughts?|reasoning|reflection|scratchpad|seed:think|inner_monologue"
_BAR = r"[|｜]"
_CLOSE = rf"</(?:{_REASONING_TAGS})>|\[/THINK\]|◁/think▷|<{_BAR}(?:END_THINKING|end_of_thought|/thinking){_BAR}>"
_MODEL_MARKS = re.compile(
    rf"(?P<open><(?:{_REASONING_TAGS})>|\[THINK\]|◁think▷|<{_BAR}(?:START_THINKING|begin_of_thought|thinking){_BAR}>)"
    rf"|(?P<close>{_CLOSE})"
    rf"|(?P<channel><{_BAR}?channel{_BAR}?>\s{{0,3}}(?P<name>[a-z]{{1,20}})(?:[^<\n]{{0,60}}<{_BAR}message{_BAR}>|\n))"
    rf"|(?P<end><{_BAR}(?:im_end|eot_id|eom_id|end_of_text|endoftext|end_of_turn|END_OF_TURN_TOKEN|return|end|eos"
    rf"|end▁of▁sentence|endofresponse|END_RESPONSE|end_of_solution){_BAR}>|<end_of_turn>|<eos>|</s>)"
    rf"|(?P<turn>(?:<{_BAR}(?:im_start|start_header_id|start|START_OF_TURN_TOKEN){_BAR}>|<start_of_turn>)"
    rf"\s{{0,3}}(?P<role>[A-Za-z]{{0,12}})(?:<{_BAR}end_header_id{_BAR}>)?\s{{0,3}}"
    rf"|<{_BAR}(?P<bare>user|human|system|assistant|model){_BAR}>|\[INST\])"
    rf"|(?P<control><{_BAR}[\w▁:/-]{{1,40}}{_BAR}>|<(?:bos|pad|unk)>|<{_BAR}?channel{_BAR}?>|\[/INST\]|<</?SYS>>|<s>(?=\s|$))",
    re.IGNORECASE,
)
_BLOCK_END = re.compile(_CLOSE, re.IGNORECASE)
_CHANNEL_END = re.compile(rf"<{_BAR}end{_BAR}>|<channel{_BAR}>|(?=<{_BAR}(?:channel|start){_BAR}>)", re.IGNORECASE)
_LONGEST_MARK = 110
"""Characters that a mark has at the most; so many are looked at before something is taken for one."""
_UNFINISHED = re.compile(r"(?:<[\w/|｜<▁:-]{0,44}|◁/?[a-z]{0,5}|\[/?[A-Z]{0,5})$", re.IGNORECASE)
_FENCE = re.compile(r"^```", re.MULTILINE)
_FINAL_CHANNELS = ("final", "response", "answer")
_ASSISTANT_ROLES = ("", "assistant", "model", "final")
_SENTENCE_ENDS = ".!?…:;\"”'’)»*。！？"
_LINE_BLANKS = " \t"


class _Hiding(NamedTuple):
    """A hidden block: what ends it, and where it stands. One at the start that never ends is hidden, too."""

    ends: re.Pattern[str]
    opener: str
    at_start: bool


class ReasoningFilter:
    """Passes on what is said, and "\\0" where something was taken out, so that the text around does not join.

    What is passed on does not depend on how the stream is cut into pieces.
    """

    def __init__(self) -> None:
        self._held = ""
        self._passed = ""
        self._said = False
        self._spoke_of = self._struck = False
        self._hiding: _Hiding | None = None
        self._eats_blanks = False
        self._over = False

    @property
    def is_over(self) -> bool:
        """Whether the model has ended its turn: nothing more is passed on."""
        return self._over

    def feed(self, piece: str) -> list[str]:
        """What can be passed on now, in segments: between two of them, all that was passed on so far turned out to be
        reasoning (its end came without a beginning).
        """
        self._held += piece
        return self._advance(last=False)

    def flush(self) -> list[str]:
        """The rest at the end of the stream, in segments as those of `feed`."""
        return self._advance(last=True)

    def _advance(self, *, last: bool) -> list[str]:
        segments = [""]
        while self._held:
            if self._over:
                self._held = ""
            elif self._hiding is not None:
                if not self._end_hiding(segments, self._hiding, last=last):
                    break
            else:
                mark = _MODEL_MARKS.search(self._held)
                if mark is None:
                    unfinished = None if last else _UNFINISHED.search(self._held)
                    self._pass_on(segments, unfinished.start() if unfinished else len(self._held))
                    break
                self._pass_on(segments, mark.start())
                if not last and len(self._held) < _LONGEST_MARK and not self._is_settled(mark):
                    break
                again = _MODEL_MARKS.match(self._held)
                if again is not None:
                    self._take_mark(segments, again)
        return segments

    @staticmethod
    def _is_settled(mark: re.Match[str]) -> bool:
        """Whether a longer text cannot change what a mark is: something stands behind it."""
        if mark["control"] and "channel" in mark["control"]:
            return False
        behind = mark.string[mark.end() :]
        if mark["turn"] is None:
            return bool(behind.strip(_LINE_BLANKS))
        return bool(behind.strip()) and _UNFINISHED.match(behind.lstrip()) is None

    def _pass_on(self, segments: list[str], length: int) -> None:
        """Pass the beginning of the held text on."""
        text, self._held = self._held[:length], self._held[length:]
        if self._eats_blanks:
            text = text.lstrip()
            self._eats_blanks = not text
        segments[-1] += text
        self._said = self._said or bool(text.strip())
        self._struck = self._struck or "<s>" in text
        self._passed += text

    def _take_mark(self, segments: list[str], mark: re.Match[str]) -> None:
        if mark["open"] or mark["close"]:
            self._take_tag(segments, mark)
        elif mark["channel"] and mark["name"].lower() not in _FINAL_CHANNELS:
            self._hide_until(segments, mark, _CHANNEL_END)
        elif mark["end"] == "</s>" and self._struck:
            self._pass_on(segments, len(mark.group()))
        elif self._said and (mark["end"] or (mark["turn"] and self._is_other_role(mark))):
            self._over = True
        else:
            self._drop_mark(segments, mark)

    def _take_tag(self, segments: list[str], mark: re.Match[str]) -> None:
        if self._is_spoken_of(mark):
            self._spoke_of = True
            self._pass_on(segments, len(mark.group()))
        elif mark["open"]:
            self._hide_until(segments, mark, _BLOCK_END)
        else:
            retracts = self._said
            self._drop_mark(segments, mark)
            if retracts:
                segments.append("")
                self._said, self._passed = False, ""

    def _drop_mark(self, segments: list[str], mark: re.Match[str]) -> None:
        segments[-1] += "\0"
        self._held = self._held[len(mark.group()) :]
        self._eats_blanks = not self._said or bool(mark["close"])

    def _hide_until(self, segments: list[str], mark: re.Match[str], ends: re.Pattern[str]) -> None:
        self._hiding = _Hiding(ends, mark.group(), at_start=not self._said or bool(mark["channel"]))
        self._held = self._held[len(mark.group()) :]
        segments[-1] += "\0"

    def _end_hiding(self, segments: list[str], hiding: _Hiding, *, last: bool) -> bool:
        """Look for the end of what is hidden. False where it has not come yet."""
        end = hiding.ends.search(self._held)
        if end is not None:
            self._hiding, self._eats_blanks = None, True
            self._held = self._held[end.end() :]
            return True
        if not last:
            return False
        self._hiding = None
        if hiding.at_start or hiding.opener.startswith("[") or self._held.startswith("\n"):
            self._held = ""
            return False
        self._spoke_of = True  # nothing ended it: it was spoken of
        text, self._held = hiding.opener + self._held, ""
        segments[-1] += text
        return False

    def _is_spoken_of(self, mark: re.Match[str]) -> bool:
        """Whether a mark of reasoning is a word of a sentence, or stands in code."""
        if self._spoke_of and mark["close"]:
            return True
        line = self._passed.rpartition("\n")[2]
        before, behind = line.rstrip(_LINE_BLANKS), self._held[len(mark.group()) :]
        if len(_FENCE.findall(self._passed)) % 2 or line.count("`") % 2 or before.endswith(("“", "‘", "„", "«", "(")):
            return self._said
        if mark["close"]:
            return self._said and bool(before) and before[-1] not in _SENTENCE_ENDS
        if not self._said:
            return False
        return bool(behind) and not (behind[0].isalnum() or behind[0] == "\n") and bool(before)

    @staticmethod
    def _is_other_role(mark: re.Match[str]) -> bool:
        role = mark["bare"] or mark["role"]
        return mark.group().upper() == "[INST]" or (role or "").lower() not in _ASSISTANT_ROLES
