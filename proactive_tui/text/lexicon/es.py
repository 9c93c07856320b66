"""The Spanish lexicon."""

from proactive_tui.text.lexicon.base import Lexicon

SPANISH_LEXICON = Lexicon(
    "es",
    "spanish",
    function="""el la los las un una unos unas lo y e o u pero yo me mi mis tú tu tus te ti él ella ello se su sus
    nosotros nos nuestro nuestra ellos ellas les le este esta esto estos estas ese esa eso esos esas
    aquel qué que quién quien cuál cual cuándo cuando dónde donde por porque cómo como es soy eres son
    era eras fue fueron ser sido está estás están estaba estabas estar ha has he hemos han había habías
    haber puede puedes podemos podría de del en a al con para sobre entre hasta desde durante antes
    después si así entonces también ahí aquí allí mismo misma todo toda todos todas ambos ambas hay va
    vas vamos algo hace""",
    talking="""nota notas escribiste escrito escribir escribías dice dijiste apuntaste anotaste línea pregunta
    palabra juntos quieres""",
    asking="""cambió ayudó ayuda ayudaría encontrar encontraste encontrado respuesta responder esbozar redactar
    probar empezar continuar
    retomar recuerdas decidir decidido decidiste trabajar cambiar cambiado ayuda ayudar vale pena
    guardar dejar dejamos descartar paso siguiente próximo primer primero pequeño más pensar idea aún
    todavía ya ahora otra vez hacer ver mirar miramos listo tiempo minutos cerrar explicar decir cierto
    debe hace falta necesitas hablar volver relación relacionar conectar une hoy abierta abierto sabes
    saber averiguaste averiguar claro repasar aprender aprendido otro sigue seguir avanzar sería cosa
    punto dirías van""",
    by_kind={
        "open question": "preguntaste preguntabas preguntar abierta saber",
        "task": "tarea planeado pendiente vence lista planeaste vencía previsto",
        "theme": "últimamente recientemente otra vez tema aparece vuelve recorre llevas sigue abierto notas llevan",
        "fading": "última vez tiempo",
        "connection": "cerca parecidas juntas tocan relacionadas preguntabas",
        "thread": "recientemente acabas trabajabas trabajando último",
        "goal": "querías objetivo hábito regularmente propusiste iba bien mejor última entrada cumpliste",
        "idea": "idea tuviste ocurrió piensas gusta",
        "rhythm": "escribiste quieres actividad duró terminó empezó ratos largos tuviste libre semana últimos siete "
        "días cama retiene ayudó fueron",
        "unfinished work": "trabajaste último commit fue fusionar subir subiste dejaste espera cambio apartaste "
        "empezaste medias sigue",
        "review": "tiene espera la fusión pr revisión comentario comentarios nuevo nuevos parece bloqueante "
        "bloquearlo toca repasamos juntos escribió abierto pide menciona mencionan responder "
        "respuesta incidencia tuya movido último cambio comprobación comprobaciones fallida "
        "fallidas sabes lee empezamos primero uno",
        "meeting": "calendario cita minutos momento prometiste pregunta preguntas trata tratan acaba terminar "
        "salió ahí resumimos sigue pendiente aclarar",
        "news": "publica puede tocar toca cambia cambiaría allí algo línea nuevo repasamos",
    },
    phrases="sin mirar|de memoria|con tus palabras|en una frase",
    negations="no nunca jamás nada nadie ningún ninguna ninguno sin ni tampoco",
    common="muy más sí tiene uno ya",
    numbers={
        "dos": 2, "tres": 3, "cuatro": 4, "cinco": 5, "seis": 6, "siete": 7, "ocho": 8, "nueve": 9, "diez": 10,
        "once": 11, "doce": 12, "veinte": 20, "cien": 100, "mil": 1000,
    },
    days=("lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo"),
    months=(
        "enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre", "noviembre",
        "diciembre",
    ),
)  # fmt: skip
