"""Simpler words for heavy ones: “instead = use”, a list for each language.

English: chosen from “Use simple words and phrases” of plainlanguage.gov (a work of the
United States government, CC0), without words that city texts need. Other languages
are welcome: a policy's `words` may hold any, and `read` takes lists in GSA's format.
"""

import json

from moderation.rules.pages.phrases import Lists


def _list(entries: str) -> tuple[str, ...]:
    return tuple(" ".join(entry.split()) for entry in entries.split(";"))


def read(text: str) -> tuple[str, ...]:
    """Return the entries of a JSON list of {"instead_of": …, "use": …}."""
    pairs = ((each["instead_of"], each["use"]) for each in json.loads(text))
    return tuple(f"{word} = {use}" for word, use in pairs)


SIMPLE: Lists = {
    "de": _list(
        """aufgrund der Tatsache, dass = weil; im Hinblick auf = für; hinsichtlich = zu;
        bezüglich = zu; seitens = von; zwecks = für; mittels = mit; infolgedessen =
        deshalb; diesbezüglich = dazu; gegebenenfalls = wenn nötig; obliegt = ist
        Aufgabe von; in Kenntnis setzen = mitteilen; zum Einsatz kommen = genutzt
        werden; zur Verfügung stellen = geben; Inanspruchnahme = Nutzung; Beantragung =
        Antrag; unverzüglich = sofort; etwaige = mögliche; obgleich = obwohl; nebst =
        mit; gemäß = nach; vorgenannten = diese; beinhaltet = enthält"""
    ),
    "en": _list(
        """accompany = go with; accomplish = do; accordingly = so; accrue = add;
        additional = more; adjacent to = next to; advantageous = helpful; adversely
        impact on = hurt; afford an opportunity = let; allocate = divide; anticipate =
        expect; a number of = some; appreciable = many; as a means of = to; ascertain =
        find out; as prescribed by = in; assistance = help; attain = meet; at the
        present time = now; be advised = (leave it out); by means of = by; capability =
        ability; caveat = warning; close proximity = near; commence = begin; comply
        with = follow; comprise = include; concerning = about; consequently = so;
        consolidate = join; constitutes = is; convene = meet; deem = think; demonstrate
        = show; depart = leave; designate = choose; discontinue = stop; disseminate =
        send; due to the fact that = because; during the period = during; effect
        modifications = make changes; eliminate = end; encounter = meet; endeavor = try;
        endeavour = try; ensure = make sure; enumerate = count; equitable = fair;
        evidenced = showed; evident = clear; expedite = speed up; expeditious = fast;
        expend = spend; expiration = end; facilitate = help; failed to = did not;
        feasible = can be done; females = women; finalize = finish; finalise = finish;
        for a period of = for; forfeit = lose; frequently = often; furnish = give; has a
        requirement for = needs; herein = here; heretofore = until now; herewith = here;
        identical = same; impacted = changed; implement = carry out; in accordance with
        = by; in addition = also; in an effort to = to; inasmuch as = since; in a timely
        manner = on time; inception = start; incumbent upon = must; in lieu of =
        instead; in order that = so that; in order to = to; in regard to = about; in
        relation to = about; inter alia = (leave it out); interpose no objection = do
        not object; in the amount of = for; in the event of = if; in the near future =
        soon; in the process of = (leave it out); in view of = since; is applicable to =
        applies to; is authorized to = may; is in consonance with = agrees with; it is
        essential = must; it is requested = please; liaison = talk; magnitude = size;
        methodology = method; minimize = make smaller; modify = change; necessitate =
        need; notify = tell; notwithstanding = in spite of; numerous = many; objective =
        aim; obligate = bind; on a regular basis = regularly; optimum = best; parameters
        = limits; pertaining to = about; portion = part; possess = have; practicable =
        practical; preclude = prevent; previously = before; prioritize = rank; prior to
        = before; procure = get; proficiency = skill; promulgate = publish; provided
        that = if; provides guidance for = guides; purchase = buy; pursuant to = under;
        regarding = about; relative to = about; relocate = move; remainder = rest;
        remuneration = pay; set forth in = in; solicit = ask for; state-of-the-art =
        latest; subsequent = later; subsequently = later; substantial = large;
        successfully complete = complete; sufficient = enough; take action to = (leave
        it out); terminate = end; therein = there; thereof = its; the undersigned = I;
        time period = time; transmit = send; under the provisions of = under; until such
        time as = until; utilize = use; utilise = use; utilization = use; validate =
        confirm; viable = workable; whereas = because; with reference to = about; with
        the exception of = except for"""
    ),
}
