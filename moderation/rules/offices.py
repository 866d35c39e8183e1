"""Words by which somebody would pass for the city, in the languages of the site.

Left out is what is a surname more often than an office.
"""

import re

# As a word of a name, and as the whole of it.
AS_A_WORD = frozenset(
    re.findall(
        r"\w+",
        """
        admin administration alcalde alcaldesa alcaldía alkalde amt assessore
        ayuntamiento başkanı belediye belediyesi burgemeester burmistrz bürgermeister
        bürgermeisterin clerk comune concejal concejala council councillor department
        editor gemeente gemeinde gmina halmashauri kaymakamlık maire mairie manispaa
        mayor mod modérateur modératrice mods municipalidad municipality municipalité
        municipio município munisipyo oberbürgermeister oberbürgermeisterin official
        ombudsman prefeito prefeitura préfecture primar primăria primărie raadhuis
        rathaus ratusz redaktion sindaco stadhuis staff stadt stadtwerke support urząd
        valilik wethouder webmaster
        админ администрация адміністрація мэр мэрия мер мерія міськрада
        البلدية بلدية شهردار شهرداری עירייה עיריית
        """,
    )
)
# Also inside a word: “Stadtverwaltung”, “Moderatorin”, “Town Clerk’s”.
INSIDE = (
    "administrador",
    "administrator",
    "câmara municipal",
    "city hall",
    "folkmoot",
    "hôtel de ville",
    "moderador",
    "moderation",
    "moderator",
    "town hall",
    "verwaltung",
    "адміністратор",
    "администратор",
    "модератор",
    "市政府",
    "市长",
    "管理员",
)
# Words of German end in what they are: “Bauamt”, “Baubehörde”.
ENDINGS = ("amt", "behörde", "dezernat", "referat")
# What may stand around the city's own name without making it somebody's: “City of”.
AROUND = (
    *("city", "ciudad", "città", "cidade", "town", "village", "ville", "miasto"),
    *("oraș", "місто", "город", "office", "team", "portal", "info", "online"),
    *("the", "of", "la", "le", "de", "di", "da", "van", "der", "die", "von"),
)
