"""Verbs with which people begin what they have to do, as the dictionary has them or as an order."""

from __future__ import annotations

import re
from collections.abc import Sequence

from proactive_tui.text.words import word_set

ENGLISH_VERBS = word_set("""
accept access achieve acquire adapt add address adjust adopt align allow analyse analyze annotate answer apply appoint
approve arrange ask assemble assess assign attach attend audit authorize automate avoid await back bake begin benchmark
bike bind block book borrow break brainstorm bring build bump burn buy cache calculate calibrate call cancel capture
catch celebrate change charge chase check choose clarify clean clear climb clone close code collaborate collect combine
come comment commit communicate compare compile complete compress compute conduct configure confirm connect consider
consolidate contact continue contribute convert cook copy correct cover create cross cut cycle debug decide declare
declutter decorate decrease deep-dive define defrost delegate delete deliver demo deploy deprecate describe design
determine develop diagnose differentiate digitize disable discuss display distribute dive do document donate double-check
download draft draw drill drink drive drop dump duplicate earn eat edit eliminate email embed emit empty enable encourage
enforce enhance enroll ensure enter erase establish estimate evaluate examine exchange execute exercise expand experiment
explain explore export expose express extend extract feed fetch figure file fill filter finalise finalize find finish fit
fix flag flash flush focus fold follow force forget fork format formulate forward gather generate get give glue go grab
grant grep grind group grow guard hack handle hang harden have help hide highlight hire hook host identify ignore
illustrate implement import improve include incorporate increase index inform initialise initialize inject insert inspect
install integrate interview introduce investigate invite invoke isolate iterate join journal jot keep kick kill label
launch learn leave let lift limit link list listen load locate lock log look lower lubricate mail maintain make manage map
mark mask match measure meditate meet memorize mend mention merge message migrate minimise minimize mock modify modularize
monitor mount move mow name narrow negotiate normalise normalize note notify obtain oil open optimise optimize order
organise organize outline override own pack paint paraphrase parse park pass paste patch pause pay perform persist phone
photograph pick pin ping pitch place plan plant play plot point polish populate port post postpone practice practise
prepare present preserve press prevent preview prime print prioritise prioritize probe process procure produce profile
program promote proofread propose protect prototype prove provide provision prune publish pull purchase purge push put
query quit raise read reach re-read reactivate rebase rebuild recall reboot recharge recheck recompute reconcile reconnect
reconsider record recover recruit recycle redesign redo reduce re-enable refactor refer refill refine refinance reflect
reformat refresh register reinstall reject relax release reload relocate remember remind remove rename render renew rent
reorder reorganize repair repeat repaint replace replicate reply report represent reproduce request require reread rerun
research reschedule reserve reset resize resolve respond restart restore restrict restructure retest rethink retire retrain
retrieve retry return reuse revamp reverse review revise revisit rework rewrite ride rinse roll rotate round route run
sample sand save scaffold scale scan schedule scrape scrub search secure see select sell send separate serve set settle
setup sew share sharpen shift ship shop show shrink sign simplify simulate sketch skim sleep solder solve sort source
specify spec speak spend spike split spread stabilise stabilize stage standardise standardize start stay stock stop store
stretch structure study style submit subscribe suggest summarise summarize supply support survey swap sweep switch sync
synthesize tackle tag take talk target teach tell terminate test text thank think tidy tie tighten time toggle touch trace
track train transcribe transfer transform translate transport travel trim troubleshoot try tune turn tweak type
understand undo unify uninstall unit-test unpack unsubscribe update upgrade upload use vacuum validate vary verify vectorize
view visit visualise visualize wait wake walk wash watch water weed weigh wipe wire withdraw work wrap write
""")
"""Base forms, which are also orders."""

NOUN_LIKE_VERBS = word_set("""
access address answer back book break call change charge check code comment contact cook copy cover cut demo design
display document draft draw drill drink drive drop dump email exercise experiment figure file fit fix flag flash focus
force fork format function group help highlight hook host index interview journal key label launch lift limit link list
load lock log look lower mail map mark mask match measure message mock monitor mount name note open order outline own
pack paint park pass patch pause pay phone pin ping pitch place plan plant play plot point post practice present press
preview prime print process profile program prototype purchase push query record release report request research reserve
reset return review ride round route run sample sand scale scan schedule search set setup share shift ship shop show sign
sketch sleep sort source spike split stage start stock stop store style support survey swap switch target test text time
touch trace track train transfer transport travel trim try turn tweak type update upgrade use view visit wait walk wash
watch water work wrap
""")
"""English base forms that are as often nouns ("Test results")."""

