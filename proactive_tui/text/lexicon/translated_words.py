"""Common words of notes in the languages of the templates: a question in one language asks notes in another. Pure.

A row has the words of English, German, French and Spanish for one thing. It is a help for finding, not a dictionary:
whether what was found answers is judged as ever.
"""

from __future__ import annotations

from collections.abc import Collection
from functools import lru_cache

from proactive_tui.text.lexicon import LEXICONS
from proactive_tui.text.words import word_set

_LANGUAGES = ("en", "de", "fr", "es")
_ROWS = """
flight plane fly|flug flüge flieger flugzeug fliegen fliegt|vol avion|vuelo avión volar volamos
train|zug züge bahn|train|tren
ticket|ticket fahrkarte karte|billet|billete entrada
trip journey travel|reise reisen ausflug|voyage|viaje
holiday vacation|urlaub ferien|vacances|vacaciones
hotel|hotel|hôtel|hotel
flat apartment|wohnung|appartement|piso apartamento
room|zimmer raum|chambre salle pièce|habitación cuarto sala
house home|haus zuhause|maison|casa
kitchen|küche|cuisine|cocina
bed|bett|lit|cama
bike bicycle|fahrrad rad|vélo bicyclette|bicicleta bici
car|auto wagen|voiture|coche
ferry boat|fähre boot schiff|bateau ferry|barco ferry
road street way|straße weg|rue route|calle camino
city town|stadt|ville|ciudad
museum|museum|musée|museo
lift elevator|aufzug fahrstuhl|ascenseur|ascensor elevador
heating radiator|heizung heizkörper|chauffage radiateur|calefacción radiador
bled bleed|entlüftet entlüften|purgé purger|purgado purgar
landlord|vermieter hausverwaltung|propriétaire|casero
rent|miete|loyer|alquiler
bill invoice|rechnung|facture|factura
price cost costs|preis kostet kosten|prix coûte coût|precio cuesta coste
money|geld|argent|dinero
bank|bank|banque|banco
account|konto|compte|cuenta
tax taxes|steuer steuern|impôt impôts|impuesto impuestos
insurance|versicherung|assurance|seguro
contract|vertrag|contrat|contrato
appointment meeting|termin treffen besprechung|rendez-vous réunion|cita reunión
date dates|datum daten|date dates|fecha fechas
alarm clock|wecker|réveil|despertador
watch|armbanduhr|montre|reloj
phone|telefon handy|téléphone|teléfono móvil
letter|brief|lettre|carta
mail message|mail nachricht|courriel message|correo mensaje
photo picture|foto bild|photo image|foto imagen
book|buch bücher|livre|libro
story|geschichte erzählung|histoire conte|historia cuento
page|seite seiten|page|página
word words|wort wörter|mot mots|palabra palabras
language|sprache|langue|idioma lengua
note notes|notiz notizen|note notes|nota notas apunte apuntes
list|liste|liste|lista
task tasks|aufgabe aufgaben|tâche tâches|tarea tareas
plan|plan|plan projet|plan
question questions|frage fragen|question questions|pregunta preguntas
answer reply respond|antwort antworten|réponse répondre|respuesta responder
exam examination|prüfung examen klausur|examen|examen
attempt try|versuch|essai tentative|intento
course class lecture|kurs vorlesung|cours|curso clase
lesson|stunde lektion|leçon|lección
school|schule|école|escuela
university|universität|université|universidad
student|student studenten schüler|étudiant élève|estudiante alumno
teacher|lehrer|professeur|profesor maestro
people persons person|leute personen menschen|personnes gens|personas gente
guest guests|gast gäste|invité invités|invitado invitados
friend|freund freundin|ami amie|amigo amiga
wife|frau ehefrau|femme|mujer esposa
husband|mann ehemann|mari|marido
child children|kind kinder|enfant enfants|niño niños hijo
baby|baby|bébé|bebé
brother|bruder|frère|hermano
sister|schwester|sœur|hermana
mother|mutter|mère|madre
father|vater|père|padre
parents|eltern|parents|padres
doctor|arzt ärztin|médecin|médico
dentist|zahnarzt|dentiste|dentista
medicine pills|medizin tabletten|médicament pilules|medicina pastillas
sleep|schlaf schlafen|sommeil dormir|sueño dormir
sick ill|krank|malade|enfermo
cold|erkältung|rhume|resfriado
weight|gewicht|poids|peso
run running ran|laufen gelaufen lauf|courir course couru|correr carrera corrido
birthday|geburtstag|anniversaire|cumpleaños
christmas|weihnachten|noël|navidad
wedding|hochzeit|mariage|boda
party|party feier|fête|fiesta
gift present|geschenk|cadeau|regalo
concert|konzert|concert|concierto
game|spiel|jeu|juego
music|musik|musique|música
song|lied|chanson|canción
breakfast|frühstück|petit-déjeuner|desayuno
lunch|mittagessen|déjeuner|almuerzo
dinner|abendessen|dîner|cena
bread loaf|brot|pain|pan
dough|teig|pâte|masa
flour|mehl|farine|harina
water|wasser|eau|agua
salt|salz|sel|sal
sugar|zucker|sucre|azúcar
syrup|sirup|sirop|jarabe almíbar
egg eggs|ei eier|œuf œufs|huevo huevos
milk|milch|lait|leche
butter|butter|beurre|mantequilla
lemon|zitrone|citron|limón
lime|limette|lime|lima
juice|saft|jus|zumo jugo
wine|wein|vin|vino
beer|bier|bière|cerveza
coffee|kaffee|café|café
oven|ofen backofen|four|horno
ball balls|kugel kugeln|boule boules|bola bolas
recipe|rezept|recette|receta
garden|garten|jardin|jardín huerto
dog|hund|chien|perro
cat|katze|chat|gato
tree|baum|arbre|árbol
flower|blume|fleur|flor
key|schlüssel|clé clef|llave clave
door|tür|porte|puerta
window|fenster|fenêtre|ventana
roof|dach|toit|techo tejado
chain|kette|chaîne|cadena
brake brakes|bremse bremsen|frein freins|freno frenos
light lamp|licht lampe|lumière lampe|luz lámpara
week|woche|semaine|semana
evening|abend|soir|tarde
night|nacht|nuit|noche
morning|morgens vormittag|matin|mañana
january|januar|janvier|enero
december|dezember|décembre|diciembre
work job|arbeit job|travail emploi|trabajo empleo
office|büro|bureau|oficina
boss lead|chef chefin|chef patron|jefe jefa
colleague team|kollege kollegin team|collègue équipe|compañero equipo
customer client|kunde kunden|client|cliente
shop store|laden geschäft|magasin boutique|tienda
order|bestellung bestellt bestellen|commande commandé|pedido pedir
delivery deliver|lieferung|livraison|entrega
parcel package|paket|colis|paquete
company|firma unternehmen|entreprise société|empresa
decision decided|entscheidung entschieden beschlossen|décision décidé|decisión decidido
promise promised|versprechen versprochen|promesse promis|promesa prometido prometí
mistake error|fehler|erreur faute|error fallo
problem issue|problem|problème|problema
reason|grund|raison|razón
rule|regel|règle|regla
goal aim|ziel|but objectif|objetivo meta
idea|idee|idée|idea
change|änderung|changement|cambio
result|ergebnis|résultat|resultado
limit|grenze limit|limite|límite
freeze|einfrieren stopp|gel|congelación
deadline due|frist fällig|délai échéance|plazo vencimiento
rota schedule|dienstplan plan|planning horaire|turno horario
request requests|anfrage anfragen|requête requêtes demande|petición peticiones solicitud
block blocked|blockiert sperre gesperrt|bloqué bloquer|bloqueó bloqueado bloquear
search|suche suchen|recherche|búsqueda buscar
file files|datei dateien|fichier fichiers|archivo archivos fichero
folder|ordner|dossier|carpeta
computer laptop|rechner computer laptop|ordinateur portable|ordenador portátil
screen display|bildschirm anzeige|écran|pantalla
printer|drucker|imprimante|impresora
server|server|serveur|servidor
network|netz netzwerk|réseau|red
password|passwort kennwort|passe|contraseña
user users|benutzer nutzer|utilisateur utilisateurs|usuario usuarios
version|version|version|versión
size|größe|taille|tamaño
number count|zahl anzahl nummer|nombre numéro|número cantidad
speed fast|geschwindigkeit schnell|vitesse rapide|velocidad rápido
memory|speicher|mémoire|memoria
license licence|lizenz|licence|licencia
model|modell|modèle|modelo
training train trained|training trainieren trainiert|entraînement entraîné|entrenamiento entrenar
radio|funk radio|radio|radio
settings|einstellungen|réglages paramètres|ajustes configuración
site website|seite webseite|site|sitio página
blog post|blog beitrag|blog billet article|blog artículo entrada
bank transfer|überweisung|virement|transferencia
id card papers|ausweis papiere personalausweis|identité papiers|documento papeles
lend lent|geliehen leihen|prêté prêter|prestó prestado prestar
read|lesen gelesen|lire lu|leer leído
write wrote|schreiben geschrieben|écrire écrit|escribir escrito
buy bought|kaufen gekauft|acheter acheté|comprar comprado compré
sell sold|verkaufen verkauft|vendre vendu|vender vendido
pay paid|zahlen bezahlt|payer payé|pagar pagado pagué
call|anrufen angerufen|appeler appelé|llamar llamado
meet|treffen getroffen|rencontrer rencontré|encontrar quedar
begin start begins|beginnt beginnen anfangen start|commence commencer début|empieza empezar comienza comenzar
end ends|endet ende|finit fin|termina fin acabar
open|offen öffnen|ouvert ouvrir|abierto abrir
closed close|geschlossen|fermé fermer|cerrado cerrar
new|neu neue|nouveau nouvelle|nuevo nueva
old|alt alte|vieux vieille ancien|viejo vieja antiguo
"""
"""One thing a row. Languages stand in the order of `_LANGUAGES`."""
MIN_WORD_LETTERS = 3
_FALSE_FRIENDS = word_set("four pain red chat but fin sale plan date gel son come once sera vie jour main")
"""Words of one language that say something else in another, and often."""


@lru_cache(maxsize=1)
def _translations() -> dict[tuple[str, str], dict[str, tuple[str, ...]]]:
    """By language and stem, the words of each language; of its own the like ones."""
    found: dict[tuple[str, str], dict[str, tuple[str, ...]]] = {}
    for row in _ROWS.strip().splitlines():
        cells = dict(zip(_LANGUAGES, (cell.split() for cell in row.split("|")), strict=True))
        for code, words in cells.items():
            for stem in map(LEXICONS[code].stem, words):
                known = found.setdefault((code, stem), {})
                for other, its_words in cells.items():
                    kept = [word for word in its_words if len(word) >= MIN_WORD_LETTERS]
                    kept = [word for word in kept if word not in _FALSE_FRIENDS and LEXICONS[code].stem(word) != stem]
                    known[other] = (*known.get(other, ()), *kept)
    return found


def translate_stem(stem: str, language: str, to: Collection[str]) -> tuple[str, ...]:
    """What stands for a word of `language`, given by its stem, in the languages `to`, as far as it is known; of its own
    language the words that say the same.
    """
    known = _translations().get((language, stem), {})
    return tuple(dict.fromkeys(word for other in sorted({*to, language}) for word in known.get(other, ())))
