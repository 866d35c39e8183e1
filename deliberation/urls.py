"""The pages of deliberation: threads, then polls."""

from django.urls import path

from deliberation.views import (
    attachments,
    citations,
    comments,
    compose,
    desk,
    discussions,
    entries,
    follows,
    polls,
    questions,
    results,
)

app_name = "deliberation"

threads = [
    path("discussions/<int:pk>/", discussions.discussion, name="discussion"),
    path(
        "discussions/<int:pk>/feed/",
        discussions.DiscussionFeed(),
        name="discussion_feed",
    ),
    path("discussions/<int:pk>/figures/", discussions.shared, name="figures"),
    path("discussions/<int:pk>/comment/", compose.post, name="post_comment"),
    path("comments/<int:pk>/", comments.comment, name="comment"),
    path("comments/<int:pk>/reply/", compose.reply, name="reply"),
    path("comments/<int:pk>/edit/", compose.edit, name="edit_comment"),
    path("comments/<int:pk>/withdraw/", comments.withdraw, name="withdraw_comment"),
    path("comments/<int:pk>/history/", comments.history, name="comment_history"),
    path("comments/<int:pk>/official/", comments.official, name="official"),
    path("comments/<int:pk>/translation/", comments.translation, name="translation"),
    path("receipt/", entries.receipt, name="receipt"),
    path("comments/<int:pk>/reaction/", comments.react, name="react"),
    path("comments/<int:pk>/rests-on/", citations.rests_on, name="rests_on"),
    path("discussions/<int:pk>/follow/", follows.follow_discussion, name="follow"),
    path("follow/pages/<int:pk>/", follows.follow_page, name="follow_page"),
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

votes = [
    path("following/", follows.following, name="following"),
    path("polls/<int:pk>/", polls.poll, name="poll"),
    path("polls/<int:pk>/join/<str:token>/", polls.join, name="poll_join"),
    path("polls/<int:pk>/vote/", polls.vote, name="poll_vote"),
    path("polls/<int:pk>/undo/", polls.undo, name="poll_undo"),
    path("polls/<int:pk>/votes/", polls.my_votes, name="poll_votes"),
    path("polls/<int:pk>/statements/", polls.submit, name="poll_submit"),
    path("statements/<int:pk>/withdraw/", polls.withdraw, name="withdraw_statement"),
    path("polls/<int:pk>/results/", results.page, name="poll_results"),
    path(
        "polls/<int:pk>/results/statements/",
        results.every_statement,
        name="poll_results_all",
    ),
    path("questions/<int:pk>/", questions.question, name="question"),
    path("polls/<int:pk>/results/check/", results.check, name="poll_check"),
    path("polls/<int:pk>/files/<str:file>", results.download, name="poll_file"),
]

urlpatterns = [*threads, *votes]

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
