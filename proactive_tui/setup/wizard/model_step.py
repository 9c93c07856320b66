"""Step 3: the language model. Ollama's are listed, one can be pulled, and it goes on without."""

from __future__ import annotations

import asyncio
import time

from textual import on, work
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import OptionList, ProgressBar, Static
from textual.widgets.option_list import Option
from textual.worker import Worker, get_current_worker

from proactive_tui.config import LanguageModel
from proactive_tui.errors import LanguageModelError
from proactive_tui.setup import steps
from proactive_tui.setup.wizard.base import Choices, Step
from proactive_tui.setup.wizard.folder_step import size
from proactive_tui.talk.llm import ollama
from proactive_tui.talk.llm.model_ranking import same
from proactive_tui.tui.formatting.colors import MUTED
from proactive_tui.tui.formatting.text import clean, one_line

BEST, PULL, AGAIN, WITHOUT = "best", "pull", "again", "without"
ALLOW, STAY = "allow", "stay"
MODEL = "model:"
"""What an option's id begins with; the model's name follows."""


class ModelStep(Step):
    """Who words its openers and converses."""

    HEADING = "Which language model?"

    def __init__(self, number: int, of: int) -> None:
        super().__init__(number, of)
        self._pulling: Worker[None] | None = None
        self._heard: steps.Heard | None = None

    def parts(self) -> ComposeResult:
        """The parts."""
        yield Static("It words what is brought up, and converses. Without one, your notes are quoted.", classes="text")
        yield Static(id="said", markup=False)
        bar = ProgressBar(show_eta=False)
        bar.display = False
        yield bar
        yield Choices()

    def on_mount(self) -> None:
        """Look at once."""
        self._look()

    def _look(self) -> None:
        self.say("Looking for Ollama …")
        self.query_one(Choices).display = False
        self._hear(self._heard.settings if self._heard else LanguageModel())

    @work(thread=True, exclusive=True)
    def _hear(self, settings: LanguageModel) -> None:
        # In a thread, since Ollama's package takes a third of a second to import.
        heard = asyncio.run(steps.hear(settings))
        if not get_current_worker().is_cancelled:
            self.app.call_from_thread(self._show, heard)

    def _show(self, heard: steps.Heard) -> None:
        if not self.is_attached:
            return
        self._heard = heard
        self.say(_about(heard))
        choices = self.query_one(Choices)
        choices.clear_options()
        choices.add_options([Option(content, id=name) for name, content in _choices(heard)])
        choices.display = True
        choices.highlighted = 0
        choices.focus()

    @on(OptionList.OptionSelected)
    def chosen(self, event: OptionList.OptionSelected) -> None:
        """This one."""
        match event.option_id or "":
            case "again":
                self._look()
            case "allow" | "stay" as choice:
                self._decide(allow=choice == ALLOW)
            case "pull":
                self._pulling = self._pull(ollama.SUGGESTED)
            case "without":
                # A server that is not there may come; one that is there and not wanted is not asked again.
                self.guide.go_on(model="", without=bool(self._heard and self._heard.reachable))
            case name:
                self.guide.go_on(model=name.removeprefix(MODEL) if name != BEST else "", without=False)

    def _decide(self, *, allow: bool) -> None:
        """Whether another machine may be told something."""
        if self._heard is None or self._heard.stranger is None:
            return
        settings = steps.allowing(self._heard.stranger) if allow else steps.staying()
        self.guide.answered(host=settings.host, allowed_hosts=settings.allowed_hosts)
        self._heard = steps.Heard(settings)
        self._look()

    @work(exclusive=True)
    async def _pull(self, model: str) -> None:
        bar, began, begun, total = self.query_one(ProgressBar), 0.0, 0, -1
        self.query_one(Choices).display = False
        self.say(f"Pulling {model} …")
        bar.update(total=None, progress=0)
        bar.display = True
        try:
            async for step in ollama.pull(self._heard.settings if self._heard else LanguageModel(), model):
                if step.total != total:  # a model comes in parts
                    began, begun, total = time.monotonic(), step.done, step.total
                bar.update(total=step.total or None, progress=step.done)
                self.say(_pulled(model, step, step.done - begun, time.monotonic() - began))
        except LanguageModelError as error:
            self._ended(f"{error.title}: {error.message}. {error.hint}")
        else:
            self._ended()
            self.guide.go_on(model=model, without=False)
        finally:
            self._pulling = None

    def _ended(self, said: str = "") -> None:
        self.query_one(ProgressBar).display = False
        if self._heard is not None:
            self._show(self._heard)
        if said:
            self.say(one_line(said))

    def on_screen_resume(self) -> None:
        """Back from the next step: what was pulled is installed by now."""
        if self._heard is not None:
            self._look()

    def action_back(self) -> None:
        """Stop a download; else the step before."""
        if self._pulling is None:
            super().action_back()
            return
        self._pulling.cancel()
        self._pulling = None
        self._ended("Stopped. Ollama keeps what it has, and goes on from there.")


