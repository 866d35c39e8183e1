"""The short word lists that come with the software; a policy may bring its own.

Kept short on purpose: a list that tries to be complete flags the innocent. Each
entry is a whole word or phrase, in the forms people write.
"""


def _list(entries: str) -> tuple[str, ...]:
    return tuple(entries.split(", "))


# Insults and threats that a moderator should see, whatever was meant by them.
SUSPECT: dict[str, tuple[str, ...]] = {
    "de": _list(
        "Arschloch, Arschlöcher, Drecksau, Drecksack, Fotze, Hurensohn, "
        "Hurensöhne, Kanake, Kanaken, Missgeburt, Miststück, Nutte, Schlampe, "
        "Spast, Untermensch, Untermenschen, Volksverräter, Wichser, "
        "aufhängen sollte man"
    ),
    "en": _list(
        "arsehole, arseholes, asshole, assholes, bastard, bastards, bitch, "
        "cunt, cunts, dickhead, faggot, fuckwit, motherfucker, retard, retards, "
        "scumbag, slut, tranny, wanker, wankers, whore, kill yourself, hang "
        "them"
    ),
    "es": _list(
        "cabrón, cabrones, gilipollas, hijo de puta, hijos de puta, hijueputa, "
        "malparido, maricón, mierdas, pendejo, pendejos, puta, putas, "
        "subnormal, zorra"
    ),
    "fr": _list(
        "bougnoule, connard, connards, connasse, connasses, enculé, enculés, "
        "fils de pute, nique ta mère, pédé, pute, salaud, salauds, salope, "
        "salopes, va crever"
    ),
    "it": _list(
        "bastardo, bastardi, coglione, coglioni, figlio di puttana, frocio, "
        "puttana, stronza, stronzi, stronzo, testa di cazzo"
    ),
    "nl": _list(
        "hoer, hoerenzoon, kankerlijer, klootzak, klootzakken, kutwijf, "
        "mongool, teringlijer, tyfuslijer"
    ),
    "pl": _list(
        "chuj, chuju, dziwka, jebany, kurwa, pedał, skurwiel, skurwysyn, szmata"
    ),
    "pt": _list(
        "arrombado, cabrão, caralho, filho da puta, filhos da puta, puta, putas, viado"
    ),
}

# Words that heat a conversation: worth a second look by their author.
HEATED: dict[str, tuple[str, ...]] = {
    "de": _list(
        "asozial, asoziale, asozialen, bescheuert, bescheuerte, bescheuerten, "
        "blöd, blöde, blöder, dämlich, dämliche, Dummkopf, Gesindel, hirnlos, "
        "Idiot, Idioten, Idiotie, lächerlich, Lügner, Rüpel, Schwachsinn, "
        "schwachsinnig, Trottel, unverschämt, Unverschämtheit, Verbrecher, "
        "Vollidiot, Vollidioten, halt die Klappe, halt den Mund"
    ),
    "en": _list(
        "braindead, clown, clowns, crap, dumb, dumbest, fool, fools, idiot, "
        "idiotic, idiots, imbecile, liar, liars, ludicrous, moron, moronic, "
        "morons, pathetic, scum, stupid, stupidity, shut up, get lost"
    ),
    "es": _list(
        "estúpida, estúpido, estúpidos, idiota, idiotas, imbécil, imbéciles, "
        "mentirosa, mentiroso, mentirosos, payaso, payasos, ridícula, ridículo, "
        "tonta, tonto, cállate, vergüenza debería darte"
    ),
    "fr": _list(
        "abruti, abrutis, clown, clowns, crétin, crétins, débile, débiles, "
        "idiot, idiote, idiots, imbécile, imbéciles, menteur, menteurs, "
        "menteuse, minable, ridicule, stupide, stupides, ferme-la, la ferme, ta "
        "gueule"
    ),
    "it": _list(
        "bugiarda, bugiardi, bugiardo, buffone, buffoni, cretina, cretini, "
        "cretino, idiota, idioti, imbecille, imbecilli, pagliacci, pagliaccio, "
        "ridicolo, scemo, stupida, stupidi, stupido, stai zitta, stai zitto"
    ),
    "nl": _list(
        "achterlijk, achterlijke, belachelijk, debiel, idioot, "
        "idioten, idiote, leugenaar, leugenaars, onnozel, sukkel, sukkels, hou "
        "je mond, hou je bek"
    ),
    "pl": _list(
        "debil, debile, debilizm, głupi, głupia, głupota, idiota, idioci, "
        "idiotyczny, kłamca, kłamcy, kretyn, kretyni, żałosne, żałosny, zamknij "
        "się"
    ),
    "pt": _list(
        "estúpida, estúpido, estúpidos, idiota, idiotas, imbecil, imbecis, "
        "mentirosa, mentiroso, mentirosos, palhaço, palhaços, ridícula, "
        "ridículo, burro, burros, cala a boca"
    ),
}
