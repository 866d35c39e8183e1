"""What the floor announces. Whoever is above may listen."""

from django.dispatch import Signal

# Sent after a decision took effect. Arguments: decision, content.
decision_made = Signal()
