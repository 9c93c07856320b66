"""The English lexicon."""

from proactive_tui.text.lexicon.base import Lexicon

ENGLISH_LEXICON = Lexicon(
    "en",
    "english",
    function="""behind a an the this that these those i me my mine you your yours yourself myself he him his she her
    hers it its we us our ours they them their theirs who whom whose which what when where why how is am
    are was were be been being do does did doing done have has had having would could can may might of
    in on at to from by for with about between into through over under after before since until up down
    off out as than then and or but if whether so because while though although there here just also too
    only both such own same one ones other another let shall s t""",
    talking="""note notes wrote written write writing said says say mention mentioned mentions question line word
    words there together want""",
    asking="""find answer answered sketch draft outline try start begin continue resume pick remember recall
    decide decided work working change changed matter mean means help worth drop keep going go step next
    first small smallest one think idea use useful still yet already now again get make take see look
    feel like come ready time minute minutes close settle settled explain tell stand hold holds should
    must need will talk back any anything some something more most part link connect connected
    connection relate related have true today move bring follow today's put figure reason learned learn
    know known point left missing say would right happen happened turn done clear sense way best better
    share compare lead list walk revisit quiz test shape fit belong common forward finish finished
    further far hardest gather main rest sum went else thing things""",
    by_kind={
        "open question": "left leave close comes more ask asked asking wonder wondered open want wanted know find",
        "task": "task plan planned due list meant mean open",
        "theme": "lately recent recently left open been lead keep keeps come comes came back coming up "
        "run runs running theme thread last appear appears write writing across",
        "fading": "last back while long opened looked touched ago",
        "connection": "mention thing two both seem touch related close near same similar together connect "
        "link each side asked ask answer answers says",
        "thread": "off open just last left working worked work writing edited saved recent recently were been earlier",
        "goal": "want wanted goal habit plan planned set regularly aim went well better "
        "kept entry last took turn",
        "idea": "idea thought came good appeal appeals tempt",
        "rhythm": "wrote written want active until last first longest stretch stretches break breaks week seven days "
        "before bed helped keeps kept start",
        "unfinished work": "last commit commits touched left changed uncommitted stashed began middle pushed push "
        "merge finish so far",
        "review": "like review pr pull request comment comments new blocking blocks block seems looks look "
        "concern walk through one begin asked asks mentioned mentions answer issue assigned "
        "rested since check checks failed why settle go over first sketch start there want",
        "meeting": "calendar appointment minutes moment promised questions question ended just came open "
        "still settle",
        "news": "has may could affect affects bear bears says say change changes line there go over one new story note",
    },
    phrases="after all|got in the way|take it up again|"
        "without looking|without opening the note|from memory|in your own words|in one "
        "sentence|in a sentence|find out|"
    "one thing|either way|other way round",
    negations="not never no none nothing nobody without neither nor hardly cannot",
    common="""again all any can't didn't doesn't don't first get go i'd i'll i'm i've isn't it's know like made make
    many more most much need new now really see should some still sure that's there's thing things two use used using
    very want way what's will won't work works yet""",
    numbers={
        "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
        "eleven": 11, "twelve": 12, "twenty": 20, "thirty": 30, "hundred": 100, "thousand": 1000, "twice": 2,
        "half": 50, "dozen": 12,
    },
    days=("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    months=(
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
        "December",
    ),
)  # fmt: skip