def _about(heard: steps.Heard) -> Content:
    if heard.stranger is not None:
        return Content.assemble(
            f"{one_line(heard.stranger.name)} at {one_line(heard.stranger.origin)} is another machine (OLLAMA_HOST).",
            (f"\nIt would be sent {heard.stranger.what}. Nothing was sent there yet.", MUTED),
        )
    if heard.trouble is not None:
        return Content.assemble(
            f"{one_line(heard.trouble.title)}: {one_line(heard.trouble.message)}.",
            ("\nTo get it, install it from ollama.com, and then:\n", MUTED),
            f"  ollama pull {ollama.SUGGESTED}",
            ("\nLater will do as well: it is used as soon as it is there.", MUTED),
        )
    if not heard.models:
        return Content(f"Ollama answers at {heard.host}, and has no model that can converse.")
    return Content(f"Ollama answers at {heard.host}.")


def _choices(heard: steps.Heard) -> list[tuple[str, Content]]:
    choices: list[tuple[str, Content]] = []
    if heard.stranger is not None:
        choices.append((STAY, Content.assemble("Keep to this machine", ("  look for Ollama here", MUTED))))
        allow = f"Allow {one_line(heard.stranger.origin)}"
        return [*choices, (ALLOW, Content.assemble(allow, ("  kept in the config, for this address", MUTED)))]
    if heard.models:
        best = one_line(heard.models[0].name)
        choices.append((BEST, Content.assemble("The best one installed", (f"  {best} now", MUTED))))
    for each in heard.models:
        about = " · ".join(part for part in (clean(each.parameters), size(each.size) if each.size else "") if part)
        choices.append((MODEL + each.name, Content.assemble(one_line(each.name), (f"  {about}", MUTED))))
    if heard.reachable and not any(same(each.name, ollama.SUGGESTED) for each in heard.models):
        choices.append((PULL, Content.assemble(f"Pull {ollama.SUGGESTED}", ("  downloads it, through Ollama", MUTED))))
    if not heard.reachable:
        choices.append((WITHOUT, Content("Go on without")))
        choices.append((AGAIN, Content("Look again")))
    else:
        choices.append((WITHOUT, Content.assemble("None", ("  it quotes your notes", MUTED))))
    return choices


def _pulled(model: str, step: ollama.Progress, fresh: int, seconds: float) -> Content:
    """How far a download is, how fast, and how long it will take; `fresh` bytes came in `seconds`."""
    title = f"Pulling {model}. Esc stops it."
    if not step.total:
        return Content.assemble(title, (f"\n{one_line(step.status)}", MUTED))
    far = f"{size(step.done)} of {size(step.total)}"
    if fresh > 0 and seconds >= 1:
        left = (step.total - step.done) * seconds / fresh
        minutes = f"{left / 60:.0f} min" if left >= 90 else f"{left:.0f} s"
        far += f" · {size(fresh / seconds)} a second · {minutes} left"
    return Content.assemble(title, (f"\n{far}", MUTED))
