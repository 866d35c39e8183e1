"""How tests call the API."""

import json

API = "/api/v1"


def send(client, path, body, method="post", **headers):
    return client.generic(
        method.upper(),
        API + path,
        json.dumps(body),
        content_type="application/json",
        headers=headers,
    )


def ref(note):
    return {"kind": "note", "id": note.pk}
