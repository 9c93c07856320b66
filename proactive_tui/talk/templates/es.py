"""Spanish opener templates."""

from proactive_tui.talk.templates.base import OpenerTemplates

SPANISH_TEMPLATES = OpenerTemplates(
    by_kind={
        ("question", "open question"): (
            "Te preguntabas {question} en {note}, {ago}. ¿Lo averiguaste?",
            "En {note}, {ago}, te preguntabas {question}. ¿Qué dirías ahora?",
            "Te preguntabas {question}, {ago}. ¿Lo averiguaste?",
            "{quote} es una pregunta abierta en {note}, {ago}. ¿Qué ayudaría a cerrar esto?",
            "{quote} es una pregunta abierta. ¿Qué ayudaría a cerrar esto?",
        ),
        ("question", "task"): (
            "Le prometiste a {person}: {quote}, para {due}. ¿Cómo va?",
            "Le prometiste a {person}: {quote}. ¿Cómo va?",
            "{quote} vence {due}. ¿Cómo va?",
            "{quote}, en {note}, vence {due}. ¿Qué falta?",
            "{quote} vencía {overdue}. ¿Vale la pena todavía, o lo dejamos?",
            "{quote} está previsto {planned}. ¿Cómo va?",
            "{quote} estaba previsto {missed}. ¿Vale la pena todavía?",
            "{quote} estaba previsto {begun}. ¿Cómo va?",
            "{quote} está en tu lista, en {note}. ¿Vale la pena todavía?",
            "{quote} está en tu lista. ¿Vale la pena todavía?",
        ),
        ("question", "theme"): (
            "Llevas {span} con {quote}, de {first} a {latest}. ¿Qué sigue abierto?",
            "{quote} aparece en {note} y en {other}. ¿Cuál es la pregunta?",
            "{quote} vuelve una y otra vez. ¿Cuál es la pregunta?",
        ),
        ("question", "fading"): (
            "La última vez que escribiste sobre {quote}, en {note}, fue {ago}. ¿Todavía es cierto para ti?",
            "La última vez que escribiste sobre {quote} fue {ago}. ¿Todavía es cierto para ti?",
        ),
        ("question", "connection"): (
            "Te preguntabas {asked} en {asked_in}, y en {answer_in} está {answer}. ¿Es la respuesta?",
            "{contrary} está en {note}, pero {other_said} está en {other}. ¿Cuál es cierto?",
            "{said} está en {note}, y {other_said} está en {other}. ¿Van juntas?",
            "{note} y {other} se tocan. ¿Van juntas?",
        ),
        ("question", "thread"): (
            "Trabajabas en {quote}, en {note}. ¿Qué sigue abierto ahí?",
            "Trabajabas en {quote}. ¿Qué sigue abierto ahí?",
        ),
        ("question", "goal"): (
            "{habit} iba bien hasta {worse_since}. ¿Qué cambió?",
            "{habit} va mejor desde {better_since}. ¿Qué ayudó?",
            "La última entrada de {habit} fue {entry}. ¿Cómo va?",
            "Cumpliste {habit} {run}. ¿Qué ayuda?",
            "Te propusiste {quote} en {note}, {ago}. ¿Cómo va?",
            "Te propusiste {quote} {ago}. ¿Cómo va?",
        ),
        ("question", "idea"): (
            "Tuviste una idea en {note}, {ago}: {quote}. ¿Qué piensas hoy de ella?",
            "Tuviste una idea {ago}: {quote}. ¿Qué piensas hoy de ella?",
        ),
        ("question", "unfinished work"): (
            "Trabajaste en {branch} de {repository} {ago}: {to_merge} por fusionar. ¿Vale la pena todavía?",
            "Tu último commit en {branch} de {repository} fue {ago}: {to_merge} por fusionar. ¿Qué falta?",
            "Trabajaste en {branch} de {repository} {ago}: {to_merge} por fusionar. ¿Qué dice {tied}?",
            "{ago} dejaste {remark} en {repository}, y está {tied}. ¿Hace falta todavía?",
            "Tu último commit en {branch} de {repository} fue {ago}: {to_push} por subir. ¿Qué falta?",
            "En {repository} dejaste {uncommitted} en espera de un commit, último cambio {ago}. ¿Qué falta?",
            "{ago} apartaste {stash} en {repository}. ¿Vale la pena todavía?",
            "{ago} empezaste un {operation} en {repository}, sigue a medias. ¿Qué falta?",
            "{ago} subiste {draft} en {branch} de {repository}. ¿Qué falta?",
            "{ago} dejaste {remark} en {place} de {repository}. ¿Hace falta todavía?",
            "{ago} dejaste {remark} en {repository}. ¿Hace falta todavía?",
        ),
        ("recap", "theme"): (
            "Llevas {span} con {quote}, de {first} a {latest}. ¿Quieres repasar juntos dónde estás?",
            "{quote} recorre {note} y {other}. ¿Quieres repasar juntos dónde estás?",
        ),
        ("recap", "fading"): (
            "La última vez que escribiste sobre {quote}, en {note}, fue {ago}. ¿Lo quieres repasar?",
            "La última vez que escribiste sobre {quote} fue {ago}. ¿Lo quieres repasar?",
        ),
        ("next step", "task"): (
            "Le prometiste a {person}: {quote}, para {due}. ¿Quieres esbozar juntos?",
            "Le prometiste a {person}: {quote}. ¿Quieres esbozar juntos?",
            "{quote} vence {due}. ¿Cuál es el primer paso?",
            "{quote}, en {note}, vence {due}. ¿Cuál es el primer paso?",
            "{quote} vencía {overdue}. ¿Qué paso pequeño ayudaría hoy?",
            "{quote} está previsto {planned}. ¿Cuál es el primer paso?",
            "{quote} estaba previsto {missed}. ¿Qué paso pequeño ayudaría hoy?",
            "{quote} está en tu lista, en {note}. ¿Cuál es el primer paso?",
            "{quote} está en tu lista. ¿Cuál es el primer paso?",
        ),
        ("next step", "thread"): (
            "Trabajabas en {quote}, en {note}. ¿Qué sigue?",
            "Trabajabas en {quote}. ¿Qué sigue?",
        ),
        ("next step", "goal"): (
            "{habit} iba bien hasta {worse_since}. ¿Qué paso pequeño ayudaría?",
            "Cumpliste {habit} {run}. ¿Cuál es el siguiente paso?",
            "Te propusiste {quote} en {note}, {ago}. ¿Cuál es el siguiente paso?",
        ),
        ("next step", "idea"): (
            "Tuviste una idea en {note}, {ago}: {quote}. ¿Cuál sería el primer paso?",
            "Tuviste una idea {ago}: {quote}. ¿Cuál sería el primer paso?",
        ),
        ("next step", "open question"): (
            "Te preguntabas {question} en {note}, {ago}. ¿Por dónde empezar?",
            "Te preguntabas {question}, {ago}. ¿Por dónde empezar?",
        ),
        ("next step", "unfinished work"): (
            "Trabajaste en {branch} de {repository} {ago}: {to_merge} por fusionar. ¿Cuál sería el siguiente paso?",
            "Trabajaste en {branch} de {repository} {ago}: {to_merge} por fusionar. ¿Lo miramos junto con {tied}?",
            "Trabajaste en {branch} de {repository} {ago}: {to_push} por subir. ¿Cuál sería el siguiente paso?",
            "En {repository} dejaste {uncommitted} en espera de un commit, último cambio {ago}. ¿Cuál sería el "
            "siguiente paso?",
            "{ago} apartaste {stash} en {repository}. ¿Cuál sería el siguiente paso?",
            "{ago} empezaste un {operation} en {repository}, sigue a medias. ¿Cuál sería el siguiente paso?",
            "{ago} subiste {draft} en {branch} de {repository}. ¿Cuál sería el siguiente paso?",
            "{ago} dejaste {remark} en {place} de {repository}. ¿Cuál sería el primer paso?",
            "{ago} dejaste {remark} en {repository}. ¿Cuál sería el primer paso?",
        ),
        ("quiz", "fading"): (
            "La última vez que escribiste sobre {quote}, en {note}, fue {ago}. Sin mirar, ¿qué recuerdas?",
            "La última vez que escribiste sobre {quote} fue {ago}. Sin mirar, ¿qué recuerdas?",
        ),
        ("connect", "connection"): (
            "Te preguntabas {asked} en {asked_in}, y en {answer_in} está {answer}. ¿Es la respuesta?",
            "{contrary} está en {note}, pero {other_said} está en {other}. ¿Cuál es cierto?",
            "{said} está en {note}, y {other_said} está en {other}. ¿Cuál es la relación?",
            "{note} y {other} se tocan. ¿Cuál es la relación?",
        ),
        ("connect", "theme"): ("{quote} recorre {note} y {other}. ¿Cuál es la relación?",),
        ("next step", "theme"): (
            "Llevas {span} con {quote}, y sigue abierto {open_end}. ¿Es el siguiente paso?",
            "Llevas {span} con {quote}, y tus notas llevan a {missing}. ¿Es el siguiente paso?",
            "Sobre {quote} sigue abierto {open_end}. ¿Es el siguiente paso?",
            "Llevas {span} con {quote}, de {first} a {latest}. ¿Qué sigue?",
        ),
        ("quiz", "theme"): ("Llevas {span} con {quote}, de {first} a {latest}. Sin mirar, ¿qué recuerdas?",),
        ("question", "review"): (
            "Tu PR, abierto {pull_day}, tiene {remarks}. Uno parece bloqueante y toca {concern}. ¿Lo repasamos juntos?",
            "Tu PR {quote} tiene {remarks}. Uno parece bloqueante: {objector} escribió {objection}. ¿Lo repasamos "
            "juntos?",
            "Tu PR {quote} tiene {remarks}. Uno parece bloqueante: {objection}. ¿Lo repasamos juntos?",
            "En tu PR {quote}, {objector} escribió {objection}, y eso parece bloquearlo. ¿Lo repasamos juntos?",
            "En tu PR {quote} se lee {objection}, y eso parece bloquearlo. ¿Lo repasamos juntos?",
            "Tu PR {quote} tiene {remarks}. ¿Los repasamos juntos?",
            "Tu PR {quote} tiene {checks}. ¿Sabes por qué?",
            "{asker} pide tu revisión de {asks}, {pull_day}. ¿Qué quieres mirar primero?",
            "Se pide tu revisión de {asks}, {pull_day}. ¿Qué quieres mirar primero?",
            "{asker} te menciona en {mentions}, {pull_day}. ¿Qué quieres responder?",
            "Te mencionan en {mentions}, {pull_day}. ¿Qué quieres responder?",
            "La incidencia {assigned} es tuya y espera, último cambio {pull_day}. ¿Cómo va?",
        ),
        ("recap", "review"): (
            "Tu PR, abierto {pull_day}, tiene {remarks}. Uno parece bloqueante y toca {concern}. ¿Repasamos todo "
            "juntos?",
            "Tu PR {quote} tiene {remarks}. ¿Repasamos todo juntos?",
            "Tu PR {quote} tiene {checks}. ¿Repasamos lo que falta?",
            "{asker} pide tu revisión de {asks}, {pull_day}. ¿La repasamos juntos?",
            "{asker} te menciona en {mentions}, {pull_day}. ¿Lo repasamos juntos?",
            "La incidencia {assigned} es tuya y espera, último cambio {pull_day}. ¿La repasamos?",
        ),
        ("next step", "review"): (
            "Tu PR, abierto {pull_day}, tiene {remarks}. Uno parece bloqueante y toca {concern}. ¿Lo repasamos juntos?",
            "Tu PR {quote} tiene {remarks}. Uno parece bloqueante: {objection}. ¿Empezamos por ahí?",
            "En tu PR {quote}, {objector} escribió {objection}, y eso parece bloquearlo. ¿Empezamos por ahí?",
            "Tu PR {quote} tiene {remarks}. ¿Los repasamos uno por uno?",
            "Tu PR {quote} tiene {checks}. ¿Cuál sería el primer paso?",
            "{asker} pide tu revisión de {asks}, {pull_day}. ¿Empezamos juntos?",
            "{asker} te menciona en {mentions}, {pull_day}. ¿Esbozamos una respuesta?",
            "La incidencia {assigned} es tuya y espera, último cambio {pull_day}. ¿Cuál sería el primer paso?",
        ),
    },
    plain={
        "question": (
            "Escribiste sobre {quote} en {note}, {ago}. ¿Qué dirías ahora?",
            "Escribiste sobre {quote} {ago}. ¿Qué dirías ahora?",
        ),
        "recap": (
            "Escribiste sobre {quote} en {note}, {ago}. ¿Lo quieres repasar?",
            "Escribiste sobre {quote} {ago}. ¿Lo quieres repasar?",
        ),
        "next step": (
            "Escribiste sobre {quote} en {note}, {ago}. ¿Qué sigue?",
            "Escribiste sobre {quote} {ago}. ¿Qué sigue?",
        ),
        "quiz": (
            "Escribiste sobre {quote} en {note}, {ago}. Sin mirar, ¿qué recuerdas?",
            "Escribiste sobre {quote} {ago}. Sin mirar, ¿qué recuerdas?",
        ),
        "connect": (
            "Escribiste sobre {quote} en {note}, {ago}, y está {other}. ¿Cuál es la relación?",
            "Escribiste sobre {quote} {ago}. ¿Con qué notas lo quieres relacionar?",
        ),
    },
)
