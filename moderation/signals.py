"""What the floor announces. Whoever is above may listen."""

from django.dispatch import Signal

# Sent after a decision took effect. Arguments: decision, content.
decision_made = Signal()

# Sent after a text was stored, new or edited. Argument: content.
contribution_recorded = Signal()

# Sent after a participant asked to have their data erased, and after it was erased.
# Argument: participant.
erasure_asked = Signal()
participant_erased = Signal()

# Sent after a person's flag was stored. Argument: flag.
flag_raised = Signal()

# Sent after an appeal was stored, and after it was answered. Argument: appeal.
appeal_raised = Signal()
appeal_answered = Signal()

# Sent after a participant took another name. Argument: participant.
participant_renamed = Signal()

# Sent before e-mails with news are written, so that whatever time has brought can be
# put into notices. Argument: now.
news_due = Signal()

# Sent after notices were left for people who want to hear at once. Argument:
# participants, their ids.
news_left = Signal()
