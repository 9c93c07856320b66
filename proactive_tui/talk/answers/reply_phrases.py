"""What the program itself says in a reply without a language model, in the languages of the templates."""

from __future__ import annotations

from proactive_tui.model import FrozenValue


class ReplyPhrases(FrozenValue, frozen=True, kw_only=True):
    """The sentences around quotations, in one language. `more` has a place for a number."""

    say: str
    found: str
    silent: str
    nothing: str
    nearest: str
    due: str
    overdue: str
    promises: str
    none_due: str
    none_overdue: str
    none_promised: str
    more: str
    today: str
    tomorrow: str
    unchecked: str
    ungrounded: str


REPLY_PHRASES = {
    "en": ReplyPhrases(
        say="Your notes say:",
        found="This is what I found:",
        silent="Your notes do not tell that, as far as I can see.",
        nothing="I found nothing in your notes about that.",
        nearest="The nearest to it:",
        due="Open, by day:",
        overdue="Open and past its day:",
        promises="Promised and still open:",
        none_due="Nothing open is due then, by your notes.",
        none_overdue="Nothing open is past its day, by your notes.",
        none_promised="I know of no promise of yours that is open.",
        more="and {} more",
        today="today",
        tomorrow="tomorrow",
        unchecked="not found in your notes",
        ungrounded="The words of the language model do not match your notes.",
    ),
    "de": ReplyPhrases(
        say="In deinen Notizen steht:",
        found="Das habe ich gefunden:",
        silent="Das steht, soweit ich sehe, nicht in deinen Notizen.",
        nothing="Dazu steht nichts in deinen Notizen.",
        nearest="Am nächsten kommt:",
        due="Offen, nach Tagen:",
        overdue="Offen und überfällig:",
        promises="Versprochen und noch offen:",
        none_due="Nach deinen Notizen ist dann nichts fällig.",
        none_overdue="Nach deinen Notizen ist nichts überfällig.",
        none_promised="Ich kenne kein offenes Versprechen von dir.",
        more="und {} weitere",
        today="heute",
        tomorrow="morgen",
        unchecked="nicht in deinen Notizen gefunden",
        ungrounded="Die Worte des Sprachmodells passen nicht zu deinen Notizen.",
    ),
    "fr": ReplyPhrases(
        say="Tes notes disent :",
        found="Voici ce que je trouve :",
        silent="Tes notes ne le disent pas, à ce que je vois.",
        nothing="Je ne trouve rien là-dessus dans tes notes.",
        nearest="Le plus proche :",
        due="Ouvert, par jour :",
        overdue="Ouvert et en retard :",
        promises="Promis et encore ouvert :",
        none_due="D’après tes notes, rien n’est dû alors.",
        none_overdue="D’après tes notes, rien n’est en retard.",
        none_promised="Je ne connais aucune promesse ouverte.",
        more="et {} de plus",
        today="aujourd’hui",
        tomorrow="demain",
        unchecked="introuvable dans tes notes",
        ungrounded="Les mots du modèle de langue ne correspondent pas à tes notes.",
    ),
    "es": ReplyPhrases(
        say="Tus notas dicen:",
        found="Esto es lo que encuentro:",
        silent="Tus notas no lo dicen, por lo que veo.",
        nothing="No encuentro nada sobre eso en tus notas.",
        nearest="Lo más cercano:",
        due="Abierto, por día:",
        overdue="Abierto y vencido:",
        promises="Prometido y aún abierto:",
        none_due="Según tus notas, nada vence entonces.",
        none_overdue="Según tus notas, nada está vencido.",
        none_promised="No conozco ninguna promesa abierta tuya.",
        more="y {} más",
        today="hoy",
        tomorrow="mañana",
        unchecked="no está en tus notas",
        ungrounded="Las palabras del modelo de lenguaje no coinciden con tus notas.",
    ),
}


def reply_phrases(language: str) -> ReplyPhrases:
    """The phrases in this language, else in English."""
    return REPLY_PHRASES.get(language, REPLY_PHRASES["en"])
