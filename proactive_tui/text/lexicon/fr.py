"""The French lexicon."""

from proactive_tui.text.lexicon.base import Lexicon

FRENCH_LEXICON = Lexicon(
    "fr",
    "french",
    function="""le la les l un une des du de d et ou mais je j me m moi mon ma mes tu te t toi ton ta tes il elle on
    nous notre nos vous votre vos ils elles lui leur leurs ce c cet cette ces cela ça qui que qu quoi
    quel quelle quels quelles quand où pourquoi comment est es suis sont était étais étaient être été a
    as ai ont avez avons avait avais avoir peut peux pouvons pourrait puis en dans sur sous à au aux
    avec par pour vers chez entre avant après depuis pendant jusque si comme parce donc alors aussi y s
    se soi là ici même tout toute tous toutes deux-mêmes dont aller va vas allons fait""",
    talking="note notes écrit écrite écrivais écris écrire dit noté ligne question mot ensemble veux",
    asking="""aidé aide changé trouver trouvé réponse répondre esquisser rédiger essayer commencer continuer
    reprendre rappelles
    souviens retiens décider décidé travailler changer changé aide aider vaut peine garder laisser
    abandonner pas étape prochaine prochain première premier petite petit plus penser idée encore déjà
    maintenant faire voir regarder regarde prêt temps minutes clore expliquer dire vrai juste faut doit
    besoin parler revenir retour lien relier rapport aujourd hui ouvert ouverte sais savoir manque clair
    parcourir apprendre appris autre tient suite suivante suivant avancer serait quelle chose point
    trancher vont derrière reste""",
    by_kind={
        "open question": "demandais demandé demander ouverte savoir",
        "task": "tâche prévu échéance liste ouverte reste prévue",
        "theme": "récemment dernièrement thème revient souvent traverse travailles ouvert reste notes mènent",
        "fading": "dernière fois longtemps remonte",
        "connection": "proches semblable touchent ensemble relier demandais",
        "thread": "récemment venais travaillais dernièrement",
        "goal": "voulais objectif habitude régulièrement allait bien mieux dernière entrée date tenu moins",
        "idea": "idée eu penses tente tentait",
        "rhythm": "écrit veux activité duré pris fin commencé longues périodes temps libre semaine sept derniers "
        "jours lit retient aidé",
        "unfinished work": "dernier commit date travaillé travail attend fusionner pousser poussé modifié mis côté "
        "commencé milieu laissé",
        "review": "attend fait faire pr relecture commentaire commentaires nouveau nouveaux semble bloquant "
        "bloquer touche regarde ensemble écrit ouverte demande mentionne répondre réponse ticket "
        "attribué bougé dernier signe contrôle contrôles échec point sais pourquoi lit commence "
        "premier un",
        "meeting": "agenda rendez-vous minutes instant promis question questions parle parlent vient "
        "finir reste régler disent",
        "news": "publie peut toucher touche change chose quelque ligne nouveau regarde",
    },
    phrases="sans regarder|de mémoire|avec tes mots|en une phrase|est-ce que",
    negations="ne n non jamais rien aucun aucune personne sans ni guère",
    common="encore pas sa ses son",
    numbers={
        "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "six": 6, "sept": 7, "huit": 8, "neuf": 9, "dix": 10, "onze":
        11, "douze": 12, "vingt": 20, "cent": 100, "mille": 1000,
    },
    days=("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"),
    months=(
        "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre",
        "décembre",
    ),
)  # fmt: skip
