"""Every restriction is a complete statement in the words of the DSA's database."""

import json
import re

import pytest

from moderation import checks
from moderation.choices import Act, Besides
from moderation.models import Interim
from moderation.queries import statements
from moderation.rules import Effect, Finding
from moderation.services import appeals, flags, holds, review
from tests.factories.deliberation import CommentFactory
from tests.factories.moderation import ParticipantFactory
from tests.factories.notes import ModeratorFactory, NoteFactory, lead
from tests.moderation.civic import data

pytestmark = pytest.mark.django_db

RULES = {"ground": "DECISION_GROUND_INCOMPATIBLE_CONTENT", "rule_id": "insult"}
LAW = {
    "ground": "DECISION_GROUND_ILLEGAL_CONTENT",
    "legal_ground": "Criminal Code, section 185",
    "rule_id": "",
}
# Member: (enumeration, whether it is a list).
WORDS = {
    "decision_visibility": ("DECISION_VISIBILITIES", True),
    "decision_account": ("DECISION_ACCOUNTS", False),
    "decision_provision": ("DECISION_PROVISIONS", False),
    "decision_ground": ("DECISION_GROUNDS", False),
    "content_type": ("CONTENT_TYPES", True),
    "category": ("STATEMENT_CATEGORIES", False),
    "source_type": ("SOURCE_TYPES", False),
    "automated_decision": ("AUTOMATED_DECISIONS", False),
}
REQUIRED = set(WORDS) - {"decision_account", "decision_provision"} | {
    "automated_detection", "content_date", "application_date", "decision_facts", "puid"
}  # fmt: skip
LONGEST = {
    "decision_visibility_other": 500, "illegal_content_legal_ground": 500,
    "illegal_content_explanation": 2000, "incompatible_content_ground": 500,
    "incompatible_content_explanation": 2000, "decision_facts": 5000,
}  # fmt: skip
DAYS = ("content_date", "application_date", "end_date_visibility_restriction",
        "end_date_account_restriction", "end_date_service_restriction")  # fmt: skip


def complaints(told):
    """Yield what the database would find wrong with a statement."""
    yield from REQUIRED - set(told)
    yield from unknown_words(told)
    yield from unfit_members(told)
    for member, most in LONGEST.items():
        if len(told.get(member, "")) > most or told.get(member) == "":
            yield member
    for name in DAYS:
        if not re.fullmatch(r"20\d\d-\d\d-\d\d", told.get(name, "2026-01-01")):
            yield name
    # The vocabulary has the names of the constants here; the database takes the words
    # in the field list and in its own examples.
    if told["automated_detection"] not in {"Yes", "No"}:
        yield "automated_detection"
    if not re.fullmatch(r"[A-Z]{2}", told["content_language"]):
        yield "content_language"
    if not re.fullmatch(r"[A-Za-z0-9_-]{1,500}", told["puid"]):
        yield "puid"


def unknown_words(told):
    known = json.loads(data("dsa-statements").joinpath("vocab.json").read_text())
    for member, (enumeration, is_list) in WORDS.items():
        given = told.get(member, [] if is_list else None)
        for word in given if is_list else filter(None, [given]):
            if word not in known[enumeration]:
                yield f"{member}: {word}"


def unfit_members(told):
    """Yield what must be there only together with something else."""
    is_illegal = told["decision_ground"] == LAW["ground"]
    is_other = "DECISION_VISIBILITY_OTHER" in told["decision_visibility"]
    for member, is_wanted in {
        "decision_visibility_other": is_other,
        "illegal_content_legal_ground": is_illegal,
        "illegal_content_explanation": is_illegal,
        "incompatible_content_ground": not is_illegal,
        "incompatible_content_explanation": not is_illegal,
        "end_date_account_restriction": "decision_account" in told,
        "end_date_service_restriction": "decision_provision" in told,
    }.items():
        if (member in told) is not is_wanted:
            yield member


def decide(note, now, act, **fields):
    return review.decide(
        content=note, act=act, decided_by=ModeratorFactory(), now=now,
        **{**RULES, "facts": "It calls the mayor a name.", **fields},
    )  # fmt: skip


def held_by_rule(note, now):
    finding = Finding(rule="links", version="2", effect=Effect.HOLD, message="Three.")
    return holds.by_rule(content=note, finding=finding, now=now)


def put_aside(note, now):
    decision = holds.on_reports(content=note, reports=3, now=now)
    Interim.objects.create(
        content_type=decision.content_type, object_id=note.pk, decision=decision,
        ends_at=now,
    )  # fmt: skip
    return decision


