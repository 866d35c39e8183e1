"""The pages of deliberation."""