ENGLISH_IRREGULAR_PAST = word_set("""
ate became began bought broke brought built came caught chose did drew drove fell felt fought found froze gave got grew
had hid held kept knew laid led left lent lost made meant met paid ran rode sang sat saw sent shook slept spoke spent
stood stole struck swam taught thought threw told took went woke won wore wrote was were heard said set-up
""")

INFINITIVES: dict[str, frozenset[str]] = {
    "de": word_set("""
abholen abgeben ablegen abmelden abschicken abschließen abstimmen absagen aktualisieren anfangen anfragen anlegen anmelden
anpassen anrufen anschauen ansehen antworten aufbauen aufhängen aufräumen aufschreiben ausfüllen ausmisten ausprobieren
austauschen backen bauen beantworten beantragen beenden begleichen bereinigen beschaffen besorgen besprechen bestellen
bestätigen besuchen bezahlen bringen buchen checken dokumentieren drucken durchgehen durchlesen einbauen einfügen
einkaufen einladen einlösen einreichen einrichten einstellen entfernen entscheiden entsorgen entwerfen ergänzen erinnern
erklären erledigen erneuern erstellen erweitern festlegen fertigstellen finden fragen füllen geben gießen herausfinden
hinzufügen hochladen holen installieren kaufen kennzeichnen klären kochen kontrollieren konvertieren kopieren korrigieren
kündigen laden lernen lesen liefern löschen lösen machen melden messen mitbringen mitnehmen montieren nachfragen nachlesen
nachsehen nehmen notieren organisieren packen pflanzen planen posten probieren programmieren prüfen putzen recherchieren
reduzieren regeln renovieren reparieren reservieren sammeln schauen schicken schneiden schreiben sehen senden setzen
sichern sortieren spülen starten stellen streichen studieren suchen tauschen telefonieren testen trainieren treffen tun
überarbeiten überlegen übernehmen überprüfen übersetzen übertragen überweisen umbauen umbenennen umstellen umziehen
unterschreiben untersuchen verabreden verbessern vereinbaren vergleichen verkaufen verlängern verlegen veröffentlichen
verschicken verschieben versenden versuchen verteilen vorbereiten vorstellen waschen wechseln wegbringen weiterleiten
wiederholen zahlen zeichnen zurückbringen zurückgeben zurückrufen zurückschicken zusammenfassen
"""),
    "nl": word_set("""
aanmelden aanpassen aanvragen afmaken afronden afspreken afzeggen antwoorden bakken bedenken beginnen bekijken bellen
bespreken bestellen betalen bezoeken bijwerken boeken bouwen brengen checken controleren doen doorsturen downloaden geven
halen herhalen herstellen herschrijven inleveren inplannen inschrijven installeren invullen kiezen koken kopen leren lezen
luisteren maken mailen meenemen nakijken nadenken navragen nemen onderzoeken ondertekenen ophalen opruimen opschrijven
opslaan opsturen opzeggen opzetten organiseren overmaken plannen planten praten proberen regelen repareren reserveren
samenvatten schilderen schrijven schoonmaken stofzuigen sturen testen toevoegen terugbellen terugbrengen terugsturen
uitlezen uitnodigen uitproberen uitschrijven uitzoeken updaten vergelijken verhuizen verkopen verlengen verplaatsen
versturen vertalen verwijderen vervangen vinden voorbereiden vragen wassen zoeken
"""),
    "fr": word_set("""
acheter afficher aider ajouter aller amener améliorer analyser annuler appeler apporter apprendre arrêter arroser assister
attendre avancer calculer changer charger chercher choisir classer commander commencer comparer compléter comprendre
confirmer construire contacter continuer contrôler copier corriger coudre couper créer cuisiner débloquer décider déclarer
définir demander déménager déposer dessiner déterminer développer discuter documenter donner écrire effacer emballer
enregistrer envoyer essayer établir étudier évaluer examiner expliquer explorer faire fermer finaliser finir fixer gérer
imprimer installer intégrer inviter jeter laver lire lister livrer louer mesurer mettre modifier monter montrer nettoyer
noter obtenir organiser oublier ouvrir parler partager passer payer penser peindre planifier planter poser poster préparer
prendre présenter prévenir prévoir programmer proposer publier ranger rappeler récupérer rédiger réduire refaire regarder
régler relancer relire remettre remplacer remplir rencontrer rendre renouveler renvoyer réparer répondre repasser
rechercher réserver résoudre résilier retirer retourner retrouver réviser revoir sauvegarder semer signer sortir supprimer
tailler téléphoner télécharger tenter terminer tester tondre traduire traiter transférer travailler trier trouver utiliser
valider vendre vérifier vider visiter voir
"""),
    "es": word_set("""
abrir acabar actualizar agendar agregar ajustar añadir analizar aplicar apuntar aprender arreglar asistir averiguar ayudar
bajar borrar buscar calcular cambiar cancelar cargar cerrar citar cocinar colgar comenzar comparar completar comprar
comprobar compartir concertar confirmar conseguir construir consultar contactar contestar contratar copiar corregir cortar
crear cuidar dar decidir declarar dedicar definir dejar descargar desarrollar devolver dibujar diseñar documentar editar
eliminar empezar encontrar encargar enseñar entender entregar enviar escribir escuchar estudiar evaluar explicar explorar
facturar firmar fregar generar grabar guardar hablar hacer imprimir incluir informar instalar integrar investigar invitar
ir jugar lavar leer limpiar listar llamar llenar llevar mandar medir meditar mejorar meter migrar mirar modificar montar
mostrar mover negociar obtener ordenar organizar pagar pasar pedir pensar pintar planificar planchar plantar poner practicar
preguntar preparar presentar probar programar proponer publicar quedar quitar recoger recordar redactar reducir regar
registrar reinstalar renovar reparar repasar reservar resolver responder revisar sacar seguir sembrar solicitar solucionar
subir terminar tomar traducir traer tramitar transferir usar vender ver verificar viajar visitar volver
"""),
    "pt": word_set("""
abrir acabar acertar achar adicionar agendar ajudar ajustar alterar analisar apagar aplicar aprender arrumar assinar
assistir atualizar avaliar avisar baixar buscar calcular cancelar carregar colocar combinar começar comparar completar
comprar concluir conferir configurar confirmar conhecer consertar construir consultar continuar contratar conversar
copiar corrigir cortar cozinhar criar cuidar dar decidir definir deixar desenhar desenvolver devolver digitar discutir
documentar editar encontrar enfeitar ensaiar entender entregar entrar enviar escolher escrever estudar excluir executar
explicar explorar falar fazer fechar finalizar gerar gravar guardar implementar imprimir incluir inserir instalar integrar
investigar ir jogar juntar lavar lembrar ler levar ligar limpar listar mandar marcar melhorar mexer migrar montar mostrar
mover mudar negociar obter olhar organizar pagar passar pedir pegar pensar pesquisar pintar planejar plantar pôr postar
praticar preencher preparar programar propor publicar reduzir refatorar refazer registrar remover renovar reparar
responder reservar resolver revisar rever sair salvar seguir separar solicitar subir terminar testar tirar tomar trabalhar
traduzir transferir trazer tratar treinar trocar usar validar vender ver verificar viajar visitar voltar
"""),
    "it": word_set("""
acquistare aggiornare aggiungere aggiustare aiutare analizzare andare annullare aprire ascoltare aspettare avvisare
calcolare cambiare cancellare caricare cercare chiamare chiarire chiedere chiudere comprare completare concludere
confermare configurare confrontare consegnare contattare continuare controllare copiare correggere costruire creare
cucinare dare decidere definire descrivere disegnare disdire discutere documentare eliminare esplorare fare finire firmare
fissare generare gestire guardare imparare incontrare informare iniziare inserire installare integrare inviare invitare
lasciare lavare lavorare leggere liberare mandare mettere migliorare misurare modificare montare mostrare ordinare
organizzare ottenere pagare parlare passare pensare pianificare piantare portare preparare prendere prenotare presentare
provare programmare proporre pubblicare pulire raccogliere registrare restituire riassumere ricordare richiamare ridurre
rifare rileggere rimuovere rinnovare riordinare riparare ripassare riscrivere risolvere rispondere ritirare rivedere
salvare scaricare scegliere scoprire scrivere seguire sentire sistemare smettere spedire spostare stampare stirare
studiare suonare tagliare telefonare terminare testare togliere tornare tradurre trasferire trovare usare valutare vedere
vendere verificare visitare
"""),
    "pl": word_set("""
dodać dokończyć dowiedzieć dzwonić iść kontynuować kupić nauczyć napisać naprawić narysować obejrzeć oddać odebrać
odesłać odnowić odpisać odpowiedzieć odwiedzić odwołać ogarnąć omówić opisać opłacić oszacować otworzyć podlać
podpisać policzyć pomalować pomóc popracować poprawić porównać porozmawiać posadzić posprzątać poszukać powtórzyć pozbyć
pójść przeanalizować przeczytać przećwiczyć przedłużyć przejrzeć przemyśleć przenieść przesłać przetestować
przetłumaczyć przygotować przypomnieć przynieść robić rozwiązać sprawdzić sprzedać sprzątać spakować skończyć skontaktować
spotkać spróbować spytać stworzyć ugotować umówić uporządkować upiec usunąć ustalić ustawić utworzyć uzupełnić wdrożyć
wrócić wybrać wydrukować wymienić wynieść wypełnić wypisać wyprać wyrzucić wysłać wyszukać wyczyścić wziąć zadzwonić
zainstalować zaktualizować zamówić zanieść zapisać zapłacić zapytać zarezerwować zastanowić zebrać zgłosić zmienić
zmierzyć znaleźć zrobić zrozumieć zwrócić
"""),
}
"""Dictionary forms by language. Spanish, Portuguese, Italian and French lists begin with them; German and Dutch end so."""