@pytest.mark.parametrize(
    "restrict",
    [
        lambda note, now: decide(note, now, Act.HIDE),
        lambda note, now: decide(note, now, Act.HIDE, **LAW),
        lambda note, now: decide(note, now, Act.HIDE, **LAW, besides=Besides.SUSPEND),
        lambda note, now: decide(note, now, Act.HIDE, besides=Besides.SLOW),
        lambda note, now: decide(note, now, Act.HIDE, besides=Besides.WARN),
        lambda note, now: decide(note, now, Act.HIDE, facts="x" * 5000),
        lambda note, now: decide(note, now, Act.REDACT, passage="fool"),
        lambda note, now: decide(note, now, Act.MERGE, same_as=NoteFactory().pk),
        held_by_rule,
        put_aside,
    ],
)
def test_a_statement_is_complete_and_in_known_words(now, restrict):
    note = NoteFactory(text="You fool", language="zh-hans")
    flags.raise_by_person(
        content=note, reporter=ParticipantFactory(), reason="insult", now=now
    )
    told = statements.as_dsa(restrict(note, now), note)
    assert list(complaints(told)) == []


def test_the_countries_are_named_if_the_site_names_them(now, settings):
    note = NoteFactory()
    decision = decide(note, now, Act.HIDE)
    assert "territorial_scope" not in statements.as_dsa(decision, note)
    settings.FOLKMOOT_TERRITORY = ["FR", "DE"]
    assert statements.as_dsa(decision, note)["territorial_scope"] == ["DE", "FR"]


@pytest.mark.parametrize("named", ["DE", ["DE", "UK"], ["de"]])
def test_countries_that_the_database_does_not_know_fail_the_check(settings, named):
    settings.FOLKMOOT_TERRITORY = ["DE", "NO"]
    assert checks.territory_is_named_well() == []
    settings.FOLKMOOT_TERRITORY = named
    (problem,) = checks.territory_is_named_well()
    assert problem.id == "moderation.E004"


def test_who_is_slowed_down_keeps_their_account(now):
    note = NoteFactory()
    told = statements.as_dsa(decide(note, now, Act.HIDE, besides=Besides.SLOW), note)
    assert told["decision_provision"] == "DECISION_PROVISION_PARTIAL_SUSPENSION"
    assert "decision_account" not in told


def test_what_readers_put_aside_was_detected_by_people(now):
    note = NoteFactory()
    flags.raise_by_person(
        content=note, reporter=ParticipantFactory(), reason="insult", now=now
    )
    told = statements.as_dsa(put_aside(note, now), note)
    assert told["source_type"] == "SOURCE_TYPE_OTHER_NOTIFICATION"
    assert told["automated_detection"] == "No"
    assert told["automated_decision"] == "AUTOMATED_DECISION_FULLY"


def test_what_is_hidden_on_a_reporters_appeal_rests_on_their_notice(now):
    note = NoteFactory()
    flag = flags.raise_by_person(
        content=note, reporter=ParticipantFactory(), reason="illegal", text="Theft.",
        good_faith=True, now=now,
    )  # fmt: skip
    review.decide(content=note, act=Act.KEEP, decided_by=ModeratorFactory(), now=now)
    flag.refresh_from_db()
    appeal = appeals.raise_by_reporter(flag=flag, text="It is.", now=now)
    answered = appeals.answer(
        appeal=appeal, outcome="overturned", answer="It is theft.", answered_by=lead(),
        now=now, **RULES,
    )  # fmt: skip
    note.refresh_from_db()
    told = statements.as_dsa(answered.new_decision, note)
    assert told["source_type"] == "SOURCE_ARTICLE_16"


@pytest.mark.parametrize(
    ("file", "kinds"),
    [
        ({"width": 1, "height": 1}, ["CONTENT_TYPE_TEXT", "CONTENT_TYPE_IMAGE"]),
        ({"kind": "document", "pages": 1}, ["CONTENT_TYPE_TEXT"]),
    ],
)
def test_a_comment_with_a_picture_is_an_image_as_well(now, file, kinds):
    comment = CommentFactory(has_attachments=True)
    comment.attachments.create(
        discussion=comment.discussion, uploader=comment.author, **file,
        content=b"x", size=1, uploaded_at=now,
    )  # fmt: skip
    told = statements.as_dsa(decide(comment, now, Act.HIDE), comment)
    assert told["content_type"] == kinds


@pytest.mark.parametrize("name", ["example_statement", "example_multi_statements"])
def test_the_databases_own_examples_have_nothing_to_complain_of(name):
    found = json.loads(data("dsa-statements").joinpath(f"{name}.json").read_text())
    for example in found.get("statements", [found]):
        assert set(unknown_words(example)) == set()
        assert example["automated_detection"] in {"Yes", "No"}


def test_what_takes_nothing_is_no_statement(now):
    note = NoteFactory()
    kept = review.decide(
        content=note, act=Act.KEEP, decided_by=ModeratorFactory(), now=now
    )
    assert statements.as_dsa(kept, note) is None
