"""Step 3: the language model. Lists Ollama's models, can pull one, and can go on without any."""

from __future__ import annotations

import asyncio
import time

from textual import on, work
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import OptionList, ProgressBar, Static
from textual.widgets.option_list import Option
from textual.worker import Worker, get_current_worker

from proactive_tui.config import LanguageModelConfig
from proactive_tui.errors import LanguageModelError
from proactive_tui.setup import steps
from proactive_tui.setup.wizard.base import ChoiceList, WizardStep
from proactive_tui.talk.llm import ollama_catalog
from proactive_tui.talk.llm.model_offers import describe_offer, offer_models, suggest_model
from proactive_tui.text.quantities import format_bytes, format_duration
from proactive_tui.tui.formatting.colors import MUTED_COLOR
from proactive_tui.tui.formatting.text import one_line, sanitize_text

BEST, AGAIN, WITHOUT = "best", "again", "without"
ALLOW, STAY = "allow", "stay"
MODEL_OPTION_PREFIX = "model:"
"""Prefix of the id of a model's option; the model's name follows."""
PULL_OPTION_PREFIX = "pull:"
"""Prefix of the id of an option that pulls a model."""


class ModelStep(WizardStep):
    """Asks for the language model."""

    HEADING = "Which language model?"

    def __init__(self, number: int, step_count: int) -> None:
        super().__init__(number, step_count)
        self._pull_worker: Worker[None] | None = None
        self._probe: steps.OllamaProbe | None = None

    def compose_content(self) -> ComposeResult:
        """The state of Ollama, the progress of a download, and the choices."""
        yield Static("It words what is brought up, and converses. Without one, your notes are quoted.", classes="text")
        yield Static(id="said", markup=False)
        bar = ProgressBar(show_eta=False)
        bar.display = False
        yield bar
        yield ChoiceList()

    def on_mount(self) -> None:
        """Probe Ollama at once."""
        self._start_probe()

    def _start_probe(self) -> None:
        self.show_text("Looking for Ollama …")
        self.query_one(ChoiceList).display = False
        self._probe_ollama(self._probe.settings if self._probe else LanguageModelConfig())

    @work(thread=True, exclusive=True)
    def _probe_ollama(self, settings: LanguageModelConfig) -> None:
        # In a thread, since Ollama's package takes a third of a second to import.
        probe = asyncio.run(steps.probe_ollama(settings))
        if not get_current_worker().is_cancelled:
            self.app.call_from_thread(self._show_probe, probe)

    def _show_probe(self, probe: steps.OllamaProbe) -> None:
        if not self.is_attached:
            return
        self._probe = probe
        self.show_text(_describe_probe(probe))
        choices = self.query_one(ChoiceList)
        choices.clear_options()
        choices.add_options([Option(content, id=name) for name, content in _model_options(probe)])
        choices.display = True
        choices.highlighted = 0
        choices.focus()

    @on(OptionList.OptionSelected)
    def select_option(self, event: OptionList.OptionSelected) -> None:
        """Act on the chosen option."""
        match event.option_id or "":
            case "again":
                self._start_probe()
            case "allow" | "stay" as choice:
                self._set_host_allowed(allow=choice == ALLOW)
            case name if name.startswith(PULL_OPTION_PREFIX):
                self._pull_worker = self._pull_model(name.removeprefix(PULL_OPTION_PREFIX))
            case "without":
                # A server that is not there may come; one that is there and not wanted is not asked again.
                self.wizard.submit_step(model="", without=bool(self._probe and self._probe.is_reachable))
            case name:
                self.wizard.submit_step(
                    model=name.removeprefix(MODEL_OPTION_PREFIX) if name != BEST else "", without=False
                )

    def _set_host_allowed(self, *, allow: bool) -> None:
        """Allow another machine, or keep to this one; then probe Ollama again."""
        if self._probe is None or self._probe.stranger is None:
            return
        settings = steps.settings_allowing_host(self._probe.stranger) if allow else steps.local_only_settings()
        self.wizard.update_answers(host=settings.host, allowed_hosts=settings.allowed_hosts)
        self._probe = steps.OllamaProbe(settings)
        self._start_probe()

    @work(exclusive=True)
    async def _pull_model(self, model: str) -> None:
        bar, began, begun, total = self.query_one(ProgressBar), 0.0, 0, -1
        self.query_one(ChoiceList).display = False
        self.show_text(f"Pulling {model} …")
        bar.update(total=None, progress=0)
        bar.display = True
        try:
            async for step in ollama_catalog.pull_model(
                self._probe.settings if self._probe else LanguageModelConfig(), model
            ):
                if step.total != total:  # a model is downloaded in several files
                    began, begun, total = time.monotonic(), step.done, step.total
                bar.update(total=step.total or None, progress=step.done)
                self.show_text(_format_pull_progress(model, step, step.done - begun, time.monotonic() - began))
        except LanguageModelError as error:
            self._end_pull(f"{error.title}: {error.message}. {error.hint}")
        else:
            self._end_pull()
            self.wizard.submit_step(model=model, without=False)
        finally:
            self._pull_worker = None

    def _end_pull(self, message: str = "") -> None:
        self.query_one(ProgressBar).display = False
        if self._probe is not None:
            self._show_probe(self._probe)
        if message:
            self.show_text(one_line(message))

    def on_screen_resume(self) -> None:
        """Probe again on the way back from the next step: a pulled model is installed by now."""
        if self._probe is not None:
            self._start_probe()

    def action_back(self) -> None:
        """Stop a download; without one, go back one step."""
        if self._pull_worker is None:
            super().action_back()
            return
        self._pull_worker.cancel()
        self._pull_worker = None
        self._end_pull("Stopped. Ollama keeps what it has, and goes on from there.")


