"""French opener templates."""

from proactive_tui.talk.templates.base import OpenerTemplates

FRENCH_TEMPLATES = OpenerTemplates(
    by_kind={
        ("question", "open question"): (
            "Dans {note}, {ago}, tu te demandais : {question} As-tu trouvé la réponse ?",
            "{ago}, tu te demandais dans {note} : {question} Que dirais-tu maintenant ?",
            "{ago}, tu te demandais : {question} As-tu trouvé la réponse ?",
            "{quote} est une question ouverte dans {note}, {ago}. Qu’est-ce qui aiderait à la trancher ?",
            "{quote} est une question ouverte. Qu’est-ce qui aiderait à la trancher ?",
        ),
        ("question", "task"): (
            "Tu as promis à {person} : {quote}, prévu {due}. Où en es-tu ?",
            "Tu as promis à {person} : {quote}. Où en es-tu ?",
            "{quote} est prévu {due}. Où en es-tu ?",
            "{quote}, dans {note}, est prévu {due}. Que reste-t-il à faire ?",
            "{quote} était prévu {overdue}. Est-ce que cela vaut encore la peine ?",
            "{quote} est prévu {planned}. Où en es-tu ?",
            "{quote} était prévu {missed}. Est-ce que cela vaut encore la peine ?",
            "{quote} était prévu {begun}. Où en es-tu ?",
            "{quote} est sur ta liste dans {note}. Est-ce que cela vaut encore la peine ?",
            "{quote} est sur ta liste. Est-ce que cela vaut encore la peine ?",
        ),
        ("question", "theme"): (
            "{quote} revient dans {note} et dans {other}. Quelle est la question derrière ?",
            "{quote} revient souvent. Quelle est la question derrière ?",
        ),
        ("question", "fading"): (
            "Tu as écrit sur {quote} dans {note} pour la dernière fois {ago}. Est-ce encore vrai pour toi ?",
            "Tu as écrit sur {quote} pour la dernière fois {ago}. Est-ce encore vrai pour toi ?",
        ),
        ("question", "connection"): ("{note} et {other} se touchent. Vont-elles ensemble ?",),
        ("question", "thread"): (
            "Tu travaillais sur {quote} dans {note}. Qu’est-ce qui reste à clore ?",
            "Tu travaillais sur {quote}. Qu’est-ce qui reste à clore ?",
        ),
        ("question", "goal"): (
            "{ago}, dans {note}, tu avais un objectif : {quote}. Où en es-tu ?",
            "{ago}, tu avais un objectif : {quote}. Où en es-tu ?",
        ),
        ("recap", "theme"): ("{quote} traverse {note} et {other}. Veux-tu faire le point ensemble ?",),
        ("recap", "fading"): (
            "Tu as écrit sur {quote} dans {note} pour la dernière fois {ago}. Veux-tu parcourir cela ensemble ?",
            "Tu as écrit sur {quote} pour la dernière fois {ago}. Veux-tu parcourir cela ensemble ?",
        ),
        ("next step", "task"): (
            "Tu as promis à {person} : {quote}, prévu {due}. Veux-tu l’esquisser ensemble ?",
            "Tu as promis à {person} : {quote}. Veux-tu l’esquisser ensemble ?",
            "{quote} est prévu {due}. Quelle serait la première petite étape ?",
            "{quote}, dans {note}, est prévu {due}. Quelle serait la première petite étape ?",
            "{quote} était prévu {overdue}. Quelle petite étape aiderait aujourd’hui ?",
            "{quote} est prévu {planned}. Quelle serait la première petite étape ?",
            "{quote} était prévu {missed}. Quelle petite étape aiderait aujourd’hui ?",
            "{quote} est sur ta liste dans {note}. Quelle serait la première petite étape ?",
            "{quote} est sur ta liste. Quelle serait la première petite étape ?",
        ),
        ("next step", "thread"): (
            "Tu travaillais sur {quote} dans {note}. Quelle est la suite ?",
            "Tu travaillais sur {quote}. Quelle est la suite ?",
        ),
        ("next step", "goal"): ("{ago}, dans {note}, tu avais un objectif : {quote}. Quelle est la prochaine étape ?",),
        ("next step", "open question"): (
            "{ago}, tu te demandais dans {note} : {question} Où commencer ?",
            "{ago}, tu te demandais : {question} Où commencer ?",
        ),
        ("quiz", "fading"): (
            "Tu as écrit sur {quote} dans {note} pour la dernière fois {ago}. De mémoire, que peux-tu en dire ?",
            "Tu as écrit sur {quote} pour la dernière fois {ago}. De mémoire, que peux-tu en dire ?",
        ),
        ("connect", "connection"): (
            "{common} est dans {note} et dans {other}. Quel est le lien ?",
            "{note} et {other} se touchent. Quel est le lien ?",
        ),
        ("connect", "theme"): ("{quote} traverse {note} et {other}. Quel est le lien ?",),
    },
    plain={
        "question": (
            "Tu as écrit sur {quote} dans {note}, {ago}. Que dirais-tu maintenant ?",
            "Tu as écrit sur {quote} {ago}. Que dirais-tu maintenant ?",
        ),
        "recap": (
            "Tu as écrit sur {quote} dans {note}, {ago}. Veux-tu parcourir cela ensemble ?",
            "Tu as écrit sur {quote} {ago}. Veux-tu parcourir cela ensemble ?",
        ),
        "next step": (
            "Tu as écrit sur {quote} dans {note}, {ago}. Quelle est la suite ?",
            "Tu as écrit sur {quote} {ago}. Quelle est la suite ?",
        ),
        "quiz": (
            "Tu as écrit sur {quote} dans {note}, {ago}. De mémoire, que peux-tu en dire ?",
            "Tu as écrit sur {quote} {ago}. De mémoire, que peux-tu en dire ?",
        ),
        "connect": (
            "Tu as écrit sur {quote} dans {note}, et il y a {other}. Quel est le lien ?",
            "Tu as écrit sur {quote} {ago}. Quel est le lien avec tes autres notes ?",
        ),
    },
)
