"""Try rules on what people have written, before they are in force."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from wagtail.admin.auth import permission_required

from moderation.forms.rules import DryRunForm
from moderation.models import Policy
from moderation.queries.replay import replay
from moderation.rules import from_policy
from moderation.views.frame import frame
from moderation.views.queue import address

MOST = 500


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("moderation.change_policy")
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what a policy's rules, or others, would have done. Nothing is stored."""
    policy = get_object_or_404(Policy, pk=pk)
    form = DryRunForm(request.POST or None, initial={"rules": policy.rules})
    rules = policy.rules
    if form.is_bound:
        rules = form.cleaned_data["rules"] if form.is_valid() else None
    context = frame(_("Dry run: %(policy)s") % {"policy": policy}, icon="list-ol")
    context |= {"form": form, "policy": policy}
    if rules is not None:
        found = replay(from_policy(rules), limit=MOST)
        context |= {
            "number": len(found.judged),
            "counts": found.counts,
            "touched": [(each, address(each.content)) for each in found.touched],
        }
    return render(request, "moderation/admin/dry_run.html", context)