def _describe_probe(probe: steps.OllamaProbe) -> Content:
    if probe.stranger is not None:
        return Content.assemble(
            f"{one_line(probe.stranger.name)} at {one_line(probe.stranger.origin)} is another machine (OLLAMA_HOST).",
            (f"\nIt would be sent {probe.stranger.what}. Nothing was sent there yet.", MUTED_COLOR),
        )
    if probe.trouble is not None:
        return Content.assemble(
            f"{one_line(probe.trouble.title)}: {one_line(probe.trouble.message)}.",
            ("\nTo get it, install it from ollama.com, and then:\n", MUTED_COLOR),
            f"  ollama pull {suggest_model(probe.memory).name}\n",
            (f"  {describe_offer(suggest_model(probe.memory), probe.memory)}", MUTED_COLOR),
            ("\nLater will do as well: it is used as soon as it is there.", MUTED_COLOR),
        )
    unfit = tuple(f"\n{one_line(model.name)} {one_line(model.obstacle)}." for model in probe.unfit)
    if not probe.models:
        said = f"Ollama answers at {probe.ollama_url}, and has no model that can converse."
        return Content.assemble(said, *((line, MUTED_COLOR) for line in unfit))
    why = f"\n{one_line(probe.models[0].name)}: {one_line(probe.why_first)}." if probe.why_first else ""
    return Content.assemble(f"Ollama answers at {probe.ollama_url}.", (why or "".join(unfit), MUTED_COLOR))


def _model_options(probe: steps.OllamaProbe) -> list[tuple[str, Content]]:
    choices: list[tuple[str, Content]] = []
    if probe.stranger is not None:
        choices.append((STAY, Content.assemble("Keep to this machine", ("  look for Ollama here", MUTED_COLOR))))
        allow = f"Allow {one_line(probe.stranger.origin)}"
        return [*choices, (ALLOW, Content.assemble(allow, ("  kept in the config, for this address", MUTED_COLOR)))]
    if probe.models:
        best = one_line(probe.models[0].name)
        choices.append((BEST, Content.assemble("The best one installed", (f"  {best} now", MUTED_COLOR))))
    for model in probe.models:
        about = " · ".join(
            part for part in (sanitize_text(model.parameters), format_bytes(model.size) if model.size else "") if part
        )
        choices.append(
            (MODEL_OPTION_PREFIX + model.name, Content.assemble(one_line(model.name), (f"  {about}", MUTED_COLOR)))
        )
    if probe.is_reachable:
        for offered in offer_models(probe.memory, [model.name for model in probe.models]):
            about = f"  downloads {describe_offer(offered, probe.memory)}"
            choices.append(
                (PULL_OPTION_PREFIX + offered.name, Content.assemble(f"Pull {offered.name}", (about, MUTED_COLOR)))
            )
    if not probe.is_reachable:
        choices.append((WITHOUT, Content("Go on without")))
        choices.append((AGAIN, Content("Look again")))
    else:
        choices.append((WITHOUT, Content.assemble("None", ("  it quotes your notes", MUTED_COLOR))))
    return choices


def _format_pull_progress(model: str, step: ollama_catalog.DownloadProgress, fresh: int, seconds: float) -> Content:
    """The progress of a download, its speed and the time left; `fresh` bytes came in `seconds`."""
    title = f"Pulling {model}. Esc stops it."
    if not step.total:
        return Content.assemble(title, (f"\n{one_line(step.status)}", MUTED_COLOR))
    far = f"{format_bytes(step.done)} of {format_bytes(step.total)}"
    if fresh > 0 and seconds >= 1:
        left = (step.total - step.done) * seconds / fresh
        far += f" · {format_bytes(fresh / seconds)} a second · {format_duration(left)} left"
    return Content.assemble(title, (f"\n{far}", MUTED_COLOR))
