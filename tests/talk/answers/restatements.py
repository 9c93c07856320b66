"""Lines of notes, restated truly and falsely in other words: what the check of replies is measured by.

`(language, lines, true, false)`: the lines are those that the model read, the restatements what it might say of them.
"""

from __future__ import annotations

RESTATEMENTS: tuple[tuple[str, tuple[str, ...], tuple[str, ...], tuple[str, ...]], ...] = (
    (
        "en",
        ("The shed cost 640 € at Behrens.", "Ruben keeps the key.", "The fence was 80 € more."),
        (
            "You paid 640 € for the shed at Behrens.",
            "The price of the shed was 640 € at Behrens.",
            "You bought the shed at Behrens for 640 €.",
            "The key is kept by Ruben.",
            "Ruben has the key.",
            "The fence cost another 80 €.",
        ),
        (
            "You paid 80 € for the shed at Behrens.",
            "You sold the shed at Behrens for 640 €.",
            "Ruben lost the key.",
            "Behrens has the key.",
            "The fence cost 640 €.",
            "Ruben paid 640 € for the shed.",
        ),
    ),
    (
        "en",
        ("Decided with Ines: two rehearsals a week from March, not three.", "The gym is closed on Fridays."),
        (
            "The decision was two rehearsals a week from March.",
            "You decided with Ines to have two rehearsals a week from March.",
            "You and Ines agreed on two rehearsals a week from March.",
            "On Fridays the gym is shut.",
        ),
        (
            "You decided on three rehearsals a week from March.",
            "Ines decided against two rehearsals a week.",
            "The gym is open on Fridays.",
            "The rehearsals are on Fridays.",
            "You decided with Ines to have two rehearsals a week until March.",
        ),
    ),
    (
        "en",
        (
            "No beans this year: the frost came two nights before I laid the fleece.",
            "Fixed the leaking tap on Sunday, a new washer for 2 €.",
        ),
        (
            "The beans died because the frost came two nights before you laid the fleece.",
            "There are no beans because frost came two nights before you laid the fleece.",
            "You repaired the leaking tap on Sunday.",
            "The leaky tap was mended on Sunday with a new washer for 2 €.",
        ),
        (
            "The beans died because the frost came two nights after you laid the fleece.",
            "The beans grew because of the fleece.",
            "You replaced the leaking tap for 2 €.",
            "The tap cost 2 €.",
            "The frost came on Sunday.",
        ),
    ),
    (
        "en",
        (
            "Ring the chimney sweep before the first frost.",
            "Paula starts at the bakery on 3 May, she gets the early shift.",
            "Whether the hive survives is open.",
        ),
        (
            "You have to call the chimney sweep before the first frost.",
            "Paula begins at the bakery on 3 May.",
            "Paula will work the early shift at the bakery from 3 May.",
        ),
        (
            "You called the chimney sweep before the first frost.",
            "Paula stops at the bakery on 3 May.",
            "Paula begins at the bakery on 5 May.",
            "Paula gets the late shift.",
            "The hive survives.",
            "The chimney sweep gets the early shift.",
        ),
    ),
    (
        "en",
        (
            "The bike needs a new chain before spring, the mechanic says. Brakes are fine.",
            "Bought oil and a pump, not the lamp: 40 € is too much.",
        ),
        (
            "According to the mechanic, the bike needs a new chain before spring.",
            "You purchased oil and a pump.",
            "You did not buy the lamp because 40 € is too much.",
            "The brakes are okay.",
        ),
        (
            "You bought the lamp for 40 €.",
            "The bike needs new brakes before spring.",
            "The mechanic bought a pump.",
            "The pump cost 40 €.",
            "The bike has a new chain.",
        ),
    ),
    (
        "de",
        (
            "Der Zaun kostet 80 € bei Behrens.",
            "Die Probe beginnt um 19:30 in der alten Halle.",
            "Ruben hat den Schlüssel.",
        ),
        (
            "Der Zaun hat bei Behrens 80 € gekostet.",
            "Der Preis des Zauns ist 80 € bei Behrens.",
            "Um 19:30 fängt die Probe in der alten Halle an.",
            "Den Schlüssel hat Ruben.",
        ),
        (
            "Der Zaun kostet 90 € bei Behrens.",
            "Die Probe endet um 19:30 in der alten Halle.",
            "Behrens hat den Schlüssel.",
            "Ruben kauft den Zaun.",
            "Die Probe beginnt um 19:30 in der neuen Halle.",
        ),
    ),
    (
        "de",
        ("The shed cost 640 € at Behrens.", "Rehearsal with Ines on Thursday at 19:30.", "We did not paint the door."),
        (
            "Der Schuppen hat bei Behrens 640 € gekostet.",
            "Die Probe mit Ines ist am Donnerstag um 19:30.",
        ),
        (
            "Der Schuppen hat bei Behrens 900 € gekostet.",
            "Die Probe mit Paula ist am Donnerstag um 19:30.",
            "Die Tür wurde gestrichen.",
            "Ines hat 640 € bezahlt.",
        ),
    ),
    (
        "fr",
        ("La clôture coûte 80 € chez Behrens.", "La répétition commence à 19:30."),
        ("Le prix de la clôture est de 80 € chez Behrens.", "La répétition débute à 19:30."),
        ("La clôture coûte 90 € chez Behrens.", "La répétition finit à 19:30.", "La répétition coûte 80 €."),
    ),
    (
        "es",
        ("La valla cuesta 80 € en Behrens.", "El ensayo empieza a las 19:30."),
        ("El precio de la valla es de 80 € en Behrens.", "El ensayo comienza a las 19:30."),
        ("La valla cuesta 90 € en Behrens.", "El ensayo termina a las 19:30.", "El ensayo cuesta 80 €."),
    ),
    (
        "en",
        ("La valla cuesta 80 € en Behrens.", "El ensayo con Ines empieza a las 19:30."),
        ("The fence costs 80 € at Behrens.", "The rehearsal with Ines begins at 19:30."),
        ("The fence costs 90 € at Behrens.", "The rehearsal with Paula begins at 19:30.", "Ines pays 80 €."),
    ),
)
