"""For each thing that an A11Y rule looks for, a page that has it wrong."""

from dataclasses import replace

from moderation.rules.pages import PageView
from moderation.rules.pages.facts import (
    Contact,
    Document,
    Embed,
    Image,
    Media,
    Option,
    PdfFacts,
    Question,
    Shows,
)
from tests.moderation.pages.views import PDF, VTT, consultation, paragraph


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


def with_video(**facts) -> PageView:
    video = Media(path="body.3.value", captions=VTT, transcript="A walk.")
    return consultation(media=(replace(video, **facts),))


FOREIGN = (
    "<p>Der Rat beschließt im September, wie der Platz aussehen soll, und fragt vorher "
    "alle, die dort wohnen, arbeiten oder einkaufen, nach ihrer Meinung.</p>"
)
LONG = " ".join(["We plan a new square"] * 7) + "."


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
}
