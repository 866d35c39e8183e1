import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from home.middleware import ContentSecurityPolicy

HEADER = "Content-Security-Policy"


def policy_of(path, **attributes):
    response = HttpResponse()
    for name, value in attributes.items():
        setattr(response, name, value)
    middleware = ContentSecurityPolicy(lambda _request: response)
    return middleware(RequestFactory().get(path)).headers.get(HEADER, "")


@pytest.mark.parametrize("path", ["/", "/discussions/1/", "/api/v1/policies", "/cmsx/"])
def test_pages_run_no_script_but_the_site_s_own_files(path):
    policy = policy_of(path)
    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy.split("; ")
    assert "unsafe" not in policy


def test_editors_get_what_wagtail_needs(settings):
    policy = policy_of(settings.CMS_PATH)
    assert "script-src 'self' 'unsafe-inline'" in policy
    assert "default-src 'none'" in policy


def test_a_view_may_ask_for_more_or_for_none():
    assert "img-src 'self' data: blob:" in policy_of(
        "/", _csp_update={"img-src": ["blob:"]}
    )
    assert policy_of("/", _csp_exempt=True) == ""
