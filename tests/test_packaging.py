import os
import re
import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
APPS = ("forum", "deliberation", "moderation")


def run(*command: str | Path, cwd: Path = ROOT, **variables: str) -> str:
    ran = subprocess.run(
        command,
        cwd=cwd,
        env=os.environ | variables,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return ran.stdout


def build(target: str, folder: Path) -> Path:
    run(sys.executable, "-m", "hatchling", "build", "-t", target, "-d", folder)
    (built,) = folder.iterdir()
    return built


def readme_lines(marker: str) -> list[str]:
    """Return the lines of the code block that follows a comment in the README."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    found = re.search(rf"<!-- {marker} -->\s+```python\n(.*?)```", readme, re.DOTALL)
    assert found, f"README.md has no block marked {marker}."
    return [line for line in found[1].splitlines() if line.strip()]


def insert_after(path: Path, line: str, lines: list[str]) -> None:
    text = path.read_text(encoding="utf-8")
    assert line in text
    path.write_text(text.replace(line, "\n".join([line, *lines]), 1), encoding="utf-8")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> Path:
    return build("wheel", tmp_path_factory.mktemp("wheel"))


@pytest.mark.slow
class TestWheel:
    def test_holds_all_that_the_plugins_need_and_nothing_else(self, wheel):
        names = zipfile.ZipFile(wheel).namelist()
        folders = {name.split("/")[0] for name in names}
        assert folders - set(APPS) == {
            next(folder for folder in folders if folder.endswith(".dist-info"))
        }
        for app in APPS:
            shipped = {name for name in names if name.startswith(f"{app}/")}
            assert f"{app}/py.typed" in shipped
            assert expected_files(app) <= shipped

    def test_has_templates_that_any_wagtail_site_can_load(self, wheel):
        with zipfile.ZipFile(wheel) as files:
            pages = [files.read(n).decode() for n in files.namelist() if ".html" in n]
        loaded = {
            library
            for page in pages
            for tag in re.findall(r"{% load (.+?) %}", page)
            for library in tag.rpartition(" from ")[-1].split()
        }
        ours = {f"{app}_tags" for app in APPS}
        assert loaded - ours <= {
            *("i18n", "l10n", "static", "tz"),
            *("wagtailcore_tags", "wagtailimages_tags", "wagtailadmin_tags"),
        }

    def test_says_what_it_needs(self, wheel):
        with zipfile.ZipFile(wheel) as files:
            (name,) = [n for n in files.namelist() if n.endswith("/METADATA")]
            metadata = files.read(name).decode()
        assert "\nName: folkmoot\n" in metadata
        assert "\nLicense-Expression: BSD-3-Clause\n" in metadata
        assert "\nRequires-Python: >=3.11\n" in metadata
        assert "\nRequires-Dist: wagtail" in metadata
        # What only the reference site needs is optional.
        assert not re.search(r"\nRequires-Dist: django-allauth[^\n;]*\n", metadata)


def expected_files(app: str) -> set[str]:
    """Return the wheel's names for an app's code, templates, styles and languages."""
    own = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / app).rglob("*")
        if path.is_file() and path.suffix in {".py", ".css", ".svg", ".js", ".mo"}
    }
    templates = {
        f"{app}/{path.relative_to(ROOT).as_posix()}"
        for path in (ROOT / "templates" / app).rglob("*.html")
    }
    assert own
    return own | templates


@pytest.mark.slow
class TestSourceDistribution:
    def test_holds_the_whole_house(self, tmp_path):
        with tarfile.open(build("sdist", tmp_path)) as files:
            names = files.getnames()
        inside = {name.partition("/")[2] for name in names}
        assert {"README.md", "LICENSE", "manage.py", "requirements.txt"} <= inside
        assert {"home/urls.py", "tests/conftest.py", "templates/base.html"} <= inside
        assert not any(name.startswith((".venv", "var/", ".cache")) for name in inside)


@pytest.mark.slow
class TestBareWagtailSite:
    @pytest.fixture
    def town(self, wheel, tmp_path):
        """Return what runs code in a new Wagtail project with the three plugins."""
        packages, site = tmp_path / "packages", tmp_path / "site"
        zipfile.ZipFile(wheel).extractall(packages)
        site.mkdir()
        start = "from wagtail.bin.wagtail import main; main()"
        run(sys.executable, "-c", start, "start", "town", site)
        settings, urls = site / "town/settings/base.py", site / "town/urls.py"
        insert_after(settings, "INSTALLED_APPS = [", readme_lines("INSTALLED_APPS"))
        insert_after(urls, "urlpatterns = [", readme_lines("urlpatterns"))
        variables = {
            "PYTHONPATH": str(packages),
            "DJANGO_SETTINGS_MODULE": "town.settings.dev",
        }
        return lambda *command: run(sys.executable, *command, cwd=site, **variables)

    def test_needs_three_apps_and_two_urls(self):
        assert [line.strip() for line in readme_lines("INSTALLED_APPS")] == [
            f'"{app}",' for app in APPS
        ]
        assert len(readme_lines("urlpatterns")) == 2

    def test_serves_a_consultation_with_a_discussion(self, town, tmp_path):
        town("manage.py", "migrate", "-v0")
        assert "No changes" in town("manage.py", "makemigrations", "--check")
        # Beside its manage.py, or the folders of the tests would pass for the apps.
        script = shutil.copy(ROOT / "tests" / "bare_site.py", tmp_path / "site")
        shown = town(script)
        assert f"served by {tmp_path / 'packages' / 'forum'}" in shown
