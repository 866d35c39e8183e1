"""Words by which rules know a vague link, a placeholder or a pointing finger.

Written for this project; a policy may bring its own where a rule has an option for it.
Each entry is a whole word or phrase, in lower case.
"""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from moderation.rules.pages.language_tags import primary

Lists = Mapping[str, tuple[str, ...]]

_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*|[$€£₱]")


def _list(entries: str) -> tuple[str, ...]:
    return tuple(entries.split(", "))


def find(text: str, entries: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Yield each entry of a list in a text: as it was written, and as it is listed."""
    known = _by_first_word(entries)
    folded = _WORD.findall(text.casefold())
    if known.keys().isdisjoint(folded):
        return
    words = list(_WORD.finditer(text))
    folded = [word[0].casefold() for word in words]
    for place, word in enumerate(folded):
        for phrase, entry in known.get(word, ()):
            if tuple(folded[place : place + len(phrase)]) == phrase:
                end = words[place + len(phrase) - 1].end()
                yield text[words[place].start() : end], entry
                break


@lru_cache(maxsize=64)
def _by_first_word(
    entries: tuple[str, ...],
) -> dict[str, list[tuple[tuple[str, ...], str]]]:
    known: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for entry in entries:
        phrase = tuple(_WORD.findall(entry.casefold()))
        if phrase:
            known.setdefault(phrase[0], []).append((phrase, entry))
    for same_start in known.values():
        same_start.sort(key=lambda each: len(each[0]), reverse=True)
    return known


def of(lists: Lists, language: str) -> tuple[str, ...]:
    """Return the entries for a language, with the English ones, which are everywhere."""
    own = lists.get(primary(language), ())
    english = lists.get("en", ())
    return own if own is english else own + english


# Words of a link that say nothing of where it leads.
VAGUE_LINKS: Lists = {
    "de": _list(
        "hier, hier klicken, klicken sie hier, klick hier, mehr, mehr dazu, mehr "
        "erfahren, mehr infos, mehr informationen, mehr lesen, weiter, weiterlesen, "
        "weitere informationen, weitere infos, lesen sie mehr, link, zum link, "
        "details, diese seite, auf dieser seite, zur seite, dort, download, "
        "herunterladen, jetzt, los, siehe hier"
    ),
    "en": _list(
        "click here, click, click this, click this link, click for more, here, more, "
        "more here, more info, more information, more details, details, read more, "
        "read this, read on, learn more, find out more, see more, see here, view, view "
        "more, this, this link, this page, link, this website, website, page, go, "
        "continue, continue reading, next, download, download here, follow this link, "
        "tap here, press here, check here, start, open"
    ),
    "es": _list(
        "aquí, haga clic aquí, haz clic aquí, pulse aquí, pincha aquí, más, más "
        "información, más info, leer más, ver más, saber más, sigue leyendo, seguir "
        "leyendo, enlace, este enlace, esta página, detalles, descargar, continuar"
    ),
    "fr": _list(
        "ici, cliquez ici, cliquer ici, par ici, plus, plus d'infos, plus d’infos, "
        "plus d'informations, plus d’informations, en savoir plus, lire la suite, lire "
        "plus, voir plus, suite, la suite, lien, ce lien, cette page, détails, "
        "télécharger, continuer"
    ),
    "it": _list(
        "qui, clicca qui, cliccare qui, fai clic qui, di più, altro, leggi, leggi "
        "tutto, leggi di più, continua, continua a leggere, maggiori informazioni, più "
        "informazioni, scopri di più, link, questo link, questa pagina, dettagli, "
        "scarica"
    ),
    "nl": _list(
        "hier, klik hier, meer, meer info, meer informatie, lees meer, lees verder, "
        "verder, verder lezen, link, deze link, deze pagina, details, download"
    ),
    "pl": _list(
        "tutaj, tu, kliknij tutaj, kliknij tu, kliknij, więcej, więcej informacji, "
        "czytaj więcej, czytaj dalej, dalej, link, ten link, ta strona, szczegóły, "
        "pobierz"
    ),
    "pt": _list(
        "aqui, clique aqui, mais, mais informações, mais info, leia mais, ler mais, "
        "saiba mais, ver mais, continuar, link, este link, esta página, detalhes, "
        "baixar, descarregar"
    ),
    "sw": _list("hapa, bofya hapa, bonyeza hapa, zaidi, soma zaidi, kiungo"),
    "tl": _list(
        "dito, i-click dito, pindutin dito, higit pa, magbasa pa, basahin pa, link"
    ),
    "tr": _list("buraya tıklayın, tıklayın, burada, devamı, daha fazla, bağlantı"),
    "uk": _list("тут, натисніть тут, клацніть тут, докладніше, більше, посилання"),
}

# What begins an alternative text with what screen readers say anyway.
IMAGE_OF: Lists = {
    "de": _list(
        "bild von, bild des, bild der, bild eines, bild einer, foto von, foto des, "
        "foto der, foto eines, foto einer, grafik von, abbildung von"
    ),
    "en": _list(
        "image of, an image of, picture of, a picture of, photo of, a photo of, "
        "photograph of, a photograph of, graphic of, icon of, screenshot of"
    ),
    "es": _list("imagen de, foto de, fotografía de, gráfico de"),
    "fr": _list("image de, image d', photo de, photo d', photographie de"),
    "it": _list("immagine di, foto di, fotografia di"),
    "nl": _list("afbeelding van, foto van, plaatje van"),
    "pl": _list("obraz przedstawiający, zdjęcie, obrazek"),
    "pt": _list("imagem de, foto de, fotografia de"),
}

# Titles that somebody meant to replace.
PLACEHOLDERS: Lists = {
    "de": _list(
        "titel, überschrift, neue seite, ohne titel, unbenannt, seitentitel, entwurf, "
        "beispiel, beispielseite, test, testseite, platzhalter, neue beteiligung"
    ),
    "en": _list(
        "title, page title, title here, heading, headline, new page, untitled, "
        "untitled document, untitled page, draft, example, sample, sample page, test, "
        "test page, testing, placeholder, page, home page title, lorem ipsum, todo, "
        "tbd, tbc, xxx, asdf, new consultation, new hearing, document"
    ),
    "es": _list("título, sin título, página nueva, nueva página, borrador, prueba"),
    "fr": _list("titre, sans titre, nouvelle page, brouillon, essai, exemple"),
    "it": _list("titolo, senza titolo, nuova pagina, bozza, prova, esempio"),
    "nl": _list("titel, zonder titel, nieuwe pagina, concept, voorbeeld, proef"),
    "pl": _list("tytuł, bez tytułu, nowa strona, szkic, próba, przykład"),
    "pt": _list("título, sem título, nova página, rascunho, teste, exemplo"),
}

# Instructions that only eyes can follow: a colour with a thing, a thing with a side.
COLOURS: Lists = {
    "de": _list(
        "rote, roten, roter, rotes, grüne, grünen, grüner, grünes, blaue, blauen, "
        "blauer, blaues, gelbe, gelben, gelber, gelbes, orange, orangen, orangene, "
        "graue, grauen, grauer, graues, schwarze, schwarzen, weiße, weißen"
    ),
    "en": _list(
        "red, green, blue, yellow, orange, purple, pink, grey, gray, black, white, "
        "brown, round, square, coloured, colored"
    ),
    "es": _list("rojo, roja, verde, azul, amarillo, amarilla, gris, negro, negra"),
    "fr": _list("rouge, vert, verte, bleu, bleue, jaune, orange, gris, grise, noir"),
}
THINGS: Lists = {
    "de": _list(
        "button, knopf, schaltfläche, taste, kasten, kästchen, feld, felder, link, "
        "links, text, bereich, linie, punkt, punkte, markierung, pfeil, symbol, menü, "
        "spalte, balken, fläche, flächen"
    ),
    "en": _list(
        "button, buttons, box, boxes, field, fields, link, links, text, area, areas, "
        "line, lines, dot, dots, marker, markers, arrow, arrows, icon, icons, menu, "
        "column, bar, panel, section, tab, items, words"
    ),
    "es": _list("botón, recuadro, cuadro, campo, enlace, texto, zona, línea, flecha"),
    "fr": _list(
        "bouton, encadré, case, champ, lien, texte, zone, ligne, flèche, menu, colonne"
    ),
}
SIDES: Lists = {
    "de": _list(
        "rechts, links, auf der rechten seite, auf der linken seite, rechts oben, "
        "links oben, rechts unten, links unten, oben rechts, oben links, unten rechts, "
        "unten links, am rechten rand, am linken rand"
    ),
    "en": _list(
        "on the right, on the left, to the right, to the left, at the right, at the "
        "left, on the right-hand side, on the left-hand side, in the right column, in "
        "the left column, in the top right, in the top left, in the bottom right, in "
        "the bottom left"
    ),
    "es": _list("a la derecha, a la izquierda, de la derecha, de la izquierda"),
    "fr": _list("à droite, à gauche, de droite, de gauche, en haut à droite"),
}

# Words by which a picture gives itself away as more than a picture.
PICTURES_OF_DATA: Lists = {
    "de": _list(
        "karte, lageplan, stadtplan, diagramm, grafik, schaubild, balkendiagramm, "
        "kreisdiagramm, bauzeichnung, grundriss, plan"
    ),
    "en": _list(
        "map, site plan, chart, bar chart, pie chart, graph, diagram, floor plan, "
        "drawing, infographic"
    ),
    "es": _list("mapa, plano, gráfico, gráfica, diagrama, infografía"),
    "fr": _list("carte, plan, graphique, diagramme, schéma, infographie"),
    "it": _list("mappa, piantina, grafico, diagramma, infografica"),
    "nl": _list("kaart, plattegrond, grafiek, diagram, infographic"),
    "pl": _list("mapa, plan, wykres, diagram, infografika"),
    "pt": _list("mapa, planta, gráfico, diagrama, infográfico"),
}

# Words by which a text shows that it says what the options cost and whom they touch.
COSTS: Lists = {
    "de": _list(
        "kosten, kostet, euro, €, haushalt, auswirkung, auswirkungen, folgen, "
        "betroffen, nachteile, vorteile, förderung"
    ),
    "en": _list(
        "cost, costs, price, budget, £, $, €, funding, impact, impacts, effect, "
        "effects, consequence, consequences, savings, benefit, benefits, peso, "
        "shillings, ₱"
    ),
    "es": _list("coste, costes, costo, costos, presupuesto, impacto, efectos, €, $"),
    "fr": _list("coût, coûts, coûte, budget, impact, impacts, effets, euros, €"),
    "it": _list("costo, costi, bilancio, impatto, effetti, euro, €"),
    "nl": _list("kosten, kost, begroting, gevolgen, effect, effecten, euro, €"),
    "pl": _list("koszt, koszty, budżet, skutki, wpływ, zł"),
    "pt": _list("custo, custos, orçamento, impacto, efeitos, €, r$"),
}

# Wording that leaves people out, and what to write instead.
INCLUSIVE: Lists = {
    "de": _list(
        "behinderte = behinderte Menschen, an den rollstuhl gefesselt = nutzt einen "
        "Rollstuhl, taubstumm = gehörlos, ausländer = Menschen ohne deutschen Pass, "
        "senioren = ältere Menschen, mannschaft = Team, jedermann = alle, bürger = "
        "Bürgerinnen und Bürger, anwohner = Anwohnerinnen und Anwohner"
    ),
    "en": _list(
        "the disabled = disabled people, handicapped = disabled, wheelchair-bound = "
        "who uses a wheelchair, confined to a wheelchair = who uses a wheelchair, "
        "suffers from = has, deaf and dumb = deaf, the blind = blind people, the "
        "elderly = older people, the homeless = people without a home, chairman = "
        "chair, manpower = staff, mankind = people, man-made = artificial, policeman = "
        "police officer, fireman = firefighter, guys = everyone, housewives = people "
        "at home, illegal aliens = people without papers, able-bodied = not disabled, "
        "normal people = people, sanity check = check, crazy = surprising"
    ),
    "es": _list(
        "minusválido = persona con discapacidad, minusválidos = personas con "
        "discapacidad, los discapacitados = las personas con discapacidad, sordomudo "
        "= persona sorda, los ancianos = las personas mayores"
    ),
    "fr": _list(
        "les handicapés = les personnes handicapées, cloué dans un fauteuil = en "
        "fauteuil roulant, sourd-muet = sourd, les vieux = les personnes âgées"
    ),
}
