"""django-comments-xtd: the same comments, and the same things asked of it."""

from typing import Any

from bench.http_load import Ask, Contestant
from bench.threads_asks import Writers, get, spread, words
from bench.threads_data import ENDING, go_on


def seed(discussion: Any, people: list[Any]) -> None:
    """Store the same comments for the peer, nested as far as it can hold them.

    If they are there, remove what earlier runs have posted.
    """
    from django.conf import settings
    from django.contrib.contenttypes.models import ContentType
    from django.db import connection
    from django_comments.models import Comment as Base

    from deliberation.models import Comment

    kind = ContentType.objects.get_for_model(type(discussion))
    if Base.objects.filter(content_type=kind, object_pk=str(discussion.pk)).exists():
        _clear()
        return
    source = list(Comment.objects.filter(discussion=discussion).order_by("pk"))
    first = (Base.objects.order_by("-pk").values_list("pk", flat=True).first() or 0) + 1
    Base.objects.bulk_create(
        (
            Base(
                pk=first + at, content_type=kind, object_pk=str(discussion.pk),
                site_id=1, user=people[at % len(people)].account, comment=each.text,
                submit_date=each.created_at, is_public=True,
            )
            for at, each in enumerate(source)
        ),
        batch_size=2_000,
    )  # fmt: skip
    go_on(Base)
    ours = {each.pk: first + at for at, each in enumerate(source)}
    deepest = settings.COMMENTS_XTD_MAX_THREAD_LEVEL
    level: dict[int, int] = {}
    stands: dict[int, int] = {}
    rows, orders = [], dict[int, int]()
    for each in source:
        pk = ours[each.pk]
        above = stands.get(ours.get(each.parent_id, 0), 0)
        if not above:
            level[pk], parent = 0, pk
        else:
            level[pk], parent = level[above] + 1, above
        # Whoever answers what is deepest there answers the one above it.
        stands[pk] = pk if level[pk] < deepest else parent
        thread = ours[each.root_id or each.pk]
        orders[thread] = orders.get(thread, 0) + 1
        rows.append((pk, thread, parent, level[pk], orders[thread], False, 0))
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO django_comments_xtd_xtdcomment (comment_ptr_id, thread_id, "
            'parent_id, level, "order", followup, nested_count) '
            "VALUES (%s, %s, %s, %s, %s, %s, %s)",
            rows,
        )


def _clear() -> None:
    """Remove what earlier runs have posted."""
    from django_comments.models import Comment as Base
    from django_comments_xtd.models import XtdComment

    new = Base.objects.filter(submit_date__gt=ENDING)
    XtdComment.objects.filter(pk__in=new.values("pk"))._raw_delete("default")
    new._raw_delete("default")


def of_discussion(discussion: Any, writers: Writers) -> list[Contestant]:
    """Return what is asked of the peer about the discussion it has a copy of."""
    from django.conf import settings
    from django_comments_xtd.forms import XtdCommentForm
    from django_comments_xtd.models import XtdComment

    # What is deeper cannot be answered there.
    levels = settings.COMMENTS_XTD_MAX_THREAD_LEVEL
    answered = spread(XtdComment.objects.filter(level__lt=levels))
    form = XtdCommentForm(discussion).generate_security_data() | {
        "content_type": "deliberation.discussion",
        "object_pk": str(discussion.pk),
        "honeypot": "",
    }

    def fields(n: int, way: str) -> dict[str, Any]:
        parent = answered[n % len(answered)] if n % 2 else 0
        return form | {"comment": words(n, way), "reply_to": parent}

    def submit(n: int) -> Ask:
        sent = fields(n, "form") | {"next": "/healthz"}
        return writers.submit(n, "/peer-comments/post/", sent)

    def post(n: int) -> Ask:
        sent = fields(n, "API") | {"name": f"Reader {n}", "email": "r@example.org"}
        return writers.send(n, "POST", "/peer-comments/api/comment/", sent)

    both = {"may_fail": True, "is_write": True}
    api = f"/peer-comments/api/deliberation-discussion/{discussion.pk}/"
    return [
        Contestant("peer page", get(f"/peer/{discussion.pk}/"), is_slow=True),
        Contestant("peer API", get(api, "application/json"), is_slow=True),
        # Two answers in one thread at once lock each other out on PostgreSQL.
        Contestant("peer post", post, frozenset({201}), **both),
        Contestant("peer post by form", submit, frozenset({302}), **both),
    ]
