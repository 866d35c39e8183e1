"""What the floor announces. Whoever is above may listen."""

from django.dispatch import Signal

# Sent after a decision took effect. Arguments: decision, content.
decision_made = Signal()

# Sent after a participant asked to have their data erased, and after it was erased.
# Argument: participant.
erasure_asked = Signal()
participant_erased = Signal()

# Sent after a person's flag was stored. Argument: flag.
flag_raised = Signal()

# Sent after an appeal was stored, and after it was answered. Argument: appeal.
appeal_raised = Signal()
appeal_answered = Signal()
