"""Put a home page and an empty list of consultations where Wagtail says welcome."""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import migrations
from django.utils import translation
from django.utils.translation import gettext as _

PORTS = {"http": 80, "https": 443}


def make_first_pages(apps: Any, schema_editor: Any) -> None:
    """Replace Wagtail's welcome page, unless a city has already made its own."""
    Page = apps.get_model("wagtailcore", "Page")
    Site = apps.get_model("wagtailcore", "Site")
    Locale = apps.get_model("wagtailcore", "Locale")
    welcome = Page.objects.filter(depth=2)
    if welcome.exclude(pk=2).exists() or welcome.filter(numchild__gt=0).exists():
        return
    Site.objects.all().delete()
    welcome.delete()
    locale, _made = Locale.objects.get_or_create(language_code=settings.LANGUAGE_CODE)
    root = Page.objects.get(depth=1)
    root.numchild = 0
    with translation.override(settings.LANGUAGE_CODE):
        home = _add(
            apps,
            "home.HomePage",
            below=root,
            locale=locale,
            slug="home",
            title=_("Home"),
            headline=_("Speak before it is decided."),
            intro=_("Here the town asks, and answers what people say."),
        )
        _add(
            apps,
            "forum.ForumIndexPage",
            below=home,
            locale=locale,
            slug="consultations",
            title=_("Consultations and hearings"),
            intro=_("What is asked, what is announced, and what has been answered."),
            show_in_menus=True,
        )
    address = urlsplit(settings.PUBLIC_URL)
    Site.objects.create(
        hostname=address.hostname,
        port=address.port or PORTS[address.scheme],
        site_name=settings.WAGTAIL_SITE_NAME,
        root_page_id=home.pk,
        is_default_site=True,
    )


def _add(apps: Any, name: str, *, below: Any, slug: str, title: str, **more: Any) -> Any:
    """Add a page as the last child, without the tree methods migrations lack."""
    app_label, model_name = name.lower().split(".")
    model = apps.get_model(app_label, model_name)
    ContentType = apps.get_model("contenttypes", "ContentType")
    kind, _made = ContentType.objects.get_or_create(
        app_label=app_label, model=model_name
    )
    below.numchild += 1
    below.save()
    return model.objects.create(
        path=f"{below.path}{below.numchild:04d}",
        depth=below.depth + 1,
        numchild=0,
        content_type=kind,
        url_path=f"{below.url_path}{slug}/",
        slug=slug,
        title=title,
        draft_title=title,
        **more,
    )


class Migration(migrations.Migration):
    dependencies = [
        ("home", "0002_home_page"),
        ("forum", "0001_initial"),
        ("wagtailcore", "0098_apitoken"),
    ]

    operations = [
        migrations.RunPython(make_first_pages, migrations.RunPython.noop),
    ]