_FRONT_INFINITIVES = frozenset().union(*(INFINITIVES[language] for language in ("fr", "es", "pt", "it", "pl")))
_BACK_INFINITIVES = INFINITIVES["de"] | INFINITIVES["nl"]
_PREFACES = word_set("please pls just then also maybe re still bitte noch eventually possibly")
_INFINITIVE_END = re.compile(r"(?:[aei]r|[aei]re|ć)$")
_GERMAN_PARTICIPLE = re.compile(r"^(?:\w{0,6}ge\w{2,}(?:t|en))$")
_ROMANCE_PARTICIPLE = re.compile(r"(?:ad[oa]s?|id[oa]s?|at[oaie]|it[oaie]|ut[oaie]|é|ée|és|ei|ou|łem|łam|ono|ano)$")
MAX_WORDS_OF_ORDER = 10

VERB_FORMS = (
    "order", "infinitive", "last infinitive", "infinitive end", "sure order", "past", "gerund", "participle", "third person",
)  # fmt: skip
"""What the verbs of an entry look like, in the order of `verb_forms`."""


def verb_forms(words: Sequence[str]) -> tuple[float, ...]:
    """Which of `VERB_FORMS` an entry has, by its words in lower case: 1 or 0 for each."""
    if not words:
        return (0.0,) * len(VERB_FORMS)
    first = words[1] if words[0] in _PREFACES and len(words) > 1 else words[0]
    last = words[-1]
    return (
        first in ENGLISH_VERBS,
        first in _FRONT_INFINITIVES,
        last in _BACK_INFINITIVES or (len(words) < MAX_WORDS_OF_ORDER and not _BACK_INFINITIVES.isdisjoint(words[1:])),
        len(first) > 3 and bool(_INFINITIVE_END.search(first)),
        first in ENGLISH_VERBS and first not in NOUN_LIKE_VERBS,
        first in ENGLISH_IRREGULAR_PAST or (len(first) > 4 and first.endswith("ed")),
        len(first) > 5 and first.endswith("ing"),
        bool(_GERMAN_PARTICIPLE.match(last)) or (len(first) > 3 and bool(_ROMANCE_PARTICIPLE.search(first))),
        first.endswith("s") and first[:-1] in ENGLISH_VERBS,
    )
