"""Lines that tell a deed, and lines with the same words that leave something open, in several languages."""

from __future__ import annotations

import pytest

from proactive_tui.topics.open_ends.words.done_forms import tells_deed


@pytest.mark.parametrize(
    "line",
    [
        "mailed Anna",
        "Heizkörper entlüftet",
        "called the plumber",
        "Paid the rent",
        "Steuer überwiesen",
        "Ventil getauscht, Druck passt",
        "Looked at it for two days",
        "Completed monthly 1-on-1s with staff",
        "ordered new filters for the vacuum",
        "Wohnung geputzt",
        "Paket abgeschickt",
        "Brot gebacken und eingefroren",
        "Mit Jonas telefoniert",
        "Fahrrad repariert",
        "Appelé le médecin",
        "J'ai envoyé le dossier",
        "Chiamato il medico",
        "Ho spedito il pacco",
        "comprado pan",
        "Llamé a la clínica",
        "Enviei o relatório",
        "Anna gebeld",
        "boodschappen gedaan",
        "Zadzwoniłem do banku",
        "銀行に電話した",
        "made soup",
        "Wrote the report",
        "went to the dentist",
        "merged the two branches",
        "Vertrag unterschrieben",
        "emailed Sam about the invoice",
        "fixed the tap",
    ],
)
def test_what_was_done_is_a_deed(line: str) -> None:
    assert tells_deed(line)


@pytest.mark.parametrize(
    "line",
    [
        "mail Anna",
        "Heizkörper entlüften",
        "Steuer überweisen",
        "call the plumber",
        "not mailed yet",
        "noch nicht bestellt",
        "Shared state is hard to reason about",
        "Distributed systems fail in parts",
        "Based on this we should move",
        "called the plumber, waiting for an answer",
        "Geld ausgeben",
        "in den Garten gehen",
        "Anna Bescheid geben",
        "Appeler le médecin",
        "chiamare il medico",
        "Buy bread",
        "Gebäude besichtigen",
        "read the paper",
        "put the bins out",
        "need tickets",
        "Speed of the thing",
        "Der Teig wird gerührt",
        "seed the lawn",
        "feed the cat",
        "Red paint for the fence",
        "Geburtstag von Jan vorbereiten",
        "Weed the garden",
        "Used bikes: compare prices",
        "Bericht für Sara",
        "Rechnung an Kunden",
        "Ada fragen",
        "Mercado: leche y pan",
        "salida al monte",
        "Buchen am Waldrand anschauen",
        "Gerät",
    ],
)
def test_what_is_left_or_only_sounds_alike_is_none(line: str) -> None:
    assert not tells_deed(line)
