"""Where the pages of a discussion are, what is typed there and what is said then."""

from django.contrib.messages import get_messages
from django.urls import reverse


def url(name, *args):
    return reverse(f"deliberation:{name}", args=[getattr(a, "pk", a) for a in args])


def typed(text="The benches should stand in the shade.", **other):
    return {
        "text": text,
        "language": "en",
        "token": "one-showing",
        "agreed": "1",
    } | other


def said(response):
    return " ".join(str(message) for message in get_messages(response.wsgi_request))
