"""Applies changed settings to the running brain: which part hears of which of them."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from proactive_tui.brain.worker import Priority
from proactive_tui.config import Config
from proactive_tui.errors import ProactiveError
from proactive_tui.sources.source_registry import source_settings

if TYPE_CHECKING:
    from proactive_tui.brain.app import BrainApp


def apply_config(app: BrainApp, config: Config) -> None:
    """Apply the settings that can change while the brain runs: all but the notes folder's path and embedding."""
    services, before = app.services, app.services.config
    if config == before:
        return
    services.config = config
    app.tracker.configure(config.sensors)
    logging.getLogger("proactive_tui").setLevel(config.journal.log_level.upper())
    if (config.sensors, config.git) != (before.sensors, before.git):
        app.background.start(app.watch_loop.refresh_sensors())
    if config.llm != before.llm:
        app.model_selector.configure(config.llm)
    if config.llm.read_notes != before.llm.read_notes:
        app.maintainer.invalidate_topics()
    if config.notes != before.notes:
        app.background.start(_apply_notes_rules(app, config))
    if config.brain != before.brain:
        app.desktop.look_again()
    if source_settings(config) != source_settings(before):
        app.poller.configure()
    if config.journal != before.journal:
        app.background.start(app.enforce_retention())
    if config.topics != before.topics:
        app.maintainer.invalidate_topics()
    if _learning_settings(config) != _learning_settings(before):
        app.background.start(_rebuild_models(app))
    app.scheduler.reset()


async def _apply_notes_rules(app: BrainApp, config: Config) -> None:
    """Read the notes again by the new rules."""
    try:
        await app.worker.run(Priority.PERSON, lambda: app.services.index.configure(config))
        app.maintainer.invalidate_topics(reread=True)
        await app.watch_loop.restart_watcher()
    except ProactiveError as error:
        app.send_failure(0, error)


async def _rebuild_models(app: BrainApp) -> None:
    await app.insight.rebuild_models()
    app.scheduler.reset()


def _learning_settings(config: Config) -> tuple[object, ...]:
    """The settings that models depend on."""
    sensors = config.sensors
    return config.offers.exploration, sensors.clock, sensors.reactions, sensors.conversations, sensors.edits
