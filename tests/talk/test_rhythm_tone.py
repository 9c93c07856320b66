"""The rules of tone for remarks about somebody's days: facts and a question, and nobody is told what to do.

No order, no blame, no praise that judges, no comparison, no diagnosis; and never that somebody slept, for it is not
known.
"""

from __future__ import annotations

import re

import pytest

from proactive_tui.model.shared_words import FRAMINGS, Framing
from proactive_tui.talk.templates import TEMPLATES_BY_LANGUAGE

NEVER = {
    "en": "should must only again still just finally too never always ought slept sleep asleep insomnia tired lazy "
    "addicted "
    "addiction healthy unhealthy failed fail broke bad late enough everybody others average normal people worry "
    "problem "
    "discipline guilty sorry congratulations great proud well",
    "de": "solltest sollst musst nur wieder noch endlich zu nie immer geschlafen schlaf schlafen müde faul süchtig "
    "gesund "
    "ungesund versagt schlecht spät genug andere durchschnitt normal problem disziplin leider toll super stolz",
    "fr": "devrais dois faut seulement encore enfin trop jamais toujours dormi sommeil insomnie fatigué paresseux "
    "accro "
    "santé échoué mal tard assez autres moyenne normal problème discipline bravo fier",
    "es": "deberías debes tienes solo sólo otra nuevo todavía demasiado nunca siempre dormiste dormido sueño "
    "insomnio cansado "
    "perezoso adicto sano fallaste mal tarde bastante otros media normal problema disciplina enhorabuena",
}


def templates(language: str, framing: Framing) -> tuple[str, ...]:
    return TEMPLATES_BY_LANGUAGE[language].by_kind.get((framing, "rhythm"), ())


@pytest.mark.parametrize("language", TEMPLATES_BY_LANGUAGE)
@pytest.mark.parametrize("framing", FRAMINGS)
def test_no_remark_about_the_days_judges_orders_or_diagnoses(language: str, framing: Framing) -> None:
    for template in templates(language, framing):
        words = re.findall(r"[^\W\d_]+", re.sub(r"\{\w+\}", " ", template).lower())
        assert not set(words) & set(NEVER[language].split()), template
        assert "!" not in template
        assert template.endswith("?"), template


@pytest.mark.parametrize("language", TEMPLATES_BY_LANGUAGE)
def test_what_was_wanted_is_said_before_what_was(language: str) -> None:
    found = [template for framing in FRAMINGS for template in templates(language, framing)]
    assert found
    for template in found:
        if "{noticed_" not in template:
            assert "{wrote}" in template, template
            assert {"{quote}", "{bed_wish}"} & set(re.findall(r"\{\w+\}", template)), template


@pytest.mark.parametrize("language", TEMPLATES_BY_LANGUAGE)
def test_there_is_good_news_too(language: str) -> None:
    said = " ".join(templates(language, "question"))
    for slot in ("ended_by", "begun_by", "short_enough", "held_to", "off_on"):
        assert f"{{{slot}}}" in said
