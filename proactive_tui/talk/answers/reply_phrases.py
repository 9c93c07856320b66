"""What the program itself says in a reply without a language model, in the languages of the templates."""

from __future__ import annotations

from proactive_tui.model.shared_words import FrozenValue


class ReplyPhrases(FrozenValue, frozen=True, kw_only=True):
    """The sentences around quotations, in one language."""

    say: str
    found: str
    silent: str
    nothing: str
    nearest: str
    unchecked: str
    ungrounded: str
    untold: str


REPLY_PHRASES = {
    "en": ReplyPhrases(
        say="Your notes say:",
        found="This is what I found:",
        silent="Your notes do not tell that, as far as I can see.",
        nothing="I found nothing in your notes about that.",
        nearest="The nearest to it:",
        unchecked="not found in your notes",
        ungrounded="The words of the language model do not match your notes.",
        untold="They do not tell, as far as I can see:",
    ),
    "de": ReplyPhrases(
        say="In deinen Notizen steht:",
        found="Das habe ich gefunden:",
        silent="Das steht, soweit ich sehe, nicht in deinen Notizen.",
        nothing="Dazu steht nichts in deinen Notizen.",
        nearest="Am nächsten kommt:",
        unchecked="nicht in deinen Notizen gefunden",
        ungrounded="Die Worte des Sprachmodells passen nicht zu deinen Notizen.",
        untold="Nicht darin steht, soweit ich sehe:",
    ),
    "fr": ReplyPhrases(
        say="Tes notes disent :",
        found="Voici ce que je trouve :",
        silent="Tes notes ne le disent pas, à ce que je vois.",
        nothing="Je ne trouve rien là-dessus dans tes notes.",
        nearest="Le plus proche :",
        unchecked="introuvable dans tes notes",
        ungrounded="Les mots du modèle de langue ne correspondent pas à tes notes.",
        untold="Elles ne disent pas, à ce que je vois :",
    ),
    "es": ReplyPhrases(
        say="Tus notas dicen:",
        found="Esto es lo que encuentro:",
        silent="Tus notas no lo dicen, por lo que veo.",
        nothing="No encuentro nada sobre eso en tus notas.",
        nearest="Lo más cercano:",
        unchecked="no está en tus notas",
        ungrounded="Las palabras del modelo de lenguaje no coinciden con tus notas.",
        untold="No dicen, por lo que veo:",
    ),
}


def reply_phrases(language: str) -> ReplyPhrases:
    """The phrases in this language, else in English."""
    return REPLY_PHRASES.get(language, REPLY_PHRASES["en"])
