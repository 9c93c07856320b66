"""Phrases that tell in which way a sentence leaves something open, or that it does not."""

from __future__ import annotations

import re

from proactive_tui.topics.open_ends.words.phrases import PhraseTable

_PHRASES: dict[str, dict[str, str]] = {
    "duty": {
        "en": r"need(s|ed)? to|(have|has|'ve) (got )?to|must|should|ought to|gotta|got to|supposed to|due|deadline|overdue|needs? (a|an|some|more|to be|_ing)|to be (done|decided|updated|fixed|added|confirmed|determined)|remains to|still (to|need|missing|open|pending|left)|not yet|yet to|pending|outstanding|missing|unfinished|incomplete|left to",
        "de": r"muss|müssen|müsste*|soll|sollte*|noch (zu|offen|nicht|fehlt)|ist noch|zu (erledigen|klären|prüfen|tun)|fällig|bis (spätestens|zum)|ausstehend|fehlt noch|fehlen noch|steht noch aus|frist",
        "fr": r"(il )?faut|faudra(it)?|(je |on |nous )?(dois|doit|devons|devrais|devrait)|à (faire|vérifier|voir|revoir|corriger|envoyer|acheter|terminer|finir|compléter)|reste à|pas encore|manque|en attente|avant le|échéance",
        "es": r"hay que|tengo que|tenemos que|ten(er|dría) que|deb(o|emos|ería|eríamos)|falta(n)?|queda(n)? por|por (hacer|revisar|confirmar|definir)|pendiente|todavía no|aún no|antes del?|vence",
        "pt": r"preciso|precisa(mos|r)?|tenho (que|de)|temos (que|de)|dev(o|e|emos|eria)|falta(m)?|ficou de|a fazer|pendente|ainda não|ainda falta|até (o )?dia|vence|prazo",
        "it": r"(devo|dobbiamo|dovrei|dovremmo)|bisogna|occorre|(c'è |ci sono )?da (fare|verificare|controllare|comprare|finire|vedere|chiedere|decidere)|manca(no)?|ancora da|non ancora|in sospeso|entro|scadenza",
        "nl": r"moet(en)?|moest|zou(den)? moeten|nog (te|niet|doen|nodig)|te doen|openstaand|ontbreekt|uiterlijk|voor (morgen|vrijdag)",
        "pl": r"muszę|musimy|trzeba|należy|powinienem|powinnam|powinniśmy|do (zrobienia|sprawdzenia|kupienia|ustalenia)|brakuje|jeszcze nie|zostało|termin",
        "ja": r"しなければ|しないと|必要|する予定|までに|要確認|要検討|やること|忘れずに|買う|未完了|未定",
        "zh": r"需要|要(去|做|买|写|改|查)|必须|记得|别忘|待办|待定|还没|尚未|截止|之前(要|完成)",
    },
    "wish": {
        "en": r"(i|we)('d| would) (like|love|want|prefer)|(i|we) (really )?want|wanna|want to|wish|hope to|hoping to|plan(s|ning|ned)? (to|on)|going to|gonna|intend|aim(ing)? (to|for)|looking forward|my (goal|aim|plan|intent)|try(ing)? to|will (try|start|make|keep|do|be|have|need|try to)|i'll|we'll|let's|someday|one day|dream of|would be (nice|good|great|cool|interesting|fun)",
        "de": r"möchte*|will|wollen|würde(n)? gern*|vorhaben|habe vor|plane|vorsatz|ziel|hoffe|werde(n)?|wäre (schön|gut|toll|cool|nett)|irgendwann|lass uns",
        "fr": r"(je|on|nous) (veux|veut|voulons|voudrais|voudrait|souhaite|compte|vais|va|allons)|j'aimerais|j'ai (envie|l'intention)|objectif|essayer de|ce serait (bien|cool|intéressant)|un jour|envie de",
        "es": r"quiero|queremos|quisiera|me gustaría|nos gustaría|voy a|vamos a|pienso|planeo|intentar|objetivo|meta|sería (bueno|genial|interesante|lindo)|algún día|ganas de|ojalá",
        "pt": r"quero|queremos|queria|gostaria|pretendo|vou|vamos|planejo|tentar|objetivo|meta|seria (bom|legal|interessante|ótimo)|um dia|vontade de",
        "it": r"voglio|vogliamo|vorrei|vorremmo|mi piacerebbe|ho intenzione|conto di|provare a|cercare di|obiettivo|sarebbe (bello|bene|interessante|utile)|prima o poi|un giorno",
        "nl": r"wil|willen|zou graag|van plan|ga|gaan|proberen|doel|hoop|zou (leuk|mooi|goed|handig) zijn|ooit",
        "pl": r"chcę|chciał(bym|abym)|chcemy|zamierzam|planuję|postaram|spróbuję|cel|marzę|fajnie byłoby|kiedyś|warto",
        "ja": r"したい|つもり|目標|予定|ようにする|たい(な|と思う)",
        "zh": r"想(要|去|做|学)?|打算|希望|计划|目标|争取|坚持",
    },
    "maybe": {
        "en": r"maybe|perhaps|could|might|possibly|what if|consider|idea:|option|alternative|worth (trying|a|exploring|looking|checking)|potentially|or (maybe|we could)|instead|an idea|suggest(ion)?|we can|can also|in (the )?future|eventually|later on|nice to have|optional",
        "de": r"vielleicht|evtl|eventuell|könnte*|man kann|idee|wäre (möglich|denkbar)|was wäre wenn|alternativ|überlegen|denkbar|später mal",
        "fr": r"peut-être|pourrait|pourrais|pourrions|on peut|idée|et si|éventuellement|envisager|possible de|alternative|plus tard",
        "es": r"quizás?|tal vez|podr(ía|íamos|ían)|se puede|idea|y si|eventualmente|considerar|posible|alternativa|más adelante|a lo mejor",
        "pt": r"talvez|poderia(mos)?|pode(mos)? |daria|ideia|e se|eventualmente|considerar|possível|alternativa|mais tarde|futuramente",
        "it": r"forse|magari|potre(i|bbe|mmo)|si può|idea|e se|eventualmente|considerare|possibile|alternativa|più avanti",
        "nl": r"misschien|wellicht|zou(den)? kunnen|kan ook|idee|wat als|eventueel|overwegen|alternatief|later",
        "pl": r"może|mógłbym|mogłabym|moglibyśmy|można|pomysł|a gdyby|ewentualnie|rozważyć|alternatywa|później",
        "ja": r"かも|アイデア|案|できそう|検討|どうか",
        "zh": r"也许|可能|可以(试|考虑)|想法|点子|如果|考虑|不如|或许",
    },
    "unsure": {
        "en": r"not sure|unsure|unclear|no idea|don'?t (really |yet |quite )?(know|understand|get why)|dunno|wonder(ing)?|can'?t (figure|explain|tell|find|remember|seem)|figure out|find out|not clear|puzzled|confus(ed|ing)|curious (if|whether|why|how|about)|tbd|unknown|to be determined|question(s)? (is|remains?)|why (does|is|do|are)|open question|strange(ly)?|weird|mystery|for some reason|doesn'?t (seem|work|make sense)|need to (understand|know|check|verify)|still (unclear|don'?t)",
        "de": r"(nicht sicher|unsicher)|unklar|keine ahnung|weiß (noch )?nicht|frage mich|herausfinden|verstehe (noch )?nicht|komisch|seltsam|offen(e frage)?|ob (das|es|die|der|ich|wir|man)|zu klären|noch unklar|wundere mich",
        "fr": r"pas (sûr|sûre|sur|sure)|je ne sais|sais pas|me demande|pas clair|comprends pas|aucune idée|à éclaircir|bizarre|étrange|à clarifier|savoir si",
        "es": r"no sé|no estoy (seguro|segura)|no entiendo|me pregunto|no (me )?queda claro|ni idea|averiguar|duda|raro|extraño|habría que ver|a ver si|no recuerdo",
        "pt": r"não sei|não tenho certeza|não entendi|não entendo|me pergunto|dúvida|descobrir|estranho|não (está|ficou) claro|será que|sem ideia",
        "it": r"non so|non sono (sicuro|sicura)|non capisco|mi chiedo|non è chiaro|nessuna idea|dubbio|strano|da capire|chissà",
        "nl": r"niet zeker|weet niet|geen idee|vraag me af|onduidelijk|snap niet|begrijp niet|uitzoeken|raar|vreemd",
        "pl": r"nie wiem|nie jestem (pewien|pewna)|nie rozumiem|zastanawiam|niejasne|ciekawe czy|nie mam pojęcia|dziwne|ustalić czy|czy na pewno",
        "ja": r"わからない|分からない|不明|疑問|だろうか|なぜ|気になる|謎|のか",
        "zh": r"不知道|不确定|不清楚|不明白|疑问|为什么|是否|奇怪|好奇|搞不懂|吗|呢",
    },
    "promise": {
        "en": r"promised?|i owe|owe (him|her|them|_)|told (him|her|them|_) (i|that i|we)|said (i|that i|we)('d| would|'ll| will)|agreed to|committed to|offered to|follow(ing)? up|get back to|waiting (for|on)|await(ing)?|remind(er)?|remember to|don'?t forget|action item|assigned to",
        "de": r"versprochen|schulde|zugesagt|warte(n)? auf|erinner*|nicht vergessen|nachhaken|rückmeldung|melde mich|kümmer*",
        "fr": r"promis|en attente de|attends|relancer|ne pas oublier|rappel|(pense|penser|pensez) à|recontacter",
        "es": r"prometí|promet_|esperando|a la espera|recordar|no olvid_|quedé (en|de)|avisar",
        "pt": r"prometi|aguardando|esperando|lembrar|não esquecer|fiquei de|combinei|avisar|retornar",
        "it": r"promesso|in attesa|aspetto|ricorda*|non dimenticare|ricontattare|avvisare",
        "nl": r"beloofd|wacht(en)? op|niet vergeten|herinner*|terugkomen op|afgesproken",
        "pl": r"obiecał_|czekam|przypomnieć|nie zapomnieć|pamiętać|umówi_",
        "ja": r"約束|忘れない|待ち|リマインド",
        "zh": r"答应|承诺|等(待)?|提醒|记得",
    },
    "past": {
        "en": r"(was|were|had|did|has been|have been|i've|we've|already|yesterday|last (night|week|month|year)|ago|finally|just (finished|fixed|got|did)|went|spent|turned out|turns out|managed to|ended up|used to|no longer|decided|solved|fixed|works? now|working now|completed|finished|resolved)",
        "de": r"war(en)?|hatte*|wurde*|gestern|habe(n)?|(letzte|letzten|letzter) (woche|nacht|monat)|endlich|bereits|schon|erledigt|gelöst|fertig|behoben|ging|war'?s",
        "fr": r"était|étaient|avait|j'ai|on a|nous avons|hier|déjà|enfin|la semaine dernière|résolu|terminé|fini|corrigé",
        "es": r"era(n)?|fue(ron)?|había|estaba|estuve|hice|ayer|anoche|ya|por fin|la semana pasada|resuelto|terminado|hecho|arreglado|solucionado|hemos|he ",
        "pt": r"era(m)?|foi|foram|havia|estava|fiz|ontem|já|finalmente|semana passada|resolvido|feito|corrigido|consegui|fui|tive",
        "it": r"era(no)?|è (stato|stata)|aveva|ho|abbiamo|ieri|già|finalmente|settimana scorsa|risolto|finito|fatto|corretto",
        "nl": r"was|waren|had(den)?|heb(ben)?|gisteren|al|eindelijk|vorige week|klaar|opgelost|gedaan|afgerond",
        "pl": r"(był|była|było|były)|byli|wczoraj|już|w końcu|w zeszłym|zrobione|rozwiązane|gotowe|udało|skończone",
        "ja": r"した|ました|だった|でした|済み|完了|昨日",
        "zh": r"了|已经|昨天|完成|解决|终于|过",
    },
    "reader": {
        "en": r"you|your|yours|you'll|you're|you've|users?|customers?|developers?",
        "de": r"du|dein*|sie|ihr*|man|nutzer|kunde",
        "fr": r"tu|toi|ton|tes|vous|votre|vos|utilisateurs?",
        "es": r"tú|tus?|usted(es)?|vosotros|usuarios?",
        "pt": r"você(s)?|seus?|suas?|usuários?",
        "it": r"tu|tuo|tua|voi|vostr_|(utente|utenti)",
        "nl": r"je|jij|jouw|uw?|jullie|gebruikers?",
        "pl": r"ty|twój|twoja|wy|wasz*|użytkowni_",
    },
    "self": {
        "en": r"i|i'm|i've|i'd|i'll|me|my|mine|we|our|us|we're|we've|myself",
        "de": r"ich|mir|mich|mein*|wir|uns*",
        "fr": r"je|j'_|moi|mon|ma|mes|nous|notre|nos|on",
        "es": r"yo|me|mi|mis|nosotros|nos|nuestr_",
        "pt": r"eu|me|meus?|minhas?|nós|noss_|a gente",
        "it": r"io|mi|mio|mia|miei|noi|nostr_|ci",
        "nl": r"ik|mij|me|mijn|wij|we|ons|onze",
        "pl": r"ja|mnie|mi|mój|moja|moje|my|nas|nasz*",
        "ja": r"私|自分|僕|俺",
        "zh": r"我|我们|自己",
    },
    "asking": {
        "en": r"(so |and |but |or |then |also |now )?(why|how|what|what's|when|where|who|whom|whose|which|is|isn't|are|aren't|was|were|does|doesn't|do|don't|did|didn't|can|can't|could|couldn't|should|shouldn't|would|wouldn't|will|won't|has|have|may|might|must|shall|am|any|does anyone|anyone|anybody)",
        "de": r"(und |aber |oder |in |an |auf |mit |für |bis |seit |von )?(warum|wieso|weshalb|wozu|wie|was|wann|wo|woher|wohin|wer|wem|wen|welche(r|s|n|m)?|ob|darf|dürfen|kann|können|soll|sollen|sollte*|muss|müssen|ist|sind|hat|haben|gibt|geht|lohnt|stimmt|brauch*|wird|würde*|gilt|reicht|passt|hilft|will|wollen)",
        "fr": r"(et |mais |ou |à |de |pour |dans |depuis |jusqu'à )?(pourquoi|comment|que|qu'est-ce|quoi|quand|où|qui|quel(le)?s?|est-ce|combien|faut-il|peut-on|puis-je|dois-je|doit-on|y a-t-il|c'est quoi|lequel|laquelle)",
        "es": r"(y |pero |o |a |de |en |con |para |por |desde |hasta )?(por qué|cómo|qué|cuándo|dónde|quién(es)?|cuál(es)?|(cuánto|cuánta|cuántos|cuántas)|puedo|podemos|debo|debería|hay|es|está|tiene|vale|necesit_|se puede|porqué|como|que)",
        "pt": r"(e |mas |ou |a |de |em |com |para |desde |até )?(por que|porque|como|o que|que|quando|onde|quem|qual|quais|(quanto|quanta|quantos|quantas)|será|posso|podemos|devo|tem|há|é|está|existe|dá para|vale)",
        "it": r"(e |ma |o |a |di |in |con |per |da |fino a )?(perché|come|che|cosa|cos'è|quando|dove|chi|(qual|quale|quali)|(quanto|quanta|quanti|quante)|posso|possiamo|devo|dobbiamo|c'è|ci sono|è|sono|si può|serve|vale)",
        "nl": r"(en |maar |of |in |met |voor |tot )?(waarom|hoe|wat|wanneer|waar|wie|welke?|waarvoor|mag|kan|kunnen|moet|moeten|zal|zou|is|zijn|heeft|hebben|gaat|wordt|werkt|klopt|kun)",
        "pl": r"(a |i |ale |w |z |do |na |od )?(dlaczego|czemu|po co|jak|co|kiedy|gdzie|skąd|dokąd|kto|kogo|komu|który|która|które|ile|czy|jaki|jaka|jakie|można)",
        "ja": r"なぜ|どう|何|いつ|どこ|誰|どの|どれ|いくら",
        "zh": r"为什么|怎么|什么|何时|哪里|谁|哪|多少|是否|能不能|要不要|会不会|有没有",
    },
    "day": {
        "en": r"today|tonight|tomorrow|monday|tuesday|wednesday|thursday|friday|saturday|sunday|next (week|month|year)|this (week|weekend|month)|weekend|eod|eow|by (the )?end|before _|in 0 (days?|weeks?|months?)",
        "de": r"heute|morgen|übermorgen|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag|nächste (woche|wochen)|diese woche|wochenende",
        "fr": r"aujourd'hui|demain|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|semaine prochaine|cette semaine|ce soir|week-end",
        "es": r"hoy|mañana|lunes|martes|miércoles|jueves|viernes|sábado|domingo|próxima semana|esta semana|semana que viene",
        "pt": r"hoje|amanhã|segunda|terça|quarta|quinta|sexta|sábado|domingo|próxima semana|esta semana|semana que vem",
        "it": r"oggi|domani|lunedì|martedì|mercoledì|giovedì|venerdì|sabato|domenica|prossima settimana|questa settimana|stasera",
        "nl": r"vandaag|morgen|maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag|volgende week|deze week|weekend",
        "pl": r"dziś|dzisiaj|jutro|poniedziałek|wtorek|(środa|środę)|czwartek|piątek|(sobota|sobotę)|(niedziela|niedzielę)|przyszł_ tydzień|w tym tygodniu",
        "ja": r"今日|明日|来週|今週|月曜|火曜|水曜|木曜|金曜|土曜|日曜|まで",
        "zh": r"今天|明天|下周|本周|(周一|周二|周三|周四|周五|周六|周日)|星期|周末|之前",
    },
    "often": {
        "en": r"every (single )?(other )?(day|morning|evening|night|week|weekend|month|monday|tuesday|wednesday|thursday|friday|saturday|sunday)|daily|weekly|monthly|each (day|week|month|morning|evening)|(once|twice|_ times|0x) (a|per|every) (day|week|month)|regularly|habits?|more often|less _|no more|stop (_ing)|get better|improve my|learn (to|how|more)?|read more|this year|routine|streak",
        "de": r"jeden (tag|morgen|abend|montag)|jede woche|täglich|wöchentlich|monatlich|regelmäßig|gewohnheit|öfter|weniger|mehr (sport|lesen|schlaf)|mal (pro|die|in der) woche|dieses jahr",
        "fr": r"chaque (jour|matin|soir|semaine|mois)|tous les (jours|matins|soirs|lundis)|fois par|régulièrement|habitude|plus souvent|moins de|cette année",
        "es": r"cada (día|mañana|noche|semana|mes)|todos los días|ve(z|ces) (al|por|a la)|regularmente|hábito|más a menudo|menos|este año|a diario",
        "pt": r"todo(s)? (os )?dias?|cada (dia|semana)|toda (semana|manhã|noite)|ve(z|zes) (ao|por)|diariamente|regularmente|hábito|menos|este ano",
        "it": r"ogni (giorno|mattina|sera|settimana|mese)|tutti i giorni|(volte|volta) (al|a|alla)|regolarmente|abitudine|più spesso|meno|quest'anno",
        "nl": r"elke (dag|ochtend|avond|week|maand)|dagelijks|wekelijks|regelmatig|gewoonte|vaker|minder|keer per|dit jaar",
        "pl": r"codziennie|co (dzień|tydzień|wieczór|rano)|każd_ (dzień|tydzień|rano)|raz* w (tygodniu|miesiącu)|regularnie|nawyk|częściej|mniej|w tym roku",
        "ja": r"毎日|毎朝|毎週|毎晩|習慣|続ける",
        "zh": r"每天|每周|每晚|每月|坚持|习惯|养成",
    },
    "mine": {
        "en": r"(i|we) (still |really |also |just |only |now |then |must )?(need|have to|had better|should|must|ought to|want|owe|wonder|promised|plan|intend|hope)|(i|we)('ll| will| shall)|(i'd|we'd) (like|love|better)|i (don't|do not|can't|cannot|couldn't|haven't) (yet |really |quite )?(know|understand|work out|figure|explain|remember|tell|see|decided|found|heard|answered|written|done|started|looked|opened)|(i'm|i am) (not sure|unsure|to|supposed|going to|due)|i have no idea|i forgot to|let me|let's|remind me|my (job|task|turn|homework|part)|i still haven't|do (i|we)|should (i|we)|can (i|we)|could (i|we)|shall (i|we)|must (i|we)|are we|am i",
        "de": r"(ich|wir) (muss|müssen|soll|sollen|sollte|sollten|will|wollen|möchte|möchten|werde|werden|schulde|brauche|brauchen|weiß nicht|könnte|könnten)|(muss|müssen|soll|sollen|sollte|sollten|will|wollen|möchte|möchten|werde|werden|schulde|brauche|könnte|könnten|frage) (ich|wir)|mir fehlt|mir ist (nicht klar|unklar)|weiß (ich )?(noch )?nicht|begreife (ich )?nicht|verstehe (ich )?nicht|habe ich (noch )?nicht|nicht vergessen",
        "fr": r"je (dois|vais|veux|voudrais|devrais|pourrais|me demande|ne sais|ne comprends|n'ai (toujours |encore )?pas|compte|promets)|j'aimerais|(il )?faut que (je|j'_|on|nous)|on (doit|devrait|pourrait|va|veut)|nous (devons|devrions|pourrions|allons)|faut-il|dois-je|est-ce (qu'on|que je|que nous)|ne pas oublier|reste à|c'est à moi",
        "es": r"(le |lo |la |me |les |los )?(tengo|tenemos|tendría|tendríamos) que|debo|debería|deberíamos|quiero|queremos|quisiera|me gustaría|nos gustaría|voy a|vamos a|no sé|no entiendo|me pregunto|podríamos|podría|sigo sin|seguimos sin|me toca|me falta|no (se me )?olvidar|quedé en",
        "pt": r"(tenho|temos|teria|teríamos) (de|que)|preciso|precisamos|devo|devia|devíamos|quero|queremos|queria|gostava|gostaria|vou|vamos|não sei|não entendo|não percebo|pergunto-me|podia|podíamos|poderíamos|fiquei de|falta-me|ainda não|não esquecer",
        "it": r"devo|dobbiamo|dovrei|dovremmo|vorrei|vorremmo|voglio|vogliamo|non so|non capisco|mi chiedo|potrei|potremmo|tocca a me|mi manca|ho promesso|non ho ancora|non dimenticare|mi piacerebbe",
        "nl": r"(ik|we|wij) (moet|moeten|wil|willen|zou|zouden|ga|gaan|zal|zullen|weet niet|hoop)|(moet|moeten|wil|willen|zou|zouden|ga|gaan|zal|zullen|kan|kunnen) (ik|we|wij)|ik vraag me af|ik begrijp niet|niet vergeten|ik heb nog niet",
        "pl": r"muszę|musimy|powinienem|powinnam|powinniśmy|chcę|chcemy|chciałbym|chciałabym|nie wiem|nie rozumiem|zastanawiam|moglibyśmy|mógłbym|mogłabym|mam (mu|jej|im)|obiecałem|obiecałam|nie zapomnieć|zostało mi",
    },
    "missed": {
        "en": r"(should|could|would|might)(n't| not)? have|should've|could've|would've|was (supposed|going|meant) to|were (supposed|going|meant) to|had (meant|planned|wanted|hoped|to)|wanted to|needed to|used to",
        "de": r"hätte*|wäre* (besser|gewesen)|wollte*|musste*|sollte eigentlich|war geplant",
        "fr": r"aurais dû|aurait|aurais|aurions|voulais|voulait|devais|devait|fallait",
        "es": r"(debería|tendría que) haber|hubiera|hubiese|habría|quería|queríamos|tenía que|teníamos que|íbamos a|iba a",
        "pt": r"(devia|deveria|podia) ter|teria|queria|tinha (de|que)|tínhamos (de|que)|ia|íamos",
        "it": r"avrei|avremmo|volevo|volevamo|dovevo|dovevamo|avrebbe",
        "nl": r"had (moeten|willen|kunnen)|wilde*|wou|moest(en)?",
        "pl": r"miał*|mieliśmy|chciał*|powinien był|trzeba było|musiał*",
    },
    "fault": {
        "en": r"bugs?|broken|breaks|fails?|failing|crash(es|ing)?|doesn't (work|load|show|update|start|build|compile)|not working|wrong|incorrect(ly)?|leaks?|glitch(es)?|regressions?|flicker*|stutter*|hangs|freezes|missing|mismatch|still (fails|broken|happens|wrong)|error|errors|issue",
        "de": r"fehler|kaputt|geht nicht|funktioniert nicht|läuft nicht|stürzt ab|hängt|falsch|fehlt|fehlen",
        "fr": r"bugs?|cassé|ne (marche|fonctionne) pas|marche pas|plante|erreurs?|faux",
        "es": r"error(es)?|falla(n)?|no funciona|roto|se cuelga|mal",
        "pt": r"erro(s)?|falha(m)?|não funciona|quebrado|trava",
        "it": r"error(e|i)|rotto|non funziona|si blocca|sbagliato|sbagliata",
        "nl": r"fout(en)?|kapot|werkt niet|loopt vast|stuk",
        "pl": r"błąd|błędy|nie działa|zepsut*|zawiesza",
        "ja": r"エラー|不具合|動かない|バグ",
        "zh": r"错误|报错|崩溃|不工作|故障",
    },
    "underway": {
        "en": r"(still )?working on|in progress|stopped at|left off|half(way| done)|to be continued|continue|resume|ongoing|started|pick up (here|where)|next (step|up|is|i|we|on)|follow(-| )?up|later|for now|not (started|finished|done|tested|written|executed|committed|merged)",
        "de": r"in arbeit|weiter (bei|mit)|stehen geblieben|angefangen|läuft noch|als nächstes|noch nicht (fertig|erledigt|getestet)|vorerst|danach",
        "fr": r"en cours|arrêté à|reprendre|à suivre|commencé|ensuite|pour l'instant|prochaine étape",
        "es": r"en curso|en proceso|retomar|me quedé en|seguir con|empezado|a continuación|por ahora|siguiente paso",
        "pt": r"em andamento|em curso|retomar|parei em|continuar|por enquanto|próximo passo",
        "it": r"in corso|riprendere|fermo a|continuare|per ora|prossimo passo",
        "nl": r"mee bezig|gebleven bij|verder met|begonnen|voorlopig|volgende stap",
        "pl": r"w toku|w trakcie|skończyłem na|kontynuować|na razie|następny krok",
    },
    "bare": {
        "en": r"(then |also |and |so |but |now |still |just )?(need|needs|might|could|should|must|want to|have to|got to|gotta|not sure|unsure|no idea|wonder|wondering|maybe|perhaps|plan to|planning to|going to|gonna|will|would|let's|try|trying|look into|figure out|find out|remember|don't forget|todo|to do|waiting|hoping|thinking|curious|unclear|possibly|probably|idea|next|one day|someday)",
        "de": r"(dann |auch |und |aber |noch )?(muss|müsste*|sollte*|soll|evtl|eventuell|vielleicht|noch|mal|unklar|keine ahnung|ob|nicht vergessen|will|möchte|könnte*|idee|später|bitte|dringend|irgendwann)",
        "fr": r"(et |puis |mais |aussi )?(il faut|il faudra*|faut|penser à|à|peut-être|voir si|ne pas oublier|reste|manque|dois|devrais|pourrais|idée|essayer|éventuellement|aucune idée|pas sûr|pas sûre|pas encore)",
        "es": r"(y |pero |también )?(hay que|habría que|falta|faltan|ver si|tengo que|quizás?|a ver|tal vez|podría*|debo|debería*|queda|no sé|no olvidar|idea|intentar|pendiente|ojalá)",
        "pt": r"(e |mas |também )?(falta|faltam|ver se|tenho (de|que)|talvez|podia|podíamos|poderia*|devo|devia|preciso|não sei|não esquecer|ideia|tentar|pendente|será que)",
        "it": r"(e |ma |anche )?(bisogna|occorre|manca|vedere se|devo|dovrei|forse|magari|potrei|potremmo|non so|non dimenticare|idea|provare|da|chissà)",
        "nl": r"(en |maar |ook |dan )?(moet|nog|misschien|eventueel|kijken of|niet vergeten|wil|zou|idee|geen idee|onduidelijk|ooit|even)",
        "pl": r"(i |a |ale |też )?(muszę|trzeba|może|ewentualnie|sprawdzić czy|nie zapomnieć|chcę|warto|pomysł|nie wiem|jeszcze|kiedyś|ciekawe)",
    },
}
"""Phrases by cue and language, in the notation of `phrases`. Those of `START_CUES` begin a sentence; the others stand
anywhere.
"""

WIDE_LANGUAGES = frozenset({"ja", "zh"})
"""Languages without blanks between words: their phrases are looked for in the text itself."""

CUE_NAMES: tuple[str, ...] = tuple(_PHRASES)
START_CUES = frozenset({"asking", "bare"})


def _spaced_phrases(*, starts: bool) -> PhraseTable:
    return PhraseTable(
        (name, phrases)
        for name, by_language in _PHRASES.items()
        for language, phrases in by_language.items()
        if language not in WIDE_LANGUAGES and (name in START_CUES) == starts
    )


CUES = _spaced_phrases(starts=False)
CUES_AT_START = _spaced_phrases(starts=True)
WIDE_CUES: dict[str, re.Pattern[str]] = {
    name: re.compile("|".join(phrases for language, phrases in by_language.items() if language in WIDE_LANGUAGES))
    for name, by_language in _PHRASES.items()
    if WIDE_LANGUAGES & by_language.keys()
}
