"""Requests to the API about polls."""

import json

API = "/api/v1"


def get(client, path, **query):
    return client.get(f"{API}{path}", query)


def send(client, method, path, data=None, **headers):
    return client.generic(
        method,
        f"{API}{path}",
        json.dumps(data),
        content_type="application/json",
        headers=headers,
    )
