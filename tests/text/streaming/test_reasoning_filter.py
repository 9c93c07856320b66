"""A model's reasoning and control tokens are taken out, however a stream is cut, and a reply may speak of them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from proactive_tui.text.stream_cleaner import StreamCleaner

HIDDEN = [
    ("<think>hm</think>It is due.", "It is due."),
    ("<think>\n\n</think>\n\nIt is due.", "It is due."),
    ("  <THINKING>\nhm\n</THINKING>\nIt is due.", "It is due."),
    ("<reasoning>hm</reasoning>It is due.", "It is due."),
    ("<thought>hm</thought>It is due.", "It is due."),
    ("<seed:think>hm</seed:think>It is due.", "It is due."),
    ("[THINK]hm[/THINK]It is due.", "It is due."),
    ("◁think▷hm◁/think▷It is due.", "It is due."),
    ("<|START_THINKING|>hm<|END_THINKING|><|START_RESPONSE|>It is due.<|END_RESPONSE|>", "It is due."),
    ("<|channel|>analysis<|message|>hm<|end|><|start|>assistant<|channel|>final<|message|>It is due.", "It is due."),
    ("<|channel|>analysis<|message|>hm<|channel|>final<|message|>It is due.<|return|>", "It is due."),
    ("<|channel|>commentary to=x<|message|>{}<|end|><|start|>assistant<|channel|>final<|message|>Due.", "Due."),
    ("<|channel>thought\nhm<channel|>It is due.", "It is due."),
    ("<think>one</think> mid <think>two</think>It is due.", "mid It is due."),
    ("One line.\n<think>\nhm\n</think>\nIt is due.", "One line.\nIt is due."),
    ("<think>\nnever ended", ""),
    ("It is due.\n<think>\nnever ended", "It is due."),
    ("It is due.<|im_end|><|im_start|>user\nAnd now?", "It is due."),
    ("It is due.<end_of_turn>\n<start_of_turn>user\nAnd now?", "It is due."),
    ("It is due.<|im_start|>user\nAnd now?", "It is due."),
    ("It is due.\n[INST] And now? [/INST]", "It is due."),
    ("It is due.<|user|>And now?", "It is due."),
    ("<|start_header_id|>assistant<|end_header_id|>\n\nIt is due.<|eot_id|>", "It is due."),
    ("<|im_start|>assistant\nIt is due.", "It is due."),
    ("</s>It is due.</s>", "It is due."),
    ("<s> [/INST] It is due.", "It is due."),
    ("<bos>It is due.<eos>", "It is due."),
    ("<｜Assistant｜>It is due.<｜end▁of▁sentence｜>", "It is due."),
    ("It is <|fim_pad|>due.", "It is due."),
]
SPOKEN_OF = [
    "In XML the tag <think> means nothing special. It is due on Sunday.",
    "Reasoning stands between <think> and </think>, as you wrote.",
    "The end tag </think> closes it.",
    "Use `<think>` for it.",
    "Use `<think>x</think>` for it.",
    "```\n<think>\nx\n</think>\n```\nThat is the form.",
    "a < b, and [TODO] or [1] stay; so does <thinker>.",
    "An <s>old</s> line.",
    "Tags such as <think>, <reasoning> and <thought>.",
]


def cleaned(text: str, size: int) -> StreamCleaner:
    cleaner = StreamCleaner()
    for at in range(0, len(text), size):
        cleaner.feed(text[at : at + size])
    cleaner.flush()
    return cleaner


@pytest.mark.parametrize("size", [1, 2, 3, 7, 1000])
@pytest.mark.parametrize(("text", "shown"), HIDDEN)
def test_reasoning_and_control_tokens_are_not_shown(text: str, shown: str, size: int) -> None:
    assert cleaned(text, size).kept.strip() == shown


@pytest.mark.parametrize("size", [1, 5, 1000])
@pytest.mark.parametrize("text", SPOKEN_OF)
def test_a_reply_may_speak_of_reasoning(text: str, size: int) -> None:
    assert cleaned(text, size).kept == text


@pytest.mark.parametrize("size", [1, 4, 1000])
@pytest.mark.parametrize("between", ["\n</think>\n\n", ".</think>", ". [/THINK] "])
def test_an_end_without_a_beginning_takes_back_what_stood_before(between: str, size: int) -> None:
    cleaner = cleaned(f"Okay, they ask of the plant{between}It needs water.", size)
    assert cleaner.kept == "It needs water."
    assert cleaner.retractions == 1


PARTS = (
    *("<think>", "</think>", "`", "```", "\n", " ", "Word", "word.", "<", "[", "\x1b[1m", "[1]", "[9]", "<s>", "</s>"),
    *("<|im_end|>", "<|channel|>", "analysis", "final", "<|message|>", "<|end|>", "<|start|>", "[INST]"),
    *("<|im_start|>", "user", "<|start_header_id|>", "assistant", "<|end_header_id|>", "[THINK]"),
)


@given(st.lists(st.sampled_from(PARTS), max_size=14), st.integers(1, 9))
def test_how_a_stream_is_cut_changes_nothing(parts: list[str], size: int) -> None:
    text = "".join(parts)
    streamed, whole = StreamCleaner(3), StreamCleaner(3)
    pieces = "".join([*(streamed.feed(text[at : at + size]) for at in range(0, len(text), size)), streamed.flush()])
    assert pieces == whole.feed(text) + whole.flush()
    assert streamed.kept == whole.kept
