"""What `gate_audit` holds our checks against."""

# Which of our checks looks for the same as a rule of axe-core.
AXE = {
    "area-alt": "A11Y-05.name",
    "aria-input-field-name": "A11Y-24.field-name",
    "aria-toggle-field-name": "A11Y-24.field-name",
    "audio-caption": "A11Y-13.markup",
    "blink": "A11Y-16.moving",
    "button-name": "A11Y-24.button-name",
    "empty-heading": "A11Y-03.empty",
    "empty-table-header": "A11Y-09.empty-header",
    "frame-title": "A11Y-14.title",
    "heading-order": "A11Y-03.skipped",
    "identical-links-same-purpose": "A11Y-07.different",
    "image-alt": "A11Y-01.image-name",
    "image-redundant-alt": "A11Y-02.repeats",
    "input-button-name": "A11Y-24.button-name",
    "input-image-alt": "A11Y-01.image-button",
    "label": "A11Y-24.field-name",
    "link-name": "A11Y-05.name",
    "marquee": "A11Y-16.moving",
    "meta-refresh": "A11Y-16.refresh",
    "meta-viewport": "A11Y-16.zoom",
    "object-alt": "A11Y-14.object",
    "p-as-heading": "A11Y-04.bold-heading",
    "presentation-role-conflict": "A11Y-01.decoration A11Y-01.image-name",
    "role-img-alt": "A11Y-01.image-name",
    "scope-attr-valid": "A11Y-09.scope",
    "select-name": "A11Y-24.field-name",
    "summary-name": "A11Y-24.summary-name",
    "svg-img-alt": "A11Y-01.svg-name",
    "td-has-header": "A11Y-09.no-header",
    "td-headers-attr": "A11Y-09.headers-attribute",
    "th-has-data-cells": "A11Y-09.header-names-nothing",
    "valid-lang": "A11Y-10.part-valid",
    "video-caption": "A11Y-12.markup",
}


# Content as Wagtail's editor writes it, with what is wrong with it.
WAGTAIL = (
    ('<p data-block-key="a1"><b>Why we ask</b></p><p data-block-key="a2">It is old.</p>',
     {"A11Y-04.bold-heading"}),
    ('<p data-block-key="a1">The square is <b>old</b> and <i>grey</i>.<br/>We ask.</p>',
     set()),
    ('<h2 data-block-key="a1">Why</h2><h4 data-block-key="a2">Then</h4>',
     {"A11Y-03.skipped"}),
    ('<h2 data-block-key="a1">Why</h2><h3 data-block-key="a2">Then</h3><hr/>', set()),
    ('<ul><li data-block-key="a1">Trees</li><li data-block-key="a2">Seats</li></ul>',
     set()),
    ('<p data-block-key="a1">- Trees</p><p data-block-key="a2">- Seats</p>',
     {"A11Y-04.typed-list"}),
    ('<p data-block-key="a1"><a href="/plan/">The plan</a></p>', set()),
    ('<p data-block-key="a1">For the plan <a href="/plan/">click here</a>.</p>',
     {"A11Y-06.vague"}),
    ('<p data-block-key="a1"><a href="/documents/7/plan.pdf">Plan</a></p>',
     {"A11Y-08.typed"}),
    ('<img class="richtext-image full-width" src="/media/images/s.width-800.jpg" '
     'width="800" height="600" alt="Cars in four rows">', set()),
    ('<img class="richtext-image left" src="/media/images/IMG_1.width-500.jpg" '
     'width="500" height="300" alt="IMG_1.jpg">', {"A11Y-02.file-name"}),
    ('<div class="rich-text"><div><iframe src="https://player.vimeo.com/video/1" '
     'width="200" height="113"></iframe></div></div>', {"A11Y-14.title"}),
    ("<figure><table><caption>Costs</caption><thead><tr><th scope='col'>What</th>"
     "<th scope='col'>Euros</th></tr></thead><tbody><tr><td>Trees</td><td>4</td></tr>"
     "</tbody></table></figure>", set()),
    ("<table><tbody><tr><td>What</td><td>Euros</td></tr></tbody></table>",
     {"A11Y-09.no-header", "A11Y-09.no-caption"}),
)  # fmt: skip
