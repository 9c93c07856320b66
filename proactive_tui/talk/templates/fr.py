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
            "Tu travailles sur {quote} depuis {span}, de {first} à {latest}. Qu’est-ce qui reste ouvert ?",
            "{quote} revient dans {note} et dans {other}. Quelle est la question derrière ?",
            "{quote} revient souvent. Quelle est la question derrière ?",
        ),
        ("question", "fading"): (
            "Tu as écrit sur {quote} dans {note} pour la dernière fois {ago}. Est-ce encore vrai pour toi ?",
            "Tu as écrit sur {quote} pour la dernière fois {ago}. Est-ce encore vrai pour toi ?",
        ),
        ("question", "connection"): (
            "Dans {asked_in}, tu te demandais : {asked} Dans {answer_in}, il y a {answer} : est-ce la réponse ?",
            "{contrary} est dans {note}, mais {other_said} est dans {other}. Qu’est-ce qui est vrai ?",
            "{said} est dans {note}, et {other_said} est dans {other}. Vont-ils ensemble ?",
            "{note} et {other} se touchent. Vont-elles ensemble ?",
        ),
        ("question", "thread"): (
            "Tu travaillais sur {quote} dans {note}. Qu’est-ce qui reste à clore ?",
            "Tu travaillais sur {quote}. Qu’est-ce qui reste à clore ?",
        ),
        ("question", "goal"): (
            "{worse_since}, {habit} allait moins bien. Qu’est-ce qui a changé ?",
            "{better_since}, {habit} allait mieux. Qu’est-ce qui a aidé ?",
            "La dernière entrée sur {habit}, c’est {entry}. Où en es-tu ?",
            "Tu as tenu {habit} {run}. Qu’est-ce qui aide ?",
            "{ago}, dans {note}, tu avais un objectif : {quote}. Où en es-tu ?",
            "{ago}, tu avais un objectif : {quote}. Où en es-tu ?",
        ),
        ("question", "news"): (
            "{feed} publie {quote}, et cela peut toucher {place} : {other_said}. Cela y change-t-il quelque chose ?",
            "{feed} publie {quote}, et cela peut toucher {place}. Cela y change-t-il quelque chose ?",
        ),
        ("recap", "news"): (
            "{feed} publie {quote}, et cela peut toucher {place} : {other_said}. On regarde ensemble ?",
            "{feed} publie {quote}, et cela peut toucher {place}. On regarde ensemble ?",
        ),
        ("connect", "news"): (
            "{feed} publie {quote}, et {other_said} est dans {place}. Qu’est-ce que cela y change ?",
            "{feed} publie {quote}, et cela peut toucher {place}. Qu’est-ce que cela y change ?",
        ),
        ("question", "idea"): (
            "{ago}, dans {note}, tu as eu une idée : {quote}. Qu'en penses-tu aujourd'hui ?",
            "{ago}, tu as eu une idée : {quote}. Qu'en penses-tu aujourd'hui ?",
        ),
        ("question", "rhythm"): (
            "{wrote}, tu as écrit que tu veux {bed_wish} ; ton activité a pris fin {lately} à {until}. On regarde ce "
            "qui "
            "te retient ?",
            "{wrote}, tu as écrit {quote} ; ton activité a pris fin {lately} à {until}. On regarde ce qui te retient ?",
            "{wrote}, tu as écrit {quote} ; ton activité a pris fin {lately} à {ended_by}. Qu’est-ce qui a aidé ?",
            "{wrote}, tu as écrit {quote} ; ton activité a commencé {lately} à {begun_at}. Qu’est-ce qui aiderait ?",
            "{wrote}, tu as écrit {quote} ; ton activité a commencé {lately} à {begun_by}. Qu’est-ce qui a aidé ?",
            "{wrote}, tu as écrit {quote} ; tes longues périodes {lately} : {longest}. Qu’est-ce qui aiderait ?",
            "{wrote}, tu as écrit {quote} ; tes longues périodes {lately} : {short_enough}. Qu’est-ce qui a aidé ?",
            "{wrote}, tu as écrit {quote} ; ton activité a duré {lately} {active_for}. On regarde ce qui te retient ?",
            "{wrote}, tu as écrit {quote} ; ton activité a duré {lately} {held_to}. Qu’est-ce qui a aidé ?",
            "{wrote}, tu as écrit {quote} ; ton activité a duré {worked_for} {on_days}. On regarde ce qui te retient ?",
            "{wrote}, tu as écrit {quote} ; du temps libre {off_on}. Qu’est-ce qui a aidé ?",
            "Ton activité a pris fin {lately} à {noticed_until}. Est-ce que c’est comme tu veux ?",
            "Tes longues périodes {lately} : {noticed_longest}. Est-ce que c’est comme tu veux ?",
        ),
        ("question", "unfinished work"): (
            "Ton dernier commit sur {branch} dans {repository} date de {ago} : {to_merge} à fusionner. Est-ce que "
            "cela vaut encore la peine ?",
            "Sur {branch} dans {repository}, tu as travaillé {ago} : {to_merge} à fusionner. Que reste-t-il à faire ?",
            "Sur {branch} dans {repository}, tu as travaillé {ago} : {to_merge} à fusionner. Que dit {tied} ?",
            "{ago}, tu as laissé {remark} dans {repository}, avec {tied}. Est-ce encore à faire ?",
            "Sur {branch} dans {repository}, tu as travaillé {ago} : {to_push} à pousser. Que reste-t-il à faire ?",
            "Dans {repository}, du travail attend un commit, {uncommitted}, modifié {ago}. Que reste-t-il à faire ?",
            "{ago}, tu as mis {stash} de côté dans {repository}. Est-ce que cela vaut encore la peine ?",
            "{ago}, tu as commencé un {operation} dans {repository}, il est au milieu. Que reste-t-il à faire ?",
            "{ago}, tu as poussé {draft} sur {branch} dans {repository}. Que reste-t-il à faire ?",
            "{ago}, tu as laissé {remark} dans {place} de {repository}. Est-ce encore à faire ?",
            "{ago}, tu as laissé {remark} dans {repository}. Est-ce encore à faire ?",
        ),
        ("recap", "theme"): (
            "Tu travailles sur {quote} depuis {span}, de {first} à {latest}. Veux-tu faire le point ensemble ?",
            "{quote} traverse {note} et {other}. Veux-tu faire le point ensemble ?",
        ),
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
        ("next step", "goal"): (
            "{worse_since}, {habit} allait moins bien. Quelle petite étape aiderait ?",
            "Tu as tenu {habit} {run}. Quelle est la prochaine étape ?",
            "{ago}, dans {note}, tu avais un objectif : {quote}. Quelle est la prochaine étape ?",
        ),
        ("next step", "idea"): (
            "{ago}, dans {note}, tu as eu une idée : {quote}. Quelle serait la première étape ?",
            "{ago}, tu as eu une idée : {quote}. Quelle serait la première étape ?",
        ),
        ("next step", "open question"): (
            "{ago}, tu te demandais dans {note} : {question} Où commencer ?",
            "{ago}, tu te demandais : {question} Où commencer ?",
        ),
        ("next step", "rhythm"): (
            "{wrote}, tu as écrit que tu veux {bed_wish} ; ton activité a pris fin {lately} à {until}. Quelle petite "
            "étape "
            "aiderait ?",
            "{wrote}, tu as écrit {quote} ; ton activité a pris fin {lately} à {until}. Quelle petite étape aiderait ?",
            "{wrote}, tu as écrit {quote} ; ton activité a commencé {lately} à {begun_at}. Quelle petite étape "
            "aiderait ?",
            "{wrote}, tu as écrit {quote} ; tes longues périodes {lately} : {longest}. Quelle petite étape aiderait ?",
            "{wrote}, tu as écrit {quote} ; ton activité a duré {lately} {active_for}. Quelle petite étape aiderait ?",
            "{wrote}, tu as écrit {quote} ; ton activité a duré {worked_for} {on_days}. Quelle petite étape aiderait ?",
            "Ton activité a pris fin {lately} à {noticed_until}. Quelle petite étape aiderait ?",
            "Tes longues périodes {lately} : {noticed_longest}. Quelle petite étape aiderait ?",
        ),
        ("next step", "unfinished work"): (
            "Sur {branch} dans {repository}, tu as travaillé {ago} : {to_merge} à fusionner. Quelle serait la "
            "prochaine étape ?",
            "Sur {branch} dans {repository}, tu as travaillé {ago} : {to_merge} à fusionner. On regarde cela ensemble "
            "avec {tied} ?",
            "Sur {branch} dans {repository}, tu as travaillé {ago} : {to_push} à pousser. Quelle serait la prochaine "
            "étape ?",
            "Dans {repository}, du travail attend un commit, {uncommitted}, modifié {ago}. Quelle serait la prochaine "
            "étape ?",
            "{ago}, tu as mis {stash} de côté dans {repository}. Quelle serait la prochaine étape ?",
            "{ago}, tu as commencé un {operation} dans {repository}, il est au milieu. Quelle serait la prochaine "
            "étape ?",
            "{ago}, tu as poussé {draft} sur {branch} dans {repository}. Quelle serait la prochaine étape ?",
            "{ago}, tu as laissé {remark} dans {place} de {repository}. Quelle serait la première étape ?",
            "{ago}, tu as laissé {remark} dans {repository}. Quelle serait la première étape ?",
        ),
        ("quiz", "fading"): (
            "Tu as écrit sur {quote} dans {note} pour la dernière fois {ago}. De mémoire, que peux-tu en dire ?",
            "Tu as écrit sur {quote} pour la dernière fois {ago}. De mémoire, que peux-tu en dire ?",
        ),
        ("connect", "connection"): (
            "Dans {asked_in}, tu te demandais : {asked} Dans {answer_in}, il y a {answer} : est-ce la réponse ?",
            "{contrary} est dans {note}, mais {other_said} est dans {other}. Qu’est-ce qui est vrai ?",
            "{said} est dans {note}, et {other_said} est dans {other}. Quel est le lien ?",
            "{note} et {other} se touchent. Quel est le lien ?",
        ),
        ("connect", "theme"): ("{quote} traverse {note} et {other}. Quel est le lien ?",),
        ("next step", "theme"): (
            "Tu travailles sur {quote} depuis {span}, et {open_end} reste ouvert. Veux-tu commencer par là ?",
            "Tu travailles sur {quote} depuis {span}, et tes notes mènent à {missing}. Est-ce la prochaine étape ?",
            "Sur {quote}, {open_end} reste ouvert. Veux-tu commencer par là ?",
            "Tu travailles sur {quote} depuis {span}, de {first} à {latest}. Quelle est la suite ?",
        ),
        ("quiz", "theme"): (
            "Tu travailles sur {quote} depuis {span}, de {first} à {latest}. De mémoire, que peux-tu en dire ?",
        ),
        ("question", "review"): (
            "Ta PR, ouverte {pull_day}, a {remarks}. Un semble bloquant et touche {concern}. On le regarde ensemble ?",
            "Ta PR {quote} a {remarks}. Un semble bloquant : {objector} écrit {objection}. On le regarde ensemble ?",
            "Ta PR {quote} a {remarks}. Un semble bloquant : {objection}. On le regarde ensemble ?",
            "Sur ta PR {quote}, {objector} écrit {objection}, ce qui semble la bloquer. On regarde ensemble ?",
            "Sur ta PR {quote} on lit {objection}, ce qui semble la bloquer. On regarde ensemble ?",
            "Ta PR {quote} a {remarks}. On les regarde ensemble ?",
            "Ta PR {quote} a {checks}. Sais-tu pourquoi ?",
            "{asker} demande ta relecture de {asks}, {pull_day}. On la fait ensemble ?",
            "Ta relecture de {asks} est demandée, {pull_day}. On la fait ensemble ?",
            "{asker} te mentionne dans {mentions}, {pull_day}. Que veux-tu répondre ?",
            "On te mentionne dans {mentions}, {pull_day}. Que veux-tu répondre ?",
            "Le ticket {assigned} t’est attribué et attend, dernier signe {pull_day}. Où en est-il ?",
        ),
        ("recap", "review"): (
            "Ta PR, ouverte {pull_day}, a {remarks}. Un semble bloquant et touche {concern}. On fait le point "
            "ensemble ?",
            "Ta PR {quote} a {remarks}. On fait le point ensemble ?",
            "Ta PR {quote} a {checks}. On fait le point ensemble ?",
            "{asker} demande ta relecture de {asks}, {pull_day}. On fait le point ensemble ?",
            "{asker} te mentionne dans {mentions}, {pull_day}. On fait le point ensemble ?",
            "Le ticket {assigned} t’est attribué et attend, dernier signe {pull_day}. On fait le point ?",
        ),
        ("next step", "review"): (
            "Ta PR, ouverte {pull_day}, a {remarks}. Un semble bloquant et touche {concern}. On le regarde ensemble ?",
            "Ta PR {quote} a {remarks}. Un semble bloquant : {objection}. On commence par là ?",
            "Sur ta PR {quote}, {objector} écrit {objection}, ce qui semble la bloquer. On commence par là ?",
            "Ta PR {quote} a {remarks}. On les regarde un par un ?",
            "Ta PR {quote} a {checks}. Quel serait le premier petit pas ?",
            "{asker} demande ta relecture de {asks}, {pull_day}. On commence ensemble ?",
            "{asker} te mentionne dans {mentions}, {pull_day}. On esquisse une réponse ?",
            "Le ticket {assigned} t’est attribué et attend, dernier signe {pull_day}. Quel serait le premier pas ?",
        ),
        ("question", "meeting"): (
            "{soon} : {quote} avec {company}. Tu as promis à {person} {promise}, et {questions} : par quoi commencer ?",
            "{soon} : {quote}. Tu as promis à {person} {promise}, et {questions} : par quoi commencer ?",
            "{soon} : {quote} avec {company}. Tu as promis à {person} {promise} : où en es-tu ?",
            "{soon} : {quote}. Tu as promis à {person} {promise} : où en es-tu ?",
            "{soon} : {quote} avec {company}, et {questions}. Par quoi veux-tu commencer ?",
            "{soon} : {quote}, et {questions}. Par quoi veux-tu commencer ?",
            "{soon} : {quote}, et il reste {open_task}. Où en es-tu ?",
            "{soon} : {quote}, et il y a {note}. Que veux-tu régler ?",
            "{soon} : {quote}. Que veux-tu régler ?",
            "{ended} vient de finir. Qu’en reste-t-il pour {note} ?",
            "{ended} vient de finir. Qu’en reste-t-il ?",
            "{quote} est dans ton agenda. Que veux-tu régler ?",
        ),
        ("recap", "meeting"): (
            "{soon} : {quote}. Tu as promis à {person} {promise}, et {questions} : on fait le point ?",
            "{soon} : {quote}. Tu as promis à {person} {promise} : on fait le point ?",
            "{soon} : {quote}, et {questions}. On fait le point ?",
            "{soon} : {quote}. On fait le point sur ce que tes notes en disent ?",
            "{ended} vient de finir. On note ce qu’il en reste pour {note} ?",
            "{ended} vient de finir. On note ce qu’il en reste ?",
            "{quote} est dans ton agenda. On fait le point sur ce que tes notes en disent ?",
        ),
        ("next step", "meeting"): (
            "{soon} : {quote}. Tu as promis à {person} {promise} : quel est le premier petit pas ?",
            "{soon} : {quote}, et il reste {open_task}. Quel est le premier petit pas ?",
            "{soon} : {quote}. Par quoi veux-tu commencer ?",
            "{ended} vient de finir. Quel est le prochain pas pour {note} ?",
            "{ended} vient de finir. Quel est le prochain pas ?",
            "{quote} est dans ton agenda. Par quoi veux-tu commencer ?",
        ),
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
