"""What discussions and polls announce. Whoever is above may listen."""

from django.dispatch import Signal

# Sent after a comment was stored. Argument: comment.
comment_posted = Signal()

# Sent after a reaction was stored or taken back. Argument: discussion_id.
reaction_changed = Signal()

# Sent after an author took back a statement. Argument: poll_id.
statement_withdrawn = Signal()

# Sent after a vote was stored. Arguments: poll_id, now.
vote_cast = Signal()
