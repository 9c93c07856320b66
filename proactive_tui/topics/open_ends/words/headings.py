"""What stands under a heading, or under a line that introduces a list, by the words of it."""

from __future__ import annotations

import re
from functools import lru_cache

from proactive_tui.topics.open_ends.words.open_cues import CUES
from proactive_tui.topics.open_ends.words.phrases import PhraseTable
from proactive_tui.topics.open_ends.words.tokens import WIDE, tokens_of

_HEADINGS: dict[str, str] = {
    "tasks": r"""to ?dos?|todo list|tasks?|task list|action items?|actions|next|next (steps?|up|actions?|session|time|week)|what'?s next|follow ?ups?|remaining|remaining (work|tasks?|issues?)|pending|backlog|up ?coming|still to do|to (buy|get|read|watch|fix|check|implement|write|learn|try|test|investigate|ask|call|send|review|discuss)|left to do|(work )?in progress|doing|now|later|soon|waiting( for)?|deadlines?|errands|shopping( list)?|groceries|reminders?|bugs?|known (issues|bugs|limitations|problems)|open (issues|points|items|tasks|threads|ends|problems)|issues|problems|limitations|blockers?|blocked|improvements?|refactor(ing)?|cleanup|features?|feature requests?|needed( changes)?|changes needed|requirements|missing|future( work| plans| improvements| directions| tasks)?|roadmap|milestones?|plan|plans|plan for .*|planned|tomorrow|this week|next week|priorit(y|ies)|top 0|focus|checklist|inbox|recommend(ed|ations)( next steps| actions)?|commitments|must do|should do|homework|assignments|chores|packing( list)?|wip|to investigate|possible issues( to investigate)?|path forward|recommended path( forward)?|unresolved|corrections?|to correct|post 0 steps|planned next steps|remaining steps|checklist|not yet|deliverables?|work left|loose ends|queue|immediate( actions)?|short term|medium term|long term
|aufgaben|zu erledigen|erledigen|offen(e (punkte|aufgaben|themen))?|nächste schritte|nächste woche|ausblick|einkaufen|einkaufsliste|besorgungen|termine|fristen|plan|pläne|geplant|heute|morgen|diese woche|später|warten( auf)?|verbesserungen|probleme|fehler|bekannte (fehler|probleme)|noch zu tun|prioritäten|packliste|hausaufgaben|in arbeit
|à faire|tâches|prochaines? étapes?|étapes? suivantes?|suite|actions?|reste à faire|en cours|en attente|courses|liste de courses|rappels|échéances|problèmes( connus)?|améliorations|demain|cette semaine|priorités|devoirs|à (acheter|lire|voir|corriger|tester|vérifier)|plan d'action
|tareas|pendientes?|por hacer|próximos? pasos?|siguientes? pasos?|siguiente|acciones|en (curso|proceso|espera)|compras?|lista de (compras?|tareas)|recordatorios|fechas límite|problemas( conocidos)?|errores|mejoras|mañana|esta semana|próxima semana|prioridades|deberes|plan(es)?
|tarefas|pendências|pendentes?|a fazer|fazer|afazeres|próximos? passos?|próxima semana|ações|em andamento|aguardando|lista de (compras|tarefas)|lembretes|prazos|problemas|erros|melhorias|amanhã|esta semana|prioridades|planos?
|da fare|cose da fare|compiti|attività|prossimi passi|prossime (azioni|attività)|in (corso|sospeso|attesa)|spesa|lista della spesa|promemoria|scadenze|problemi|miglioramenti|domani|questa settimana|priorità|piano|piani
|taken|te doen|acties|actiepunten|volgende stappen|vervolg|openstaand|boodschappen(lijst)?|herinneringen|deadlines|problemen|verbeteringen|morgen|deze week|volgende week|prioriteiten|huiswerk|planning|later|wachten op
|zadania|do zrobienia|następne kroki|kolejne kroki|lista zadań|w toku|oczekujące|zakupy|lista zakupów|przypomnienia|terminy|problemy|błędy|usprawnienia|jutro|ten tydzień|priorytety|plan|plany
|やること|タスク|次のステップ|課題|買い物|予定|今後|残り|宿題|待办|任务|下一步|计划|购物|问题|改进|作业|安排""",
    "questions": r"""(open |my |remaining |unanswered |general |key |research |outstanding |interview |other |some |more |big )?questions?( for .*| to .*| about .*)?|unknowns?|unclear|unresolved|to (find out|figure out|clarify|decide|research)|doubts?|uncertaint(y|ies)|things i don'?t (know|understand)|what i don'?t know|open|q|confusions?|i wonder|wonderings?|mysteries
|(offene )?fragen|offen|unklar(heiten)?|ungeklärt|zu klären|questions?( ouvertes)?|à éclaircir|doutes|interrogations|(preguntas?|dudas?|cuestiones)( abiertas?| pendientes?)?|por aclarar|(perguntas?|dúvidas?|questões)( em aberto)?|(domande|dubbi|questioni)( aperte)?|da chiarire|(open )?vragen|onduidelijk|(otwarte )?pytania|wątpliwości|niejasności|do wyjaśnienia|疑問|質問|不明点|疑问|提问""",
    "ideas": r"""ideas?( for .*)?|brainstorm(ing)?|maybe|someday( maybe)?|someday/maybe|possibilit(y|ies)|possible (titles|ideas|solutions|improvements|approaches|projects)|proposals?|options?( 0.*)?|alternatives?|suggestions?|considerations?|thoughts|potential (solutions|fixes|improvements|approaches)|wish ?list|nice to haves?|experiments?( to try)?|things to try|concepts?|inspirations?|(hypothesis|hypotheses)|recommendations?|opportunities|stretch
|ideen|einfälle|vielleicht|irgendwann|vorschläge|optionen|wunschliste|idées|pistes|propositions|peut-être|ideas|propuestas|opciones|tal vez|quizás|ideias|propostas|opções|talvez|idee|proposte|opzioni|forse|ideeën|voorstellen|opties|misschien|ooit|pomysły|propozycje|opcje|może|アイデア|案|想法|灵感|点子""",
    "goals": r"""goals?( for .*)?|(my |main |learning |life |career |yearly |annual |session )?(goals?|objectives?|aims?)|resolutions?|habits?( tracker)?|intentions?|targets?|vision|purpose|aspirations?|okrs?|what i want|bucket list|challenge|learning plan|ambitions?
|ziele?|vorsätze|gewohnheiten|vorhaben|objectifs?|résolutions|habitudes|objetivos?|metas?|propósitos|hábitos|(obiettivo|obiettivi)|propositi|abitudini|doelen|voornemens|gewoontes|gewoonten|cele|cel|postanowienia|nawyki|目標|習慣|目标|习惯""",
    "done": r"""done|completed?|finished|fixed|resolved|closed|shipped|released|accomplish(ed|ments)|achievements?|what (i|we) did|did|progress|wins|results?( .*)?|findings|outcomes?|conclusions?|summary|tl dr|changes( made)?|what (changed|worked|was done|went .*)|change ?log|implementation( details)?|implemented|solution|fix(es)?|the fix|root cause( .*)?|lessons?( learned)?|key (findings|insights|learnings|takeaways|changes)|takeaways|learnings?|learned|attempts?|tried|what (we|i) tried|history|log|archived?|past|yesterday|last week|highlights|retrospective|review|decisions?( made)?|decided|evidence|verification|status|current (state|status)|analysis|evaluation|performance|metrics|background|context|overview|introduction|motivation|problem( statement)?|symptoms?|cause|why .*|description|about|architecture|design|details|observations?|discussion|files? (changed|modified|created)|modified files|key files|hardware|environment|cancell?ed|dropped|rejected|won'?t do|answered|answers?
|erledigt|fertig|abgeschlossen|gemacht|ergebnisse?|fazit|zusammenfassung|änderungen|lösung|gelernt|erkenntnisse|hintergrund|überblick|beschreibung|ursache|entscheidungen|rückblick|verlauf|terminé|fait|résultats?|conclusion|résumé|solution|contexte|bilan|décisions|description|hecho|completado|terminado|resultados?|conclusión|resumen|cambios|solución|contexto|decisiones|aprendizajes|descripción|feito|(concluído|concluída|concluídos|concluídas)|resultados?|conclusão|resumo|mudanças|solução|contexto|decisões|aprendizados|descrição|fatto|(completato|completati)|(finito|finiti)|risultati|(conclusione|conclusioni)|riassunto|soluzione|contesto|decisioni|descrizione|gedaan|klaar|afgerond|resultaten|conclusie|samenvatting|oplossing|achtergrond|besluiten|zrobione|ukończone|gotowe|wyniki|wnioski|podsumowanie|rozwiązanie|kontekst|decyzje|opis|完了|済み|結果|まとめ|結論|完成|已完成|结果|总结|结论""",
    "manual": r"""how (to|do|does|can) .*|how it works|usage|use|installation|install(ing)?|set ?up|getting started|quick ?start|steps( to .*)?|instructions?|commands?|cheat ?sheet|examples?|sample|tutorial|guide|walkthrough|troubleshooting|prerequisites|requirements|configuration|config|options|parameters|arguments|syntax|reference|documentation|api|testing( .*)?|test( .*)?|build(ing)?|deploy(ment|ing)?|running|run|workflow|process|procedure|method(s|ology)?|ingredients|directions|preparation|recipe|tips?( .*)?|best practices|faq|frequently asked questions|rules|guidelines|shortcuts|keybindings|features|types|definitions?|theor(y|em)|properties|terms|glossary|vocabulary|notes|links?|resources?|references?|see also|sources?|related|further reading|bibliography|tags|metadata|attendees|participants|present|code|exercises?|quiz|flash ?cards?|cards?|step 0.*|phase 0.*|chapter 0.*|lecture .*|lesson .*|module .*|week 0
|anleitung|installation|verwendung|einrichtung|schritte|beispiele?|zutaten|zubereitung|definition(en)?|quellen|literatur|siehe auch|links|tipps|teilnehmer|befehle|übungen|installation|utilisation|exemples?|étapes|ingrédients|préparation|définitions?|sources|voir aussi|liens|participants|commandes|exercices|instalación|uso|ejemplos?|pasos|ingredientes|preparación|(definición|definicion)(es)?|fuentes|véase también|enlaces|asistentes|comandos|ejercicios|instalação|uso|exemplos?|passos|ingredientes|preparo|definiç(ão|ões)|fontes|veja também|links|participantes|comandos|exercícios|installazione|uso|esempi|passaggi|ingredienti|preparazione|(definizione|definizioni)|fonti|vedi anche|link|partecipanti|comandi|esercizi|installatie|gebruik|voorbeelden|stappen|ingrediënten|bereiding|bronnen|zie ook|deelnemers|oefeningen|instalacja|użycie|przykłady|kroki|składniki|przygotowanie|definicje|źródła|zobacz też|uczestnicy|ćwiczenia|使い方|手順|例|材料|作り方|定義|参考|リンク|用法|步骤|例子|材料|做法|定义|参考|链接""",
}
"""Phrases by class, in the notation of `phrases`."""

