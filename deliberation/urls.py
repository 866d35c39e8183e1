"""The pages of deliberation: threads, then polls."""

from django.urls import include, path

from deliberation.views import (
    attachments,
    citations,
    comments,
    compose,
    desk,
    discussions,
    editing,
    entries,
    follows,
    polls,
    questions,
    results,
)

app_name = "deliberation"

_discussion = [
    path("", discussions.discussion, name="discussion"),
    path("comment/", compose.post, name="post_comment"),
    path("feed/", discussions.DiscussionFeed(), name="discussion_feed"),
    path("figures/", discussions.shared, name="figures"),
    path("follow/", follows.follow_discussion, name="follow"),
]

_comment = [
    path("", comments.comment, name="comment"),
    path("reply/", compose.reply, name="reply"),
    path("reaction/", comments.react, name="react"),
    path("edit/", editing.edit, name="edit_comment"),
    path("withdraw/", comments.withdraw, name="withdraw_comment"),
    path("history/", comments.history, name="comment_history"),
    path("official/", comments.official, name="official"),
    path("translation/", comments.translation, name="translation"),
    path("rests-on/", citations.rests_on, name="rests_on"),
]

_poll = [
    path("", polls.poll, name="poll"),
    path("vote/", polls.vote, name="poll_vote"),
    path("undo/", polls.undo, name="poll_undo"),
    path("join/<str:token>/", polls.join, name="poll_join"),
    path("votes/", polls.my_votes, name="poll_votes"),
    path("statements/", polls.submit, name="poll_submit"),
    path("results/", results.page, name="poll_results"),
    path("results/statements/", results.every_statement, name="poll_results_all"),
    path("results/check/", results.check, name="poll_check"),
    path("files/<str:file>", results.download, name="poll_file"),
]

urlpatterns = [
    path("discussions/<int:pk>/", include(_discussion)),
    path("comments/<int:pk>/", include(_comment)),
    path("polls/<int:pk>/", include(_poll)),
    path("statements/<int:pk>/withdraw/", polls.withdraw, name="withdraw_statement"),
    path("questions/<int:pk>/", questions.question, name="question"),
    path("following/", follows.following, name="following"),
    path("follow/pages/<int:pk>/", follows.follow_page, name="follow_page"),
    path("receipt/", entries.receipt, name="receipt"),
    path(
        "answers/<int:page_id>/citations.csv", citations.download, name="citations_csv"
    ),
    path(
        "attachments/<slug:key>.webp",
        attachments.attachment,
        {"kind": "picture"},
        name="attachment",
    ),
    path(
        "attachments/<slug:key>.pdf",
        attachments.attachment,
        {"kind": "document"},
        name="document",
    ),
    path("attachments/<slug:key>/mine", attachments.own, name="own_attachment"),
]

# Below the address of the Wagtail admin.
admin_urlpatterns = [
    path("attachments/<slug:key>", attachments.at_desk, name="attachment"),
    path("attachments/<slug:key>/describe", attachments.describe, name="describe"),
    path("entries/", entries.index, name="entries"),
    path("entries/<int:pk>/", entries.enter, name="enter"),
    path("polls/", desk.index, name="polls"),
    path("polls/<int:pk>/", desk.poll, name="poll"),
    path("polls/<int:pk>/compare/", desk.compare, name="compare"),
]
