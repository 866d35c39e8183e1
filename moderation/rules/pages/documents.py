"""Files that everybody can open, and whose link says what they are."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.formats import number_format
from django.utils.translation import get_language_info, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from moderation.rules.pages import file_types
from moderation.rules.pages.base import Location, PageFinding, PageRule, Severity
from moderation.rules.pages.facts import Document, PdfFacts
from moderation.rules.pages.language_tags import is_known
from moderation.rules.pages.links import links
from moderation.rules.pages.places import at
from moderation.rules.pages.registry import register
from moderation.rules.pages.view import PageView
from moderation.rules.pages.vocabulary import names

PDF = "application/pdf"

_TAGS = re.compile(r"<[^>]*>")
_LINK = re.compile(
    r"(?P<start><a\b[^>]*\bhref=\"(?P<href>[^\"]*)\"[^>]*>)(?P<words>.*?)</a>",
    re.DOTALL,
)
_LINKED = names("pdf doc docx xls xlsx ppt pptx odt ods odp csv zip rtf")


@register
@dataclass(frozen=True, kw_only=True)
class DocumentsCanBeRead(PageRule):
    """Block files without title or language, and PDFs that no screen reader can read.

    A file that has the same as a web page needs no tags. Somebody must be named who
    gives it in another format.
    """

    id = "A11Y-15"
    title = gettext_lazy("Documents can be read by everyone")
    why = gettext_lazy(
        "An untagged PDF is read in any order, a scanned one is silence; on a phone "
        "both are too small."
    )
    reference = "EN 301 549 chapter 10; PDF/UA; Whitehall attachments"
    checks = {
        "title": (),
        "language": (),
        "unreadable": (),
        "untagged": (),
        "scanned": (),
        "picture": (),
        "pdf-title": (),
        "pdf-language": (),
        "type": (),
        "other-format": (),
    }

    def check(self, view: PageView) -> Iterable[PageFinding]:
        for document in view.documents:
            where = Location(
                path=document.path, quote=document.title or document.file_name
            )
            for check, message, mend in _faults(document):
                yield self.finding(check, message, mend, at=where)
        if view.documents and not (view.contact.email or view.contact.phone):
            yield self.finding(
                "other-format",
                _("Nobody is named who gives these documents in another format."),
                _("Add an e-mail address or a phone number under “Contact”."),
                at=Location(path="contact_email"),
            )


Fault = tuple[str, str, str]


def _faults(document: Document) -> Iterator[Fault]:
    if not document.title.strip():
        yield "title", _("This document has no title."), _("Say what it is.")
    if not is_known(document.language):
        yield (
            "language",
            _("Nobody said which language this document is in."),
            _("Choose its language."),
        )
    if not file_types.fits(document.file_name, document.media_type):
        yield (
            "type",
            _("The name of this file says it is something else than it is."),
            _("Save it again in the format its name promises."),
        )
    if document.web_version:
        return
    if document.media_type.startswith("image/"):
        yield (
            "picture",
            _("This document is a picture of a text."),
            _("Offer the text itself, as a web page or a tagged PDF."),
        )
    if document.media_type == PDF:
        yield from pdf_faults(document.pdf)


def pdf_faults(pdf: PdfFacts | None) -> Iterator[Fault]:
    """Yield what is wrong with a PDF: the check, what it is, and how to mend it."""
    if not pdf or pdf.problem:
        yield (
            "unreadable",
            (pdf.problem if pdf else "") or _("This PDF could not be checked."),
            _("Upload it again without a password, or offer it as a web page."),
        )
        return
    if not pdf.has_text:
        yield (
            "scanned",
            _("This PDF is a scan: it has pictures of words, but no words."),
            _("Export it from the program it was written in, or offer a web page."),
        )
    elif not pdf.is_tagged:
        yield (
            "untagged",
            _("This PDF has no tags."),
            _(
                "Export it as an accessible (tagged) PDF, or offer the same as a web "
                "page."
            ),
        )
    if not pdf.title:
        yield (
            "pdf-title",
            _("This PDF has no title in its properties."),
            _("Set the title in the document's properties and export it again."),
        )
    if not pdf.language or not is_known(pdf.language):
        yield (
            "pdf-language",
            _("This PDF does not say which language it is in."),
            _("Set the language of the document and export it again."),
        )


@register
@dataclass(frozen=True, kw_only=True)
class FileLinksSayWhatComes(PageRule):
    """Add format, size and language to links that lead to a file."""

    id = "A11Y-08"
    title = gettext_lazy("Links to files say format, size and language")
    why = gettext_lazy(
        "Nobody should find out after the click that 40 MB arrive, or another language."
    )
    reference = "GOV.UK attachments"
    checks = {"label": (), "typed": ()}

    severity: Severity = Severity.AUTO

    def check(self, view: PageView) -> Iterable[PageFinding]:
        for document in view.documents:
            yield self.finding(
                "label",
                _("The link will read: %s") % file_link_label(document),
                _("There is nothing to do."),
                at=Location(path=document.path, quote=document.title),
            )
        for block, link, words in links(view):
            kind = file_types.ending(link.get("href").partition("?")[0])
            if kind in _LINKED and kind not in words.casefold():
                yield self.finding(
                    "typed",
                    _("This link leads to a file; “(%s)” is added to it.")
                    % kind.upper(),
                    _("There is nothing to do."),
                    at=at(block, link, words),
                )


def label_links(html: str) -> str:
    """Return HTML in which links to files say which format comes.

    For what Wagtail's editor makes: no link in it holds another one.
    """
    return _LINK.sub(_labelled, html)


def _labelled(link: re.Match[str]) -> str:
    kind = file_types.ending(link["href"].partition("?")[0].partition("#")[0])
    if kind not in _LINKED or kind in _TAGS.sub("", link["words"]).casefold():
        return link[0]
    return f"{link['start']}{link['words']} ({kind.upper()})</a>"


def file_link_label(document: Document) -> str:
    """Return the words of a link to a file: title, format, size and language."""
    return f"{document.title} ({file_facts(document)})"


def file_facts(document: Document) -> str:
    """Return what comes behind a link to a file: PDF, 2.3 MB, English."""
    facts = [file_types.format_name(document.media_type, document.file_name)]
    if document.size is not None:
        facts.append(size_words(document.size))
    if is_known(document.language):
        facts.append(_language_name(document.language))
    return ", ".join(fact for fact in facts if fact)


def size_words(size: int) -> str:
    """Return a number of bytes as people read it: 3 bytes, 420 KB, 2.3 MB."""
    if size < 1000:
        return ngettext("%d byte", "%d bytes", size) % size
    if size < 1_000_000:
        return _("%s KB") % number_format(round(size / 1000))
    return _("%s MB") % number_format(round(size / 1_000_000, 1), decimal_pos=1)


def _language_name(code: str) -> str:
    try:
        return str(get_language_info(code.lower())["name_translated"])
    except KeyError:
        return code
