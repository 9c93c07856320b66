"""All conversations that were kept: search them, go on with one, export or delete it."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.screen import ModalScreen
from textual.widget import Widget
from textual.widgets import Input, OptionList, Static

from proactive_tui.ipc.events import Done, Failed, Listed, Tell
from proactive_tui.ipc.requests import Ask, Browse, Drop, Save
from proactive_tui.model import Kept
from proactive_tui.tui.commands import bindings, command, display
from proactive_tui.tui.formatting.status_text import count
from proactive_tui.tui.formatting.text import clean, elide, one_line
from proactive_tui.tui.screens.search_base import Query, QueryRoom
from proactive_tui.tui.widgets.brain_bar import BrainBar
from proactive_tui.tui.widgets.entry import Entry
from proactive_tui.tui.widgets.key_bar import KeyBar
from proactive_tui.tui.widgets.lists import KeptList

NONE = "None are kept yet. n begins one; what the assistant raises and you take up is kept here too."


class ConversationsScreen(QueryRoom):
    """Lists them as one types."""

    AUTO_FOCUS = "KeptList"
    BINDINGS: ClassVar[list[BindingType]] = bindings(
        *(f"conversations.{name}" for name in ("resume", "find", "export", "drop")), "list.down", "list.up"
    )

    def __init__(self) -> None:
        super().__init__()
        self._kept: tuple[Kept, ...] = ()
        self._doomed = ""

    def compose(self) -> ComposeResult:
        """The parts."""
        yield BrainBar()
        yield Query(placeholder="Find words in your conversations")
        yield Static(id="said", markup=False)
        yield KeptList()
        yield self.card()
        yield KeyBar()

    def on_screen_resume(self) -> None:
        """They may have changed since."""
        super().on_screen_resume()
        self.ask()

    def question(self, request: int, query: str) -> Ask:
        """Those that hold these words, or all."""
        return Browse(request=request, query=query)

    def answered(self, tell: Tell) -> None:
        """Those that were found."""
        match tell:
            case Listed(conversations=conversations):
                self._kept = conversations
                self.query_one(KeptList).show(conversations, self.face.now())
                self._say("")
            case Failed(title=title, hint=hint):
                self._say(one_line(f"{title}. {hint}"))
            case _:
                pass

    def _say(self, text: str) -> None:
        """This, or how many there are."""
        asked = bool(self.query_one(Query).value.strip())
        none = "None of them holds these words." if asked else NONE
        how_many = count(len(self._kept), "conversation") if self._kept else none
        said = self.query_one("#said", Static)
        said.update(Content(text or how_many))
        said.set_class(bool(self._doomed), "-trouble")

    def _chosen(self) -> Kept | None:
        at = self.query_one(KeptList).highlighted
        return self._kept[at] if at is not None and at < len(self._kept) else None

    @on(OptionList.OptionSelected)
    def action_resume(self) -> None:
        """Go on with it."""
        if chosen := self._chosen():
            self.face.talking.resume(chosen.id, chosen.title)

    def action_find(self) -> None:
        """Type words."""
        self.query_one(Query).focus()

    def action_back(self) -> None:
        """From the words to the list, without them; then leave."""
        query = self.query_one(Query)
        if self._doomed:
            self._spare()
        elif query.has_focus or query.value:
            query.clear()
            self.focus_home()
        else:
            self.app.pop_screen()

    @on(OptionList.OptionHighlighted)
    def _moved(self) -> None:
        """Another one is meant."""
        chosen = self._chosen()
        if self._doomed and (chosen is None or chosen.id != self._doomed):
            self._spare()

    def _spare(self) -> None:
        """Nothing is deleted."""
        self._doomed = ""
        self._say("")

    def action_drop(self) -> None:
        """Delete it, if the key was pressed for it before."""
        chosen = self._chosen()
        if chosen is None:
            return
        if self._doomed != chosen.id:
            self._doomed = chosen.id
            key = display(command("conversations.drop").keys.split(",")[0])
            what = f"“{elide(one_line(chosen.title), 40)}”, {count(chosen.turns, 'turn')}"
            self._say(f"{key} again deletes {what}, for good. Esc keeps it.")
            return
        self._doomed = ""
        self.face.drafts.take(chosen.id)
        self.face.send(Drop(request=self.face.requests.open(self._dropped), conversation=chosen.id))

    def _dropped(self, tell: Tell) -> None:
        self.face.failed(tell)
        if self.is_attached:
            self.ask()

    def action_export(self) -> None:
        """Ask for a name, and write it."""
        if (chosen := self._chosen()) is None:
            return

        def named(name: str | None) -> None:
            if name is not None:
                request = self.face.requests.open(self._exported)
                self.face.send(Save(request=request, conversation=chosen.id, name=name, export=True))

        self.app.push_screen(NameScreen(), named)

    def _exported(self, tell: Tell) -> None:
        self.face.failed(tell)
        if isinstance(tell, Done):
            self.notify(clean(tell.path), title="Written", timeout=8, markup=False)

    def home_widget(self) -> Widget | None:
        """The list."""
        return self.query_one(KeptList)


class NameScreen(ModalScreen[str | None]):
    """Gives back the name of the file, empty for the one that is proposed; None for no file."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss(None)", "Back", show=False)]

    def compose(self) -> ComposeResult:
        """Where one types."""
        name = Entry(placeholder="day and title", compact=True)
        name.cursor_blink = False
        name.border_title = "Export to a file in exports, or at /a/path or ~/a/path"
        name.border_subtitle = "Enter writes · Esc back"
        yield name

    @on(Input.Submitted)
    def submitted(self, event: Input.Submitted) -> None:
        """This name."""
        self.dismiss(event.value)