HEADING_CLASSES: tuple[str, ...] = tuple(_HEADINGS)
_TITLES = PhraseTable((name, phrases.replace("\n", "")) for name, phrases in _HEADINGS.items())
_WIDE_TITLES: dict[str, re.Pattern[str]] = {
    name: re.compile("|".join(wide))
    for name, phrases in _HEADINGS.items()
    if (wide := sorted(filter(WIDE.match, phrases.replace("\n", "").split("|")), key=len, reverse=True))
}
_BRACKETED_END = re.compile(r"\s*[(（\[][^()\[\]]*[)）\]]\W*$|\s*[:：].*$", re.DOTALL)
MAX_HEADING_CHARACTERS = 120
"""A longer text introduces nothing by its words."""


@lru_cache(maxsize=4096)
def heading_classes(text: str) -> tuple[float, ...]:
    """How much a heading or introducing line is of each class: 1 where all of it is, .5 where its beginning or end is.

    In a script without blanks between words, .5 where any part of it is.
    """
    if len(text) > MAX_HEADING_CHARACTERS:
        return (0.0,) * len(HEADING_CLASSES)
    words = [token for token in tokens_of(text) if token[0].isalpha()]
    head = _BRACKETED_END.sub("", text)
    bare = words if head == text else [token for token in tokens_of(head) if token[0].isalpha()] or words
    found = dict.fromkeys(_TITLES.names_of(words), 1.0)
    if bare is not words:
        found |= dict.fromkeys(_TITLES.names_of(bare), 1.0)
    if not found:
        for count in (3, 2, 1):
            if len(bare) > count:
                parts = _TITLES.names_of(bare[:count]) | _TITLES.names_of(bare[-count:])
                found = dict.fromkeys(parts, 0.5)
            if found:
                break
    if not found and WIDE.search(text):
        found = {name: 0.5 for name, pattern in _WIDE_TITLES.items() if pattern.search(text)}
    return tuple(found.get(name, 0.0) for name in HEADING_CLASSES)


@lru_cache(maxsize=4096)
def heading_cues(text: str) -> frozenset[str]:
    """The cues (`open_cues.CUE_NAMES`) in a heading."""
    return frozenset(CUES.find(tokens_of(text)))
