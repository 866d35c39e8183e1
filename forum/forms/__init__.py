"""The forms of those who publish."""
