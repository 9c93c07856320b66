"""The Italian lexicon."""

from proactive_tui.text.lexicon.base import Lexicon

ITALIAN_LEXICON = Lexicon(
    "it",
    "italian",
    function="""il lo la i gli le l un uno una dei degli delle e ed o ma io mi me mio mia miei tu ti te tuo tua tuoi
    tue egli lui lei esso si suo sua suoi noi ci nostro nostra voi vi vostro loro questo questa questi
    queste quello quella quelli quelle che chi cosa quale quali quando dove perché come è sono sei siamo
    era eri erano essere stato stata ha ho hai abbiamo hanno aveva avevi avere può puoi possiamo
    potrebbe di del dello della d in nel nella a al alla con per su sul sulla tra fra da dal dalla fino
    prima dopo durante se così allora anche lì qui stesso tutto tutti ne c""",
    talking="nota note scritto scrivevi scrivere detto dice annotato riga domanda parola insieme vuoi",
    asking="""trovare trovato risposta rispondere abbozzare provare iniziare continuare riprendere ricordi
    decidere deciso lavorare cambiare cambiato aiuta aiutare vale pena tenere lasciare passo prossimo
    primo piccolo più pensare idea ancora già adesso ora fare vedere guardare guardiamo pronto tempo
    minuti chiudere spiegare dire vero deve serve parlare tornare legame collegare oggi aperta aperto
    sai sapere scoperto chiaro imparato altro""",
    by_kind={
        "open question": "chiedevi chiesto aperta sapere",
        "task": "compito previsto scadenza lista",
        "theme": "ultimamente recentemente tema torna",
        "fading": "ultima volta tempo",
        "connection": "vicine simili insieme",
        "thread": "recentemente appena lavoravi",
        "goal": "volevi obiettivo abitudine regolarmente",
        "idea": "idea venuta pensi piace",
    },
    phrases="senza guardare|a memoria|con parole tue|in una frase",
    negations="non mai no niente nulla nessuno nessuna senza né",
    numbers={
        "due": 2, "tre": 3, "quattro": 4, "cinque": 5, "sei": 6, "sette": 7, "otto": 8, "nove": 9, "dieci": 10,
        "cento": 100, "mille": 1000,
    },
    days=("lunedì", "martedì", "mercoledì", "giovedì", "venerdì", "sabato", "domenica"),
    months=(
        "gennaio", "febbraio", "marzo", "aprile", "maggio", "giugno", "luglio", "agosto", "settembre", "ottobre",
        "novembre", "dicembre",
    ),
)  # fmt: skip
