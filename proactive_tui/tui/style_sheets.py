"""The face's style sheets: those that the first frame needs, and those of all other screens, read right after it.

No rule depends on the order of sheets of the two kinds: where two meet, the more specific one is right.
"""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Final

from textual.css.stylesheet import Stylesheet

FIRST_SHEETS: Final = ("app.tcss", "screens/home.tcss", "widgets/offer_card.tcss", "widgets/lists.tcss", "compact.tcss")
LATER_SHEETS: Final = (
    "screens/conversation.tcss",
    "widgets/conversation.tcss",
    "screens/search.tcss",
    "screens/menus.tcss",
    "screens/conversations.tcss",
    "screens/answer_screen.tcss",
    "screens/why.tcss",
    "screens/rooms.tcss",
)
"""In the order in which their screens may be wanted."""
_FOLDER: Final = Path(__file__).parent


class LaterSheets:
    """Reads LATER_SHEETS into the style sheet of an app, each once."""

    def __init__(self) -> None:
        self._left = list(LATER_SHEETS)

    def read_all(self, styles: Stylesheet) -> None:
        """Read those that are left: a screen is about to be shown. Takes 30 ms where none was read yet."""
        while self._left:
            self._read_next(styles)

    async def read_in_turns(self, styles: Stylesheet) -> None:
        """Read one after another, with a turn for keys after each."""
        while self._left:
            self._read_next(styles)
            await asyncio.sleep(0)

    def _read_next(self, styles: Stylesheet) -> None:
        styles.read(_FOLDER / self._left.pop(0))
        styles.parse()
