"""Simple polls: one question, and answers to choose from."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel

from deliberation.choices import QuestionKind, ResultsVisibility

from .window import OpenWindow

# What an answer answers to.
AS_ASKED = ("page", "section", "title", "introduction", "kind", "most_answers")


class Question(OpenWindow, ClusterableModel):
    """A question with fixed answers: one of them, several, or a step on a scale."""

    kind = models.CharField(
        _("kind"), max_length=10, choices=QuestionKind, default=QuestionKind.SINGLE
    )
    introduction = models.TextField(_("introduction"), max_length=1000, blank=True)
    most_answers = models.PositiveSmallIntegerField(
        _("most answers"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text=_("For several answers: how many at most. Empty: any number."),
    )
    results = models.CharField(
        _("results are shown"),
        max_length=12,
        choices=ResultsVisibility,
        default=ResultsVisibility.AFTER_VOTING,
    )
    ended_because = models.TextField(
        _("why it closes early"),
        max_length=500,
        blank=True,
        help_text=_("If it closes before the moment people were told: they read this."),
    )

    class Meta(OpenWindow.Meta):
        verbose_name = _("question")
        verbose_name_plural = _("questions")

    def has_contributions(self) -> bool:
        """Say whether anybody has chosen an answer."""
        return self.answers.exists()

    def clean(self) -> None:
        """Refuse, by field, what people who have answered were not asked."""
        super().clean()
        before = type(self).objects.filter(pk=self.pk).first() if self.pk else None
        if before is None or not before.has_contributions():
            return
        wrong = {
            name: [_("People have answered to this already, so it stays as it is.")]
            for name in AS_ASKED
            if self._stored(name) != before._stored(name)
        }
        told = before.closes_at
        if told and self.closes_at is None:
            wrong["closes_at"] = [_("People were told that it closes.")]
        elif told and self.closes_at < told and not self.ended_because.strip():
            wrong["closes_at"] = [
                _("People were told that it closes later. Please say below why.")
            ]
        if wrong:
            raise ValidationError(wrong)

    def _stored(self, name: str) -> Any:
        return getattr(self, self._meta.get_field(name).attname)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store it, whichever way it comes, only as people were asked."""
        self.clean()
        super().save(*args, **kwargs)


class Option(models.Model):
    """One answer to choose; on a scale, one step, in the order of the numbers."""

    question = ParentalKey(Question, on_delete=models.CASCADE, related_name="options")
    sort_order = models.PositiveSmallIntegerField(default=0, editable=False)
    text = models.CharField(_("answer"), max_length=200)

    # Wagtail's inline panels order by this field.
    sort_order_field = "sort_order"

    class Meta:
        verbose_name = _("answer to choose")
        verbose_name_plural = _("answers to choose")

    def __str__(self) -> str:
        return self.text


class Answer(models.Model):
    """One participant's choice of one option."""

    question = models.ForeignKey(
        Question, on_delete=models.CASCADE, related_name="answers"
    )
    option = models.ForeignKey(Option, on_delete=models.PROTECT, related_name="answers")
    participant = models.ForeignKey(
        "moderation.Participant", on_delete=models.CASCADE, related_name="answers"
    )
    # Repeats that the question takes one answer only, so that the database sees to it.
    is_only = models.BooleanField(default=True)
    cast_at = models.DateTimeField()

    class Meta:
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        constraints = [
            models.UniqueConstraint(
                fields=["participant", "question", "option"],
                name="one_answer_per_person_and_option",
            ),
            models.UniqueConstraint(
                fields=["participant", "question"],
                condition=Q(is_only=True),
                name="one_answer_where_only_one_counts",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.question_id}: {self.option_id}"
