"""Knows which notes mention certain words."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from heapq import nlargest

from proactive_tui.model.note_values import Note

MAX_WATCHED_WORDS = 2000
"""Words of which the notes that mention them are kept."""


def lowered_text(note: Note) -> str:
    """The text of a note in lower case."""
    return "\n".join(passage.text for passage in note.passages).lower()


class WordMentions:
    """The notes whose text has a word (anywhere in it, in lower case), for each word that was asked for."""

    def __init__(self) -> None:
        self._holders: dict[str, set[str]] = {}
        self._newest: dict[str, tuple[tuple[float, str], ...]] = {}
        self._turned: set[str] = set()

    def replace(self, path: str, note: Note | None) -> None:
        """Take a note as it is now; None where it is gone or not its owner's."""
        text = lowered_text(note) if note is not None and self._holders else ""
        self.times_changed([path])
        for word, holders in self._holders.items():
            if word in text:
                self._newest.pop(word, None)
                holders.add(path)
            elif path in holders:
                self._newest.pop(word, None)
                holders.discard(path)

    def watch(self, words: Iterable[str], notes: Callable[[], Iterable[Note]]) -> None:
        """Get ready for words that will be asked for: `notes` are read once for all that are new."""
        new = [word for word in dict.fromkeys(words) if word not in self._holders][:MAX_WATCHED_WORDS]
        if not new:
            return
        found: dict[str, set[str]] = {word: set() for word in new}
        for note in notes():
            text = lowered_text(note)
            for word, holders in found.items():
                if word in text:
                    holders.add(note.path)
        while self._holders and len(self._holders) + len(new) > MAX_WATCHED_WORDS:
            oldest = next(iter(self._holders))
            del self._holders[oldest]
            self._newest.pop(oldest, None)
        self._holders |= found

    def holders(self, word: str, notes: Callable[[], Iterable[Note]]) -> set[str]:
        """The paths of the notes that mention a word; `notes` gives those to look at where it is a new one."""
        self.watch([word], notes)
        return self._holders[word]

    def times_changed(self, paths: Collection[str]) -> None:
        """The notes at these paths were written at another time than before."""
        self._turned.update(paths)

    def newest(
        self, word: str, notes: Callable[[], Iterable[Note]], written_at: Callable[[str], float]
    ) -> tuple[tuple[float, str], ...]:
        """When the two notes that mention a word and were written last were written, newest first, and their paths."""
        holders = self.holders(word, notes)
        if self._turned:  # what changed since the last question is looked at once
            turned, self._turned = self._turned, set()
            for known in [known for known in self._newest if not self._holders[known].isdisjoint(turned)]:
                del self._newest[known]
        if word not in self._newest:
            times = [(written_at(path), path) for path in holders]
            self._newest[word] = tuple(nlargest(2, times))
        return self._newest[word]
