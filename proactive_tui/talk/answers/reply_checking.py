"""Checks what a language model says, sentence by sentence while it streams, against the lines that it was given.

A sentence restates one line, or two. Its words, names, numbers, deeds and denials have to be theirs; then it gets its
citation from here. Any other is replaced by the line that it garbles, once, or left out; with `beyond` it is kept and
marked. Words of the question ground nothing: "The wife's name is Sofie" needs a line that has a wife and Sofie.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator, Sequence

from proactive_tui.model.topic_values import Evidence, Topic
from proactive_tui.talk.answers.addressing import address_owner
from proactive_tui.talk.answers.line_prompt import NOT_TOLD
from proactive_tui.talk.answers.other_language import may_restate_abroad
from proactive_tui.talk.answers.reply_phrases import reply_phrases
from proactive_tui.talk.answers.source_lines import SPOKEN_SOURCE, GroundLine, source_lines, spoken_lines
from proactive_tui.talk.grounding import check_claim, check_names, check_numbers
from proactive_tui.talk.grounding_source import GroundingCorpus
from proactive_tui.text.lexicon import LEXICONS
from proactive_tui.text.lexicon.like_words import has_done, is_likened, turns_round
from proactive_tui.text.plain import comparable_text, is_question
from proactive_tui.text.sentences import find_sentence_ends

MAX_NEW_SHARE = 0.3
"""The share of the content words of a sentence that its lines may lack, if no other line has them."""
MIN_CONTENT_WORDS = 2
"""A sentence with fewer content words states nothing."""
MIN_SHARED_WORDS = 2
"""Words that a sentence shares with a line which it garbles."""
CARRIED_SHARE = 0.75
"""A line of which this share of the words was said is not quoted as well."""
_CITED_NUMBER = re.compile(r"\s*\[\d{1,3}\]")
_CODE_FENCE = re.compile("```|~~~")
_LINE_BREAK = re.compile(r"\n+")
_FIRST_WORD = re.compile(r"^\W*([^\W\d_]+)(?!,)\b")
_TOLD_DEED = re.compile(r"\b[Yy]ou(?:\s+(?:have|had|also|then|just|already|finally))*\s+([a-z]+)")
_JOINT = re.compile(
    r"[,;:–—]|\b(?:and|but|while|whereas|because|so|und|aber|während|weil|et|mais|car|y|pero|mientras)\b"
)
"""What joins two statements in one sentence."""
_UNSURE = re.compile(r"\b(?:whether|maybe|perhaps|might|ob|vielleicht|peut-être|quizás?|tal vez)\b", re.IGNORECASE)
_STATEMENT_END = re.compile(r"(?<=[.;!?])\s")
_FINAL_MARKS = re.compile(r"([.!?…]*[*_\"”»)]*)$")
_HELD_BACK = re.compile(r"^\W*(?:yes|no|ja|nein|doch|oui|non|si|sí)\W*$|:[*_\s]*$", re.IGNORECASE)
"""What states nothing alone, and is said only before what follows: "Yes.", "These are the settings:"."""
_SAYS_NOTHING = re.compile(rf"\W*{NOT_TOLD.rstrip('.')}\W*$", re.IGNORECASE)
_NOT_TOLD = re.compile(
    r"(?:\bnot|n['’]t|\bcannot|\bnever)\b(?: \w+){0,3} "
    r"(?:mention|say|said|tell|told|specif|contain|provid|includ|stat|indicat|answer|give|find|know)\w*"
    r"|\bno (?:mention|information|answer|details?|line|note)\b|\bnothing (?:about|on|in)\b"
    r"|\b(?:nicht|kein\w*|nichts?)\b.*\b(?:erwähn|steh|genannt|angegeb|angab|information|hervor|beantwort)\w*"
    r"|\b(?:steht|steh|erwähnen|nennen|enthalten|sagen)\b.*\b(?:nicht|kein\w*|nichts)\b"
    r"|\b(?:ne|n['’])\b.*\b(?:mentionn|dis|précis|indiqu|contien|répond)\w*|\baucune (?:mention|information)\b"
    r"|\bno (?:se )?(?:mencion|dice|indica|especific|contiene|responde)\w*|\bning[uú]n\w* (?:nota|información|mención)",
    re.IGNORECASE | re.DOTALL,
)
_OF_NOTES = re.compile(
    r"\b(?:notes?|lines?|passages?|sources?|information|mention|notiz\w*|zeile\w*|notas?|líneas?|lignes?|i|ich|je)\b",
    re.IGNORECASE,
)
"""Together: that the notes do not tell."""


class ReplyChecker:
    """Takes the pieces of a reply and returns what of it may be shown. `said` counts the sentences that were,
    `left_out` those that no line carries, `misfits` those that do not fit; `tells_not` says that the model found no
    answer.
    """

    def __init__(
        self,
        sources: Sequence[Evidence],
        told: Sequence[str],
        language: str,
        today: dt.date,
        *,
        beyond: bool = False,
        replaces: bool = True,
        fits: Callable[[str], bool] = lambda _: True,
    ) -> None:
        """`told` is what the owner said in the talk, this message last; without `replaces` no line is quoted.
        The first sentence has to be one that `fits`, and then of a note that has what is asked about.
        """
        self._beyond, self._replaces, self._fits = beyond, replaces, fits
        self._lexicon = LEXICONS[language]
        self._phrases = reply_phrases(language)
        self._lines = [
            *source_lines(sources, self._lexicon, today),
            *spoken_lines(told, self._lexicon, today),
        ]
        self._elsewhere = frozenset[str]().union(*(line.stems for line in self._lines))
        self._asked = "\n".join(told)
        self._subject = self._count_subject(told[-1]) if told else {}
        self._waiting = ""
        self._held = ""
        self._quoted: set[str] = set()
        self.said_stems: set[str] = set()
        self.said = 0
        self.left_out = 0
        self.misfits = 0
        self.tells_not = False

    def feed(self, piece: str) -> str:
        """What may be shown now that `piece` has arrived."""
        self._held += piece
        ends = [match.end() for match in _LINE_BREAK.finditer(self._held)]
        ends += [end.following for end in find_sentence_ends(self._held) if end.following < len(self._held)]
        if not ends:
            return ""
        ready, self._held = self._held[: max(ends)], self._held[max(ends) :]
        return self._check(ready)

    def flush(self) -> str:
        """The rest at the end of the stream."""
        ready, self._held = self._held, ""
        return self._check(ready)

    def _check(self, text: str) -> str:
        return "".join(map(self._check_sentence, _cut_sentences(text)))

    def _check_sentence(self, sentence: str) -> str:
        bare = _CITED_NUMBER.sub("", sentence)
        words, blank = bare.strip(), bare[len(bare.rstrip()) :]
        if not any(map(str.isalnum, words)) or _CODE_FENCE.match(words):
            return bare if self.said else ""
        if _HELD_BACK.search(words):
            self._waiting = bare
            return ""
        if _SAYS_NOTHING.match(words) or (_NOT_TOLD.search(words) and _OF_NOTES.search(words)):
            self.tells_not = True
            return ""
        cited = self._closest_lines(words)
        if is_question(words) or (not cited and len(self._content_stems(words)) < MIN_CONTENT_WORDS):
            return self._let_through(bare) if not self._check_smalltalk(words) else self._leave_out(words, blank)
        if not self.said and not (self._fits(words) and (self._replaces or self._is_about_subject(cited))):
            self.misfits += 1
            return ""
        if cited and (not self._check_against(words, cited) or self._restates_abroad(words, cited[0])):
            numbers = dict.fromkeys(line.source for line in cited if line.source != SPOKEN_SOURCE)
            addressed = address_owner(bare) if self._speaks_of_owner(cited) else bare
            return self._let_through(_insert_citations(addressed, numbers))
        if self._beyond:
            return self._let_through(f"{bare.rstrip()} *({self._phrases.unchecked})*{blank}")
        return self._leave_out(words, blank)

    def _speaks_of_owner(self, cited: Sequence[GroundLine]) -> bool:
        """Whether "I" is the owner in these lines: it is nobody else's text."""
        return self._lexicon.code == "en" and not any(line.evidence.is_others for line in cited)

    def _content_stems(self, words: str) -> list[str]:
        """The stems of the words that state something."""
        return [
            stem
            for stem in dict.fromkeys(self._lexicon.content_stems(words))
            if stem not in self._lexicon.conversation_stems
        ]

    def _count_subject(self, asked: str) -> dict[str, int]:
        """How many words of the question stand in the lines of each note that was read, by path."""
        content = set(self._content_stems(asked))
        stems: dict[str, frozenset[str]] = {}
        for line in self._lines:
            if line.source:
                stems[line.evidence.path] = stems.get(line.evidence.path, frozenset()) | line.stems
        return {path: len(content & found) for path, found in stems.items()}

    def _is_about_subject(self, cited: Sequence[GroundLine]) -> bool:
        """Whether a cited line is of a note that has more than half as many words of what is asked about as the note
        that has most.
        """
        most = max(self._subject.values(), default=0)
        cited_most = max((self._subject.get(line.evidence.path, most) for line in cited), default=most)
        return most == 0 or 2 * cited_most > most

    def _check_smalltalk(self, words: str) -> bool:
        """Whether a sentence that states nothing has a name or number that stands nowhere."""
        evidence = [line.evidence for line in self._lines]
        topic = _no_topic(evidence, self._asked)
        corpus = GroundingCorpus.from_evidence(evidence, topic, self._lexicon, ". ".join(self._line_days(self._lines)))
        return bool(check_names(words, corpus, self._lexicon) or check_numbers(words, corpus, self._lexicon))

    def _check_against(self, words: str, cited: Sequence[GroundLine]) -> bool:
        """Whether a sentence says what its lines do not."""
        known = frozenset[str]().union(*(line.stems for line in cited))
        content = self._content_stems(words)
        new = [stem for stem in content if not is_likened(stem, known, self._lexicon)]
        first = _FIRST_WORD.search(words)
        if first and self._lexicon.stem(first[1]) in new:  # who does it, perhaps: names are told by their capital
            return True
        if len(new) > MAX_NEW_SHARE * len(content) or self._elsewhere.intersection(new):
            return True
        evidence = [line.evidence for line in cited]
        if self._is_joined(words, cited) or self._is_turned(words, cited):
            return True
        topic = _no_topic(evidence)
        corpus = GroundingCorpus.from_evidence(evidence, topic, self._lexicon, ". ".join(self._line_days(cited)))
        return bool(check_claim(words, corpus, topic))

    def _restates_abroad(self, words: str, line: GroundLine) -> bool:
        return may_restate_abroad(words, line.words, line.days, self._lexicon)

    def _is_turned(self, words: str, cited: Sequence[GroundLine]) -> bool:
        """Whether a sentence says the opposite of its lines, as done what is not, or as so what is open."""
        written = self._lexicon.split_words(
            "\n".join(f"{line.words}. {'. '.join(line.evidence.heading)}" for line in cited)
        )
        if turns_round(self._lexicon.split_words(words), written, self._lexicon):
            return True
        if self._lexicon.code == "en" and not all(
            has_done(verb.lower(), written, self._lexicon) for verb in _TOLD_DEED.findall(words)
        ):
            return True
        said = set(self._content_stems(words))
        return not _UNSURE.search(words) and any(
            _UNSURE.search(clause) and said <= set(self._lexicon.content_stems(clause))
            for line in cited
            for clause in _STATEMENT_END.split(line.words)
        )

    @staticmethod
    def _is_joined(words: str, cited: Sequence[GroundLine]) -> bool:
        """Whether a sentence makes one statement of two lines of different notes, which nothing in it joins."""
        return len({line.evidence.path for line in cited}) > 1 and not _JOINT.search(words)

    @staticmethod
    def _line_days(lines: Sequence[GroundLine]) -> list[str]:
        return [line.days for line in lines if line.days]

    def _closest_lines(self, words: str) -> tuple[GroundLine, ...]:
        """The line that has most of these words, and a second that has what the first lacks; none below two words."""
        stems = set(self._content_stems(words))
        if not self._lines or not stems:
            return ()
        best = max(self._lines, key=lambda line: len(stems & line.stems))
        if len(stems & best.stems) < min(MIN_SHARED_WORDS, len(stems)):
            return ()
        rest = stems - best.stems
        second = max(self._lines, key=lambda line: len(rest & line.stems))
        return (best, second) if len(rest & second.stems) >= MIN_SHARED_WORDS else (best,)

    def _let_through(self, text: str) -> str:
        self.said += 1
        self.said_stems.update(self._lexicon.content_stems(text))
        waiting, self._waiting = self._waiting, ""
        return waiting + text

    def _leave_out(self, words: str, blank: str) -> str:
        """The line that a sentence garbles, quoted, where it was not quoted before."""
        self.left_out += 1
        self._waiting = ""
        if not self._replaces:
            return ""
        line = next((line for line in self._closest_lines(words) if line.source != SPOKEN_SOURCE), None)
        if line is None or comparable_text(line.words) in self._quoted or self.carries(line.words):
            return ""
        self._quoted.add(comparable_text(line.words))
        return self._let_through(f"“{line.words.strip(' “”')}” [{line.source}]{blank or ' '}")

    def carries(self, line: str) -> bool:
        """Whether what was shown has the words of a line, all its numbers included."""
        stems = set(self._lexicon.content_stems(line))
        missing = stems - self.said_stems
        return len(missing) <= (1 - CARRIED_SHARE) * len(stems) and not any(stem[0].isdigit() for stem in missing)


def _no_topic(evidence: Sequence[Evidence], title: str = "") -> Topic:
    return Topic(id="reply", kind="thread", title=title, evidence=tuple(evidence), at=0.0)


def _insert_citations(sentence: str, numbers: dict[int, None]) -> str:
    """The sentence with its citations before its full stop."""
    if not numbers:
        return sentence
    bare, cited = sentence.rstrip(), " ".join(f"[{number}]" for number in numbers)
    marks = _FINAL_MARKS.search(bare)
    end = marks.start() if marks else len(bare)
    return f"{bare[:end].rstrip()} {cited}{bare[end:]}{sentence[len(bare) :]}"


def _cut_sentences(text: str) -> Iterator[str]:
    """The sentences of a text, each with the blank behind it."""
    begin = 0
    for line in re.finditer(r"[^\n]*\n*", text):
        for end in find_sentence_ends(text, line.start(), line.end()):
            yield text[begin : end.following]
            begin = end.following
        if text[begin : line.end()]:
            yield text[begin : line.end()]
            begin = line.end()
