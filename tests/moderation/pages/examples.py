"""For each thing a rule looks for, a page that has it wrong."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from moderation.rules.pages import PageView
from moderation.rules.pages.facts import (
    Contact,
    Document,
    Embed,
    Image,
    Media,
    Option,
    Outcome,
    PdfFacts,
    Question,
    Shows,
)
from tests.moderation.pages.views import (
    NOW,
    PDF,
    VTT,
    consultation,
    hearing,
    paragraph,
    public,
)


def with_html(html: str) -> PageView:
    return consultation(blocks=(paragraph(html),))


def with_document(**facts) -> PageView:
    plan = Document(
        path="documents.0.value",
        title="The plan",
        language="en",
        file_name="plan.pdf",
        media_type="application/pdf",
        pdf=PDF,
    )
    return consultation(documents=(replace(plan, **facts),))


def with_image(**facts) -> PageView:
    image = Image(path="body.2.value", alt="Four rows of cars", title="Square")
    return consultation(images=(replace(image, **facts),))


def with_question(*options: Option, **facts) -> PageView:
    question = Question(path="poll_question", label="What is missing?", options=options)
    return consultation(questions=(replace(question, **facts),))


def with_pdf(**facts) -> PageView:
    return with_document(pdf=replace(PDF, **facts))


def with_access(name: str, answer: str, **facts) -> PageView:
    page = hearing(**facts)
    return replace(
        page,
        access=tuple(
            replace(each, answer=answer) if each.name == name else each
            for each in page.access
        ),
    )


def with_video(**facts) -> PageView:
    video = Media(path="body.3.value", captions=VTT, transcript="A walk.")
    return consultation(media=(replace(video, **facts),))


def with_session(**facts) -> PageView:
    page = hearing()
    return replace(page, sessions=(replace(page.sessions[0], **facts),))


def opened(**changes) -> PageView:
    """Return a consultation that opened a week ago."""
    return public(
        consultation(opens_at=NOW - timedelta(days=7), closes_at=NOW + timedelta(50)),
        **changes,
    )


FOREIGN = (
    "<p>Der Rat beschließt im September, wie der Platz aussehen soll, und fragt vorher "
    "alle, die dort wohnen, arbeiten oder einkaufen, nach ihrer Meinung.</p>"
)
ANSWERED = consultation(
    opens_at=NOW - timedelta(days=90),
    closes_at=NOW - timedelta(days=40),
    answered_at=NOW,
    outcome=Outcome(
        decided="Trees.",
        changed="More seats.",
        unchanged="No car park, for the air.",
        numbers="212 people.",
        themes="Shade, seats.",
        data="https://example.org/answers.csv",
    ),
)
LONG = " ".join(["We plan a new square"] * 7) + "."


def without_outcome(part: str) -> PageView:
    return replace(ANSWERED, outcome=replace(ANSWERED.outcome, **{part: " "}))


FAILING: dict[str, PageView] = {
    "A11Y-01.alt": with_image(alt=None),
    "A11Y-01.image-name": with_html('<p><img src="square.jpg"></p>'),
    "A11Y-01.decoration": with_html('<img src="a.png" alt="" aria-label="Square">'),
    "A11Y-01.svg-name": with_html('<svg role="img"><circle r="4"/></svg>'),
    "A11Y-01.object-name": with_html('<object data="square.png"></object>'),
    "A11Y-01.image-button": with_html('<input type="image" src="go.png">'),
    "A11Y-02.file-name": with_image(alt="IMG_4711.JPG"),
    "A11Y-02.underscore": with_image(alt="market_square in may"),
    "A11Y-02.image-of": with_image(alt="Photo of the square"),
    "A11Y-02.repeats": with_image(alt="square "),
    "A11Y-02.length": with_image(alt="cars " * 26),
    "A11Y-03.empty": with_html("<h2> </h2>"),
    "A11Y-03.first-level": with_html("<h1>Why</h1>"),
    "A11Y-03.skipped": with_html("<h2>Why</h2><h4>Because</h4>"),
    "A11Y-04.bold-heading": with_html(
        "<p><b>What we plan</b></p><p>Trees and seats.</p>"
    ),
    "A11Y-04.typed-list": with_html("<p>- trees</p><p>- seats</p>"),
    "A11Y-05.name": with_html('<a href="/plan/"> </a>'),
    "A11Y-05.target": with_html('<a href="#">the plan</a>'),
    "A11Y-06.vague": with_html('<a href="/plan/">Click here!</a>'),
    "A11Y-06.address": with_html('<a href="/plan/">https://example.org/plan</a>'),
    "A11Y-06.sign": with_html('<a href="/plan/">→</a>'),
    "A11Y-07.different": with_html(
        '<a href="/north/">The plan</a> <a href="/south/">the plan</a>'
    ),
    "A11Y-08.label": consultation(),
    "A11Y-08.typed": with_html('<a href="/files/plan.pdf">The plan</a>'),
    "A11Y-09.no-header": with_html(
        "<table><caption>Costs</caption><tr><td>Trees</td><td>4</td></tr></table>"
    ),
    "A11Y-09.no-caption": with_html("<table><tr><th>Trees</th><td>4</td></tr></table>"),
    "A11Y-09.nested": with_html(
        "<table><caption>A</caption><tr><th>B</th><td><table><caption>C</caption><tr>"
        "<th>D</th><td>4</td></tr></table></td></tr></table>"
    ),
    "A11Y-09.empty-header": with_html(
        "<table><caption>Costs</caption><tr><th></th><td>4</td></tr></table>"
    ),
    "A11Y-09.columns": with_html(
        "<table><caption>Costs</caption><tr><th>Trees</th><td>4</td></tr><tr>"
        "<th>Seats</th><td>4</td><td>5</td></tr></table>"
    ),
    "A11Y-09.header-names-nothing": with_html(
        "<table><caption>C</caption><tr><th>Trees</th><th>Seats</th></tr>"
        "<tr><td>4</td></tr></table>"
    ),
    "A11Y-09.headers-attribute": with_html(
        '<table><caption>C</caption><tr><th id="a">Trees</th></tr>'
        '<tr><td headers="b">4</td></tr></table>'
    ),
    "A11Y-09.scope": with_html(
        '<table><caption>C</caption><tr><th scope="down">Trees</th></tr>'
        "<tr><td>4</td></tr></table>"
    ),
    "A11Y-10.page": consultation(language=" "),
    "A11Y-10.page-valid": consultation(language="english"),
    "A11Y-10.part-valid": with_html('<p lang="deutsch">Der Platz</p>'),
    "A11Y-10.two-languages": with_html('<html lang="en" xml:lang="fr"><p>Hello'),
    "A11Y-10.page-detected": with_html(FOREIGN),
    "A11Y-10.part-detected": consultation(
        blocks=(*consultation().blocks, paragraph(FOREIGN))
    ),
    "A11Y-11.missing": consultation(title=" "),
    "A11Y-11.placeholder": consultation(title="New page"),
    "A11Y-11.duplicate": consultation(title="A bus to the hospital"),
    "A11Y-12.file": with_video(media_type="image/gif"),
    "A11Y-12.captions": with_video(captions=None),
    "A11Y-12.captions-broken": with_video(captions="1\n00:00:00,0 --> …"),
    "A11Y-12.transcript": with_video(transcript=""),
    "A11Y-12.markup": with_html('<video src="walk.mp4"></video>'),
    "A11Y-13.file": with_video(is_video=False, media_type="text/plain"),
    "A11Y-13.transcript": with_video(is_video=False, transcript=" "),
    "A11Y-13.markup": with_html('<audio src="voices.mp3"></audio>'),
    "A11Y-14.title": consultation(
        embeds=(Embed(path="body.5.value", url="https://www.openstreetmap.org/"),)
    ),
    "A11Y-14.object": with_html('<object data="/map.html"></object>'),
    "A11Y-14.host": consultation(
        embeds=(
            Embed(path="body.5", url="https://notopenstreetmap.org/", title="Where"),
        )
    ),
    "A11Y-15.title": with_document(title=""),
    "A11Y-15.language": with_document(language=""),
    "A11Y-15.unreadable": with_document(pdf=PdfFacts(problem="Locked.")),
    "A11Y-15.untagged": with_pdf(is_tagged=False),
    "A11Y-15.scanned": with_pdf(has_text=False),
    "A11Y-15.picture": with_document(media_type="image/png", file_name="plan.png"),
    "A11Y-15.pdf-title": with_pdf(title=""),
    "A11Y-15.pdf-language": with_pdf(language=""),
    "A11Y-15.type": with_document(file_name="plan.docx"),
    "A11Y-15.other-format": consultation(contact=Contact(name="Ines Albrecht")),
    "A11Y-16.moving": with_html("<marquee>News</marquee>"),
    "A11Y-16.autoplay": with_html('<video autoplay src="walk.mp4"></video>'),
    "A11Y-16.refresh": with_html('<meta http-equiv="refresh" content="30">'),
    "A11Y-16.zoom": with_html(
        '<meta name="viewport" content="width=device-width, user-scalable=no">'
    ),
    "A11Y-16.looks": with_html('<p style="color: red">Attention</p>'),
    "A11Y-16.tangled": with_html("<div>" * 300),
    "A11Y-17.capitals": with_html("<p>PLEASE NOTE THE NEW OPENING HOURS</p>"),
    "A11Y-17.italics": with_html(f"<p><em>{LONG} {LONG}</em></p>"),
    "A11Y-17.justified": with_html('<p align="justify">The plan</p>'),
    "A11Y-18.colour": with_html("<p>Press the red button.</p>"),
    "A11Y-18.side": with_html("<p>Use the box on the right.</p>"),
    "A11Y-19.lix": with_html(
        "<p>Municipal infrastructure modernisation necessitates comprehensive "
        "environmental compatibility examinations throughout preparatory "
        "administrative proceedings.</p>"
    ),
    "A11Y-19.sentence": with_html(f"<p>{LONG}</p>"),
    "A11Y-20.missing": consultation(summary=""),
    "A11Y-20.short": consultation(summary="We ask you about the square."),
    "A11Y-20.long": consultation(summary="We ask you. " * 60),
    "A11Y-20.harder": consultation(
        summary="Municipal transformation " * 16,
        blocks=(paragraph("<p>We plan a big square. You can tell us how it is.</p>"),),
    ),
    "A11Y-21.unexplained": with_html("<p>The EIA is ready.</p>"),
    "A11Y-22.simple": with_html("<p>You may utilize the form.</p>"),
    "A11Y-22.inclusive": with_html("<p>The chairman opens the meeting.</p>"),
    "A11Y-23.equivalent": with_image(shows=Shows.MAP),
    "A11Y-23.suspected": with_image(alt="Map of the square"),
    "A11Y-23.canvas": with_html("<canvas></canvas>"),
    "A11Y-24.field-name": with_html('<input type="text">'),
    "A11Y-24.button-name": with_html("<button></button>"),
    "A11Y-24.menu-item-name": with_html('<div role="menuitem"></div>'),
    "A11Y-24.summary-name": with_html("<details><summary></summary>More</details>"),
    "A11Y-24.label": with_question(label=" "),
    "A11Y-24.help": with_question(help="One answer.", is_help_tied=False),
    "A11Y-24.option": with_question(Option()),
    "A11Y-24.colour-only": with_question(Option(colour="#f00")),
    "A11Y-24.image-only": with_question(Option(has_image=True)),
    "CON-01.dates": consultation(closes_at=None),
    "CON-01.short": consultation(closes_at=NOW + timedelta(days=48)),
    "CON-01.statutory": consultation(closes_at=NOW + timedelta(days=36)),
    "CON-02.holidays": consultation(
        opens_at=datetime(2026, 12, 1, tzinfo=UTC),
        closes_at=datetime(2027, 1, 20, tzinfo=UTC),
    ),
    "CON-03.election": consultation(opens_at=datetime(2026, 5, 12, tzinfo=UTC)),
    "CON-04.open": consultation(still_open=""),
    "CON-04.decided": consultation(already_decided=" "),
    "CON-05.background": consultation(
        documents=(), blocks=(paragraph("<p>It costs a lot.</p>"),)
    ),
    "CON-05.costs": consultation(blocks=(paragraph("<p>There will be trees.</p>"),)),
    "CON-06.level": consultation(level=""),
    "CON-06.promise": consultation(promise=""),
    "CON-07.who": consultation(who_decides=""),
    "CON-07.when": consultation(decision_date=date(2026, 5, 20)),
    "CON-07.use": consultation(use_of_answers=""),
    "CON-08.way": consultation(other_ways=""),
    "CON-08.contact": consultation(contact=Contact(email="square@example.org")),
    "CON-09.language": consultation(),
    "CON-10.notice": consultation(privacy_notice=""),
    "CON-10.retention": consultation(retention=""),
    "CON-10.identity": consultation(identity=""),
    "CON-11.groups": consultation(affected_groups=""),
    "CON-11.outreach": consultation(outreach=""),
    "CON-12.earlier": opened(closes_at=NOW + timedelta(days=51)),
    "CON-12.discussion": public(
        replace(opened(), has_discussion=False), has_discussion=True
    ),
    "CON-12.opening": replace(opened(), opens_at=NOW + timedelta(days=1)),
    "CON-13.changed": replace(
        opened(), has_answers=True, texts={"poll_question": "Do you like trees?"}
    ),
    "CON-13.removed": replace(opened(), has_answers=True, texts={}),
    "CON-14.due": consultation(),
    **{f"CON-15.{part}": without_outcome(part) for part in vars(ANSWERED.outcome)},
    "HEA-01.sessions": hearing(sessions=()),
    "HEA-01.late": hearing(now=datetime(2026, 6, 1, 12, tzinfo=UTC)),
    "HEA-01.statutory": hearing(now=datetime(2026, 6, 8, 12, tzinfo=UTC)),
    "HEA-02.due": hearing(),
    "HEA-02.late-change": replace(
        public(hearing(now=datetime(2026, 6, 9, tzinfo=UTC))), agenda="The plan."
    ),
    "HEA-03.unanswered": with_access("toilet", ""),
    "HEA-03.no-instead": with_access("toilet", "no"),
    "HEA-04.unanswered": with_access("captions", ""),
    "HEA-04.no-instead": with_access("captions", "no"),
    "HEA-04.request": with_access("captions", "on_request"),
    "HEA-04.deadline": with_access("captions", "on_request", request_how="Call us."),
    "HEA-04.early": with_access(
        "captions",
        "on_request",
        request_how="Call us.",
        request_by=datetime(2026, 6, 1, tzinfo=UTC),
    ),
    "HEA-04.preferred": with_access(
        "captions",
        "on_request",
        request_how="Call us.",
        request_by=datetime(2026, 6, 4, 12, tzinfo=UTC),
    ),
    "HEA-05.remote": with_session(join_url="", join_phone=""),
    "HEA-05.phone": with_session(join_phone=""),
    "HEA-06.unanswered": with_access("childcare", ""),
    "HEA-06.no-instead": with_access("childcare", "no"),
    "HEA-07.name": hearing(contact=Contact(email="a@example.org", phone="1")),
    "HEA-07.channels": hearing(contact=Contact(name="Ines", phone="1")),
    "HEA-08.minutes": hearing(),
    "HEA-08.recording": hearing(recording=Media(path="recording")),
    "HEA-08.captions": hearing(recording=Media(path="recording", captions=VTT)),
    "HEA-09.order": hearing(),
    "HEA-09.how": hearing(how_to_speak=""),
    "HEA-10.calendar": hearing(),
    "HEA-10.zone": hearing(time_zone="Bonn"),
    "HEA-10.place": with_session(place="https://maps.example.org/?q=hall"),
}

# Options without which a rule has nothing to look for.
OPTIONS = {
    "CON-01": {"statutory_days": 30},
    "CON-02": {"regions": ("DE",), "periods": ("12-22/01-06",)},
    "CON-03": {"periods": ("2026-05-10/2026-05-17",)},
    "CON-09": {"languages": ("en", "tr")},
    "HEA-01": {"statutory_days": 3},
}
# Where the page that keeps all rules is asked with other options than these.
PASSING_OPTIONS = {
    **OPTIONS,
    "CON-03": {"periods": ("2026-07-10/2026-07-17",)},
    "CON-09": {"languages": ("en",)},
}
