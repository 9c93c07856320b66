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
            "{quote} aparece en {note} y en {other}. ¿Cuál es la pregunta?",
            "{quote} vuelve una y otra vez. ¿Cuál es la pregunta?",
        ),
        ("question", "fading"): (
            "La última vez que escribiste sobre {quote}, en {note}, fue {ago}. ¿Todavía es cierto para ti?",
            "La última vez que escribiste sobre {quote} fue {ago}. ¿Todavía es cierto para ti?",
        ),
        ("question", "connection"): ("{note} y {other} se tocan. ¿Van juntas?",),
        ("question", "thread"): (
            "Trabajabas en {quote}, en {note}. ¿Qué sigue abierto ahí?",
            "Trabajabas en {quote}. ¿Qué sigue abierto ahí?",
        ),
        ("question", "goal"): (
            "Te propusiste {quote} en {note}, {ago}. ¿Cómo va?",
            "Te propusiste {quote} {ago}. ¿Cómo va?",
        ),
        ("recap", "theme"): ("{quote} recorre {note} y {other}. ¿Quieres repasar juntos dónde estás?",),
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
        ("next step", "goal"): ("Te propusiste {quote} en {note}, {ago}. ¿Cuál es el siguiente paso?",),
        ("next step", "open question"): (
            "Te preguntabas {question} en {note}, {ago}. ¿Por dónde empezar?",
            "Te preguntabas {question}, {ago}. ¿Por dónde empezar?",
        ),
        ("quiz", "fading"): (
            "La última vez que escribiste sobre {quote}, en {note}, fue {ago}. Sin mirar, ¿qué recuerdas?",
            "La última vez que escribiste sobre {quote} fue {ago}. Sin mirar, ¿qué recuerdas?",
        ),
        ("connect", "connection"): (
            "{common} está en {note} y en {other}. ¿Cuál es la relación?",
            "{note} y {other} se tocan. ¿Cuál es la relación?",
        ),
        ("connect", "theme"): ("{quote} recorre {note} y {other}. ¿Cuál es la relación?",),
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
