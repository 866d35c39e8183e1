"""What shuts somebody out, as they told the city."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class BarrierReport(models.Model):
    """A case that the accessibility statement's form opens; open until answered."""

    what = models.TextField(_("what does not work"), max_length=3000)
    where = models.CharField(_("on which page"), max_length=500, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    language = models.CharField(max_length=20, blank=True, editable=False)
    reported_at = models.DateTimeField(_("reported on"), db_index=True)
    answered_at = models.DateTimeField(_("answered on"), null=True, blank=True)
    answer = models.TextField(
        _("what was done"),
        max_length=3000,
        blank=True,
        help_text=_("Sent to whoever reported it, and closes the case."),
    )

    class Meta:
        verbose_name = _("reported barrier")
        verbose_name_plural = _("reported barriers")

    def __str__(self) -> str:
        return self.what[:60]
