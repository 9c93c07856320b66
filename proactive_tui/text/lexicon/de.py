"""The German lexicon."""

from proactive_tui.text.lexicon.base import Lexicon

GERMAN_LEXICON = Lexicon(
    "de",
    "german",
    function="""der die das den dem des ein eine einen einem einer eines und oder aber ich mich mir mein meine du
    dich dir dein deine deinen deinem deiner er ihn ihm sein seine sie ihr ihre es wir uns unser unsere
    man wer wen wem was wann wo warum wie welche welcher welches ist bin bist sind war waren warst wäre
    sei hat habe hast haben hatte hattest hatten hätte wird werden wurde würde kann kannst würdest
    können könnte konnte darf mag möchte möchtest von in im ins an am auf aus bei beim mit nach vor zu
    zum zur für über unter zwischen durch um bis seit als wenn dass ob weil denn so da dort hier auch
    nur dies diese dieser dieses diesem diesen davon dazu daran darauf darüber damit dabei sich selbst
    beide beides beiden etwas einmal mal gerade eben doch dann also sollen sollten wollen wollten""",
    talking="""notiz notizen geschrieben schreibst schreiben schriebst steht stand gesagt notiert zeile frage wort
    zusammen willst""",
    asking="""geholfen hilft weg stimmt antwort geht geändert finden gefunden herausgefunden antwort beantwortet
    skizzieren entwerfen versuchen anfangen beginnen
    weitermachen weiter erinnern erinnerst entscheiden entschieden arbeiten ändern geändert hilft helfen
    lohnt wert lassen streichen behalten gehen schritt nächste nächster nächsten erste ersten kleine
    kleiner kleinste denken idee noch schon jetzt wieder machen sehen schauen anschauen ansehen kommen
    bereit zeit minuten klären geklärt erklären sagen stimmt soll sollte muss brauchst reden sprechen
    zurück verbinden verbindet verbindung hängen zusammenhängen heute offen weißt weiß gehört fehlt klar
    dran rest durchgehen festhalten abfragen kurz lernen gelernt anders gemeinsam passt passen fällt gehören
    kommt geht dahinter stehst damals""",
    by_kind={
        "open question": "noch gefragt fragst fragtest wissen offen",
        "task": "aufgabe vorgenommen geplant fällig offen liste",
        "theme": "beschäftigt zuletzt neulich thema taucht immer wieder auf vor kommt zieht offen bist führen",
        "fading": "zuletzt letzte letzten mal lange her",
        "connection": "zwei verwandt ähnlich zusammen berühren nahe beieinander seiten gefragt frage steht",
        "thread": "zuletzt eben gerade geschrieben gearbeitet warst dabei",
        "goal": "wolltest ziel gewohnheit vorgenommen regelmäßig lief läuft gut besser letzte eintrag geklappt wurde",
        "idea": "idee einfall hältst gefällt reizt denkst darüber",
        "rhythm": "geschrieben willst aktiv zuletzt zuerst längsten strecken frei woche letzten sieben "
        "tagen bett geholfen hält",
        "unfinished work": "letzter commit commits gearbeitet zuletzt arbeit wartet merge pushen gepusht gelegt "
        "stash begonnen mittendrin geändert geschrieben offen",
        "review": "alles worauf zuerst worum review pr kommentar kommentare neu neue neuen sieht nach "
        "blockierenden einwand aus geht blockiert wohl schrieb gehen durch durchgehen zusammen "
        "bittet erwähnt erwähnst antworten antwort zugewiesen ruht zuletzt etwas check checks "
        "fehlgeschlagen fehlgeschlagene fehlgeschlagenen warum steht einer fangen damit eins nach "
        "dem anderen issue gebeten wurde wurdest",
        "meeting": "kalender termin minuten gleich versprochen frage fragen handelt handeln davon zuerst noch gerade "
        "vorbei kam dabei heraus herauskam offen gibt steht klären",
        "news": "bringt vielleicht wichtig steht ändert ändern würde dort etwas durchgehen zeile neu",
    },
    phrases="ohne nachzusehen|ohne nachzuschauen|aus dem gedächtnis|in eigenen worten|in einem satz|fällt dir "
        "ein|in beiden",
    negations="nicht nie niemals kein keine keinen keinem keiner nichts niemand ohne weder kaum",
    common="alle ja muss noch schon soll",
    numbers={
        "zwei": 2, "drei": 3, "vier": 4, "fünf": 5, "sechs": 6, "sieben": 7, "acht": 8, "neun": 9, "zehn": 10,
        "elf": 11, "zwölf": 12, "zwanzig": 20, "hundert": 100, "tausend": 1000, "zweimal": 2, "dreimal": 3,
    },
    days=("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag"),
    months=(
        "Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November",
        "Dezember",
    ),
)  # fmt: skip
