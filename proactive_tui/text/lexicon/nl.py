"""The Dutch lexicon."""

from proactive_tui.text.lexicon.base import Lexicon

DUTCH_LEXICON = Lexicon(
    "nl",
    "dutch",
    function="""de het een en of maar ik me mij mijn je jij jou jouw u uw hij hem zijn ze zij haar het wij we ons
    onze jullie hun dit dat deze die wie wat welke wanneer waar waarom hoe is ben bent zijn was waren
    geweest heeft heb hebt hebben had hadden kan kunt kun kunnen zou zouden mag van in op aan uit bij
    met naar voor over onder tussen door om tot sinds als dan omdat want zo er daar hier ook zelf beide
    al wordt worden werd te""",
    talking="notitie notities geschreven schreef schrijven zei zegt genoteerd regel vraag woord samen wil",
    asking="""vinden gevonden antwoord schetsen proberen beginnen doorgaan verder herinner besluiten besloten
    werken veranderen veranderd helpt helpen waard laten houden stap volgende eerste kleine meer denken
    idee nog nu weer doen maken zien kijken klaar tijd minuten afronden uitleggen zeggen waar moet nodig
    praten terug verband verbinden vandaag open weet weten duidelijk geleerd anders""",
    by_kind={
        "open question": "vroeg gevraagd afvroeg open weten",
        "task": "taak gepland lijst",
        "theme": "onlangs laatst thema komt terug",
        "fading": "laatst keer lang geleden",
        "connection": "verwant dichtbij samen",
        "thread": "onlangs net bezig",
        "goal": "wilde doel gewoonte regelmatig",
        "idea": "idee inval vind bevalt",
    },
    phrases="zonder te kijken|uit het hoofd|in je eigen woorden|in één zin",
    negations="niet nooit geen niets niemand zonder noch nauwelijks",
    numbers={
        "twee": 2, "drie": 3, "vier": 4, "vijf": 5, "zes": 6, "zeven": 7, "acht": 8, "negen": 9, "tien": 10,
        "honderd": 100, "duizend": 1000,
    },
    days=("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag"),
    months=(
        "januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november",
        "december",
    ),
)  # fmt: skip
