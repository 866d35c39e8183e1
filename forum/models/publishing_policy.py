"""Which publishing rules a site sets, from which preset, and what it changed."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from moderation.rules.options import BadOption
from moderation.rules.pages import policy, presets
from moderation.rules.registry import UnknownRule


def presets_to_choose() -> list[tuple[str, Any]]:
    """Return the shipped presets by their names."""
    return [(each.name, each.title) for each in presets.PRESETS.values()]


class PublishingPolicy(models.Model):
    """One site's publishing rules: a preset, and what differs from it.

    Without a site it holds wherever none of its own is set. The floors of a preset's
    statutory process types stay, whatever is written here.
    """

    site = models.OneToOneField(
        "wagtailcore.Site",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("site"),
        help_text=_("Leave empty for every site that has no policy of its own."),
    )
    preset = models.CharField(
        _("preset"), max_length=20, choices=presets_to_choose, default="eu"
    )
    options = models.JSONField(
        _("options"),
        default=dict,
        blank=True,
        help_text=_(
            'By rule: {"CON-01": {"days": 56}, "A11Y-21": {"severity": "hint"}}.'
        ),
    )
    type_options = models.JSONField(
        _("options by kind of process"),
        default=dict,
        blank=True,
        help_text=_('By kind, then by rule: {"major": {"CON-01": {"days": 90}}}.'),
    )
    off = models.JSONField(
        _("rules that do not run"),
        default=list,
        blank=True,
        help_text=_('Such as ["A11Y-21"]. What the law asks for cannot be left out.'),
    )
    waivable = models.JSONField(
        _("rules that may be waived"),
        null=True,
        blank=True,
        help_text=_('Such as ["CON-01", "A11Y-15"]. Empty: as the preset says.'),
    )
    statement_contact = models.TextField(
        _("whom to tell about barriers"),
        max_length=400,
        blank=True,
        help_text=_("Shown in the accessibility statement."),
    )
    statement_enforcement = models.TextField(
        _("who helps if the city does not answer"),
        max_length=600,
        blank=True,
        help_text=_(
            "The enforcement body or ombudsperson of your country, with address; shown "
            "in the accessibility statement."
        ),
    )
    statement_gaps = models.TextField(
        _("known gaps"),
        max_length=2000,
        blank=True,
        help_text=_(
            "What does not meet the standard beyond single pages, and until when it "
            "will; shown in the accessibility statement."
        ),
    )
    statement_reviewed_on = models.DateField(
        _("last reviewed on"), null=True, blank=True
    )

    class Meta:
        verbose_name = _("publishing policy")
        verbose_name_plural = _("publishing policies")
        constraints = [
            models.UniqueConstraint(
                models.Value(1),
                condition=Q(site__isnull=True),
                name="one_publishing_policy_for_all_sites",
            )
        ]

    def __str__(self) -> str:
        title = presets.PRESETS[self.preset].title if self.preset else ""
        return f"{self.site or _t('every site')}: {title}"

    def rules(self) -> policy.PagePolicy:
        """Return what runs: the preset with this site's changes on top."""
        base = presets.PRESETS[self.preset]
        return policy.PagePolicy(
            name=base.name,
            title=base.title,
            options=_merged(base.options, self.options),
            off=base.off | frozenset(self.off),
            waivable=base.waivable
            if self.waivable is None
            else frozenset(self.waivable),
            types=tuple(
                policy.ProcessType(
                    name=each.name,
                    title=each.title,
                    options=_merged(each.options, self.type_options.get(each.name, {})),
                    floors=each.floors,
                )
                for each in base.types
            ),
            sources=base.sources,
        )

    def clean(self) -> None:
        """Refuse unknown rules, options that no rule has, and less than the law asks."""
        super().clean()
        if self.preset not in presets.PRESETS:
            return  # The field says so itself.
        self._check_shapes()
        try:
            self.rules().validate()
        except (BadOption, UnknownRule) as error:
            raise ValidationError(str(error)) from None

    def _check_shapes(self) -> None:
        kinds = {each.name for each in presets.PRESETS[self.preset].types}
        for name in ("options", "type_options"):
            value = getattr(self, name)
            if not _is_nested(value):
                raise ValidationError({name: _t("Write a mapping of mappings.")})
        for name in ("off", "waivable"):
            value = getattr(self, name)
            if value is not None and not _is_list_of_names(value):
                raise ValidationError({name: _t("Write a list of rules.")})
        unknown = set(self.type_options) - kinds
        if unknown or not all(_is_nested(each) for each in self.type_options.values()):
            raise ValidationError(
                {
                    "type_options": _t("The kinds of process are: %s.")
                    % ", ".join(sorted(kinds))
                }
            )


def _is_nested(value: Any) -> bool:
    return isinstance(value, dict) and all(isinstance(v, dict) for v in value.values())


def _is_list_of_names(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(each, str) for each in value)


def _merged(base: Any, changes: Any) -> dict[str, dict[str, Any]]:
    names = {*base, *changes}
    return {name: {**base.get(name, {}), **changes.get(name, {})} for name in names}
