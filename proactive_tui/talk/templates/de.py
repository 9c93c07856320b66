"""German opener templates."""

from proactive_tui.talk.templates.base import OpenerTemplates

GERMAN_TEMPLATES = OpenerTemplates(
    by_kind={
        ("question", "open question"): (
            "{ago} hast du in {note} gefragt: {question} Hast du es herausgefunden?",
            "In {note} hast du {ago} gefragt: {question} Was wäre heute deine Antwort?",
            "{ago} hast du gefragt: {question} Hast du es herausgefunden?",
            "{quote} stand {ago} noch offen in {note}. Was würde es klären?",
            "{quote} stand {ago} noch offen. Was würde es klären?",
        ),
        ("question", "task"): (
            "Du hast {person} versprochen: {quote}, fällig {due}. Wie steht es damit?",
            "Du hast {person} versprochen: {quote}. Das war {overdue} fällig: was fehlt noch?",
            "Du hast {person} versprochen: {quote}. Wie steht es damit?",
            "{quote} ist {due} fällig. Wie steht es damit?",
            "{quote} aus {note} ist {due} fällig. Was fehlt noch?",
            "{quote} war {overdue} fällig. Lohnt es sich noch, oder streichen wir es?",
            "{quote} ist {planned} geplant. Wie steht es damit?",
            "{quote} war {missed} geplant. Lohnt es sich noch?",
            "{quote} war {begun} geplant. Wie steht es damit?",
            "{quote} steht in {note} auf deiner Liste. Lohnt es sich noch?",
            "{quote} steht auf deiner Liste. Lohnt es sich noch?",
        ),
        ("question", "theme"): (
            "Seit {span} beschäftigt dich {quote}, von {first} bis {latest}. Was ist für dich noch offen?",
            "{quote} kommt in {note} und in {other} vor. Was ist die Frage dahinter?",
            "{quote} taucht immer wieder auf, so in {note}. Was hast du dabei gelernt?",
            "{quote} taucht immer wieder auf. Was ist die Frage dahinter?",
        ),
        ("question", "fading"): (
            "{ago} hast du in {quote} geschrieben: {said}. Stimmt es noch für dich?",
            "Über {quote} hast du zuletzt {ago} geschrieben, in {note}. Stimmt es noch für dich?",
            "Über {quote} hast du zuletzt {ago} geschrieben. Was hat sich seit damals geändert?",
        ),
        ("question", "connection"): (
            "In {asked_in} hast du gefragt: {asked} In {answer_in} steht {answer}: ist das deine Antwort?",
            "In {note} hast du geschrieben: {contrary}, in {other} aber: {other_said}. Was davon stimmt?",
            "In {note} hast du geschrieben: {said}, und in {other}: {other_said}. Gehört das zusammen?",
            "{note} und {other} berühren sich. Gehören sie zusammen?",
        ),
        ("question", "thread"): (
            "Du hast gerade in {note} über {quote} geschrieben. Was ist noch offen?",
            "Du hast gerade über {quote} geschrieben. Was ist noch offen?",
        ),
        ("question", "goal"): (
            "Bis {worse_since} lief {habit} gut. Was hat sich geändert?",
            "{better_since} wurde {habit} besser. Was hat geholfen?",
            "Der letzte Eintrag zu {habit} war {entry}. Was war im Weg?",
            "{habit} hat {run} geklappt. Was hilft dir dabei?",
            "{ago} hast du dir in {note} vorgenommen: {quote}. Wie geht es damit?",
            "{ago} hast du dir vorgenommen: {quote}. Wie geht es damit?",
        ),
        ("question", "news"): (
            "{feed} bringt {quote}, vielleicht wichtig für {place}: {other_said}. Ändert es dort etwas?",
            "{feed} bringt {quote}, vielleicht wichtig für {place}. Ändert es dort etwas?",
        ),
        ("recap", "news"): (
            "{feed} bringt {quote}, vielleicht wichtig für {place}: {other_said}. Wollen wir es durchgehen?",
            "{feed} bringt {quote}, vielleicht wichtig für {place}. Wollen wir es durchgehen?",
        ),
        ("connect", "news"): (
            "{feed} bringt {quote}, und {other_said} steht in {place}. Was würde es dort ändern?",
            "{feed} bringt {quote}, vielleicht wichtig für {place}. Was würde es dort ändern?",
        ),
        ("question", "idea"): (
            "{ago} hattest du in {note} eine Idee: {quote}. Was hältst du heute davon?",
            "In {note} hattest du {ago} eine Idee: {quote}. Reizt sie dich noch?",
            "{ago} hattest du eine Idee: {quote}. Was hältst du heute davon?",
        ),
        ("question", "rhythm"): (
            "Du hast {wrote} geschrieben, dass du {bed_wish} willst; aktiv warst du {lately} bis {until}. Schauen "
            "wir an, "
            "was dich hält?",
            "Du hast {wrote} geschrieben: {quote}; aktiv warst du {lately} bis {until}. Schauen wir an, was dich hält?",
            "Du hast {wrote} geschrieben: {quote}; zuletzt aktiv warst du {lately} um {ended_by}. Was hat geholfen?",
            "Du hast {wrote} geschrieben: {quote}; zuerst aktiv warst du {lately} um {begun_at}. Was hilft dir dabei?",
            "Du hast {wrote} geschrieben: {quote}; zuerst aktiv warst du {lately} um {begun_by}. Was hat geholfen?",
            "Du hast {wrote} geschrieben: {quote}; deine längsten Strecken {lately}: {longest}. Was hilft dir dabei?",
            "Du hast {wrote} geschrieben: {quote}; deine längsten Strecken {lately}: {short_enough}. Was hat geholfen?",
            "Du hast {wrote} geschrieben: {quote}; aktiv warst du {lately} {active_for}. Was hält dich?",
            "Du hast {wrote} geschrieben: {quote}; aktiv warst du {lately} {held_to}. Was hat geholfen?",
            "Du hast {wrote} geschrieben: {quote}; aktiv warst du {on_days} {worked_for}. Was hält dich?",
            "Du hast {wrote} geschrieben: {quote}; frei warst du {off_on}. Was hat geholfen?",
            "Aktiv warst du {lately} bis {noticed_until}. Ist es so, wie du es willst?",
            "Deine längsten Strecken {lately}: {noticed_longest}. Ist es so, wie du es willst?",
        ),
        ("question", "unfinished work"): (
            "Dein letzter Commit auf {branch} in {repository} war {ago}: {to_merge} für den Merge. Lohnt es sich noch?",
            "An {branch} in {repository} hast du zuletzt {ago} gearbeitet: {to_merge} für den Merge. Was fehlt noch?",
            "An {branch} in {repository} hast du zuletzt {ago} gearbeitet: {to_merge} für den Merge. Was steht in "
            "{tied} dazu?",
            "{ago} hast du {remark} in {repository} geschrieben. Passt {tied} dazu?",
            "Dein letzter Commit auf {branch} in {repository} war {ago}: {to_push} zu pushen. Was fehlt noch?",
            "In {repository} wartet Arbeit auf den Commit, {uncommitted}, zuletzt {ago} geändert. Was fehlt noch?",
            "{ago} hast du in {repository} {stash} in den Stash gelegt. Brauchst du es noch?",
            "{ago} hast du in {repository} einen {operation} begonnen, er ist mittendrin. Was muss geklärt werden?",
            "{ago} hast du {draft} auf {branch} in {repository} gepusht. Was fehlt noch?",
            "{ago} hast du {remark} in {place} von {repository} geschrieben. Ist das noch offen?",
            "{ago} hast du {remark} in {repository} geschrieben. Ist das noch offen?",
        ),
        ("recap", "open question"): (
            "{ago} hast du in {note} gefragt: {question} Sollen wir ansehen, was schon in deinen Notizen steht?",
        ),
        ("recap", "theme"): (
            "Seit {span} beschäftigt dich {quote}, von {first} bis {latest}. Sollen wir kurz festhalten, wo du stehst?",
            "{quote} zieht sich durch {note} und {other}. Sollen wir kurz festhalten, wo du stehst?",
            "{quote} taucht immer wieder auf. Sollen wir kurz festhalten, wo du stehst?",
        ),
        ("recap", "fading"): (
            "{ago} hast du in {quote} geschrieben: {said}. Sollen wir den Rest kurz durchgehen?",
            "Über {quote} hast du zuletzt {ago} geschrieben, in {note}. Sollen wir es kurz durchgehen?",
            "Über {quote} hast du zuletzt {ago} geschrieben. Sollen wir es kurz durchgehen?",
        ),
        ("recap", "thread"): (
            "Du hast gerade in {note} über {quote} geschrieben. Sollen wir kurz festhalten, wo es steht?",
        ),
        ("recap", "goal"): (
            "Bis {worse_since} lief {habit} gut. Sollen wir ansehen, wie es geht?",
            "{habit} hat {run} geklappt. Sollen wir ansehen, wie es geht?",
            "{ago} hast du dir in {note} vorgenommen: {quote}. Sollen wir ansehen, wie es geht?",
        ),
        ("next step", "task"): (
            "Du hast {person} versprochen: {quote}, fällig {due}. Sollen wir es zusammen skizzieren?",
            "Du hast {person} versprochen: {quote}. Sollen wir es zusammen skizzieren?",
            "{quote} ist {due} fällig. Was ist der erste kleine Schritt?",
            "{quote} aus {note} ist {due} fällig. Sollen wir zusammen anfangen?",
            "{quote} war {overdue} fällig. Was ist der kleinste Schritt, der heute hilft?",
            "{quote} ist {planned} geplant. Was ist der erste kleine Schritt?",
            "{quote} war {missed} geplant. Was ist der kleinste Schritt, der heute hilft?",
            "{quote} steht in {note} auf deiner Liste. Was ist der erste kleine Schritt?",
            "{quote} steht auf deiner Liste. Was ist der erste kleine Schritt?",
        ),
        ("next step", "thread"): (
            "Du hast gerade in {note} über {quote} geschrieben. Was kommt als Nächstes?",
            "Du hast gerade über {quote} geschrieben. Was kommt als Nächstes?",
        ),
        ("next step", "goal"): (
            "Bis {worse_since} lief {habit} gut. Was ist der kleinste Schritt, der jetzt hilft?",
            "Der letzte Eintrag zu {habit} war {entry}. Was ist der kleinste Schritt, der jetzt hilft?",
            "{habit} hat {run} geklappt. Was ist der nächste kleine Schritt?",
            "{ago} hast du dir in {note} vorgenommen: {quote}. Was ist der nächste kleine Schritt?",
            "{ago} hast du dir vorgenommen: {quote}. Was ist der nächste kleine Schritt?",
        ),
        ("next step", "idea"): (
            "{ago} hattest du in {note} eine Idee: {quote}. Was wäre der erste kleine Schritt?",
            "{ago} hattest du eine Idee: {quote}. Was wäre der erste kleine Schritt?",
        ),
        ("next step", "open question"): ("{ago} hast du in {note} gefragt: {question} Wo würdest du anfangen?",),
        ("next step", "theme"): (
            "Seit {span} beschäftigt dich {quote}, und offen ist {open_end}. Sollen wir das als Nächstes ansehen?",
            "Seit {span} beschäftigt dich {quote}, und deine Notizen führen zu {missing}. Ist das der nächste Schritt?",
            "Bei {quote} ist offen: {open_end}. Sollen wir das als Nächstes ansehen?",
            "Seit {span} beschäftigt dich {quote}, von {first} bis {latest}. Was kommt als Nächstes?",
            "{quote} kommt in {note} und in {other} vor. Was würdest du jetzt versuchen?",
        ),
        ("next step", "rhythm"): (
            "Du hast {wrote} geschrieben, dass du {bed_wish} willst; aktiv warst du {lately} bis {until}. Welcher "
            "kleine "
            "Schritt hilft?",
            "Du hast {wrote} geschrieben: {quote}; aktiv warst du {lately} bis {until}. Welcher kleine Schritt hilft?",
            "Du hast {wrote} geschrieben: {quote}; zuletzt aktiv warst du {lately} um {ended_by}. Was hilft dir "
            "weiter?",
            "Du hast {wrote} geschrieben: {quote}; zuerst aktiv warst du {lately} um {begun_at}. Welcher kleine "
            "Schritt "
            "hilft?",
            "Du hast {wrote} geschrieben: {quote}; deine längsten Strecken {lately}: {longest}. Welcher kleine "
            "Schritt hilft?",
            "Du hast {wrote} geschrieben: {quote}; aktiv warst du {lately} {active_for}. Welcher kleine Schritt hilft?",
            "Du hast {wrote} geschrieben: {quote}; aktiv warst du {on_days} {worked_for}. Welcher kleine Schritt "
            "hilft?",
            "Aktiv warst du {lately} bis {noticed_until}. Welcher kleine Schritt hilft?",
            "Deine längsten Strecken {lately}: {noticed_longest}. Welcher kleine Schritt hilft?",
        ),
        ("next step", "unfinished work"): (
            "An {branch} in {repository} hast du zuletzt {ago} gearbeitet: {to_merge} für den Merge. Was wäre der "
            "kleinste nächste Schritt?",
            "An {branch} in {repository} hast du zuletzt {ago} gearbeitet: {to_merge} für den Merge. Schauen wir es "
            "zusammen mit {tied} an?",
            "An {branch} in {repository} hast du zuletzt {ago} gearbeitet: {to_push} zu pushen. Schauen wir an, was "
            "fehlt?",
            "In {repository} wartet Arbeit auf den Commit, {uncommitted}, zuletzt {ago} geändert. Schauen wir an, was "
            "noch fehlt?",
            "{ago} hast du in {repository} {stash} in den Stash gelegt. Wollen wir klären, was damit geht?",
            "{ago} hast du in {repository} einen {operation} begonnen, er ist mittendrin. Machen wir weiter?",
            "{ago} hast du {draft} auf {branch} in {repository} gepusht. Was wäre der nächste Schritt?",
            "{ago} hast du {remark} in {place} von {repository} geschrieben. Was wäre der erste kleine Schritt?",
            "{ago} hast du {remark} in {repository} geschrieben. Was wäre der erste kleine Schritt?",
        ),
        ("quiz", "fading"): (
            "Über {quote} hast du zuletzt {ago} geschrieben, in {note}. Was weißt du noch davon, ohne nachzusehen?",
            "Über {quote} hast du zuletzt {ago} geschrieben. Was weißt du noch davon, ohne nachzusehen?",
        ),
        ("connect", "connection"): (
            "In {asked_in} hast du gefragt: {asked} In {answer_in} steht {answer}: ist das deine Antwort?",
            "In {note} hast du geschrieben: {contrary}, in {other} aber: {other_said}. Was davon stimmt?",
            "In {note} hast du geschrieben: {said}, und in {other}: {other_said}. Was verbindet beide?",
            "{note} und {other} berühren sich. Was verbindet beide?",
        ),
        ("connect", "theme"): ("{quote} zieht sich durch {note} und {other}. Was verbindet beide?",),
        ("quiz", "theme"): (
            "Seit {span} beschäftigt dich {quote}, von {first} bis {latest}. Wie würdest du es aus dem Gedächtnis "
            "erklären?",
        ),
        ("question", "review"): (
            "Dein PR von {pull_day} hat {remarks}. Einer sieht nach einem blockierenden Einwand aus, es geht um "
            "{concern}. Gehen wir ihn zusammen durch?",
            "Dein PR {quote} hat {remarks}. Einer blockiert wohl: {objector} schrieb {objection}. Gehen wir ihn "
            "zusammen durch?",
            "Dein PR {quote} hat {remarks}. Einer blockiert wohl: {objection}. Gehen wir ihn zusammen durch?",
            "Zu deinem PR {quote} schrieb {objector} {objection}, und das blockiert ihn wohl. Gehen wir es zusammen"
            " durch?",
            "Zu deinem PR {quote} steht da {objection}, und das blockiert ihn wohl. Gehen wir es zusammen durch?",
            "Dein PR {quote} hat {remarks}. Gehen wir das zusammen durch?",
            "Dein PR {quote} hat {checks}. Weißt du, warum?",
            "{asker} bittet dich um ein Review von {asks}, {pull_day}. Worauf willst du zuerst schauen?",
            "Um dein Review von {asks} wurde gebeten, {pull_day}. Worauf willst du zuerst schauen?",
            "{asker} erwähnt dich in {mentions}, {pull_day}. Was willst du antworten?",
            "Du wurdest in {mentions} erwähnt, {pull_day}. Was willst du antworten?",
            "Das Issue {assigned} ist dir zugewiesen und ruht, zuletzt war etwas {pull_day}. Wo steht es?",
        ),
        ("recap", "review"): (
            "Dein PR von {pull_day} hat {remarks}. Einer sieht nach einem blockierenden Einwand aus, es geht um "
            "{concern}. Gehen wir alles zusammen durch?",
            "Dein PR {quote} hat {remarks}. Gehen wir alles zusammen durch?",
            "Dein PR {quote} hat {checks}. Schauen wir zusammen, was offen ist?",
            "{asker} bittet dich um ein Review von {asks}, {pull_day}. Schauen wir zusammen, worum es geht?",
            "{asker} erwähnt dich in {mentions}, {pull_day}. Schauen wir zusammen, worum es geht?",
            "Das Issue {assigned} ist dir zugewiesen und ruht, zuletzt war etwas {pull_day}. Schauen wir es an?",
        ),
        ("next step", "review"): (
            "Dein PR von {pull_day} hat {remarks}. Einer sieht nach einem blockierenden Einwand aus, es geht um "
            "{concern}. Gehen wir ihn zusammen durch?",
            "Dein PR {quote} hat {remarks}. Einer blockiert wohl: {objection}. Fangen wir damit an?",
            "Zu deinem PR {quote} schrieb {objector} {objection}, und das blockiert ihn wohl. Fangen wir damit an?",
            "Dein PR {quote} hat {remarks}. Gehen wir eins nach dem anderen durch?",
            "Dein PR {quote} hat {checks}. Was wäre der erste Schritt?",
            "{asker} bittet dich um ein Review von {asks}, {pull_day}. Fangen wir zusammen an?",
            "Um dein Review von {asks} wurde gebeten, {pull_day}. Fangen wir zusammen an?",
            "{asker} erwähnt dich in {mentions}, {pull_day}. Wollen wir eine Antwort entwerfen?",
            "Das Issue {assigned} ist dir zugewiesen und ruht, zuletzt war etwas {pull_day}. Was wäre der erste "
            "Schritt?",
        ),
        ("question", "meeting"): (
            "{soon}: {quote} mit {company}. Du hast {person} {promise} versprochen, und {questions}: was kommt zuerst?",
            "{soon}: {quote}. Du hast {person} {promise} versprochen, und {questions}: was kommt zuerst?",
            "{soon}: {quote} mit {company}. Du hast {person} {promise} versprochen: wie steht es damit?",
            "{soon}: {quote}. Du hast {person} {promise} versprochen: wie steht es damit?",
            "{soon}: {quote} mit {company}, und {questions}. Was willst du zuerst klären?",
            "{soon}: {quote}, und {questions}. Was willst du zuerst klären?",
            "{soon}: {quote} mit {company}, und {open_task} ist noch offen. Wie steht es damit?",
            "{soon}: {quote}, und {open_task} ist noch offen. Wie steht es damit?",
            "{soon}: {quote} mit {company}, dazu gibt es {note}. Was willst du klären?",
            "{soon}: {quote}, dazu gibt es {note}. Was willst du klären?",
            "{soon}: {quote}. Was willst du klären?",
            "{ended} mit {company} ist gerade vorbei. Was kam dabei für {note} heraus?",
            "{ended} ist gerade vorbei. Was kam dabei für {note} heraus?",
            "{ended} mit {company} ist gerade vorbei. Was kam dabei heraus?",
            "{ended} ist gerade vorbei. Was kam dabei heraus?",
            "{quote} steht in deinem Kalender. Was willst du klären?",
        ),
        ("recap", "meeting"): (
            "{soon}: {quote}. Du hast {person} {promise} versprochen, und {questions}: sollen wir das durchgehen?",
            "{soon}: {quote}. Du hast {person} {promise} versprochen: sollen wir das durchgehen?",
            "{soon}: {quote}, und {questions}. Sollen wir sie durchgehen?",
            "{soon}: {quote}, und {open_task} ist noch offen. Sollen wir das durchgehen?",
            "{soon}: {quote}. Sollen wir durchgehen, was deine Notizen dazu haben?",
            "{ended} ist gerade vorbei. Sollen wir festhalten, was dabei für {note} herauskam?",
            "{ended} ist gerade vorbei. Sollen wir festhalten, was dabei herauskam?",
            "{quote} steht in deinem Kalender. Sollen wir durchgehen, was deine Notizen dazu haben?",
        ),
        ("next step", "meeting"): (
            "{soon}: {quote}. Du hast {person} {promise} versprochen: was ist der erste kleine Schritt?",
            "{soon}: {quote}, und {open_task} ist noch offen. Was ist der erste kleine Schritt?",
            "{soon}: {quote}, und {questions}. Was kommt zuerst?",
            "{soon}: {quote}. Was willst du zuerst klären?",
            "{ended} ist gerade vorbei. Was ist der nächste Schritt für {note}?",
            "{ended} ist gerade vorbei. Was ist der nächste Schritt?",
            "{quote} steht in deinem Kalender. Was willst du zuerst klären?",
        ),
    },
    plain={
        "question": (
            "Über {quote} hast du {ago} in {note} geschrieben. Wie denkst du jetzt darüber?",
            "Über {quote} hast du {ago} geschrieben. Wie denkst du jetzt darüber?",
        ),
        "recap": (
            "Über {quote} hast du {ago} in {note} geschrieben. Sollen wir es kurz durchgehen?",
            "Über {quote} hast du {ago} geschrieben. Sollen wir es kurz durchgehen?",
        ),
        "next step": (
            "Über {quote} hast du {ago} in {note} geschrieben. Was kommt als Nächstes?",
            "Über {quote} hast du {ago} geschrieben. Was kommt als Nächstes?",
        ),
        "quiz": (
            "Über {quote} hast du {ago} in {note} geschrieben. Wie würdest du es aus dem Gedächtnis erklären?",
            "Über {quote} hast du {ago} geschrieben. Was weißt du noch davon, ohne nachzusehen?",
        ),
        "connect": (
            "Über {quote} hast du {ago} in {note} geschrieben, und da ist {other}. Was verbindet beide?",
            "Über {quote} hast du {ago} geschrieben. Was in deinen Notizen gehört noch dazu?",
        ),
    },
)
