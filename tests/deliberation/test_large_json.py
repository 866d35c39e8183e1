import json

import pytest

from deliberation.models.large_json import Decoder, Encoder


@pytest.mark.parametrize(
    "value",
    [
        {"shares": [0.1, 1 / 3, 1e-17, 1e300, -0.0, 5.0], "count": 2**53, "none": None},
        {"A": {"enough": True, "text": 'Grüße, "quoted" \\ and \n broken'}, "B": []},
        [],
        None,
    ],
)
def test_is_written_and_read_as_by_python(value):
    written = json.dumps(value, cls=Encoder)
    assert repr(json.loads(written)) == repr(value)
    assert repr(json.loads(json.dumps(value), cls=Decoder)) == repr(value)
