import ast
import runpy
import socket
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from home import bootstrap
from home.bootstrap import environment, machine, serving, steps
from home.bootstrap.environment import DEV, RUN, TEST, Environment
from home.bootstrap.steps import ROOT, Problem, Steps


def run_code(code: str) -> list[str]:
    return [sys.executable, "-c", textwrap.dedent(code)]


class TestManage:
    def test_says_which_python_is_needed(self):
        manage = runpy.run_path(str(ROOT / "manage.py"))
        with pytest.raises(SystemExit, match=r"needs Python 3\.11 .* Python 3\.10\.9"):
            manage["refuse_old_python"]((3, 10, 9, "final", 0))
        manage["refuse_old_python"]((3, 11, 0, "final", 0))

    def test_can_be_read_by_an_old_python(self):
        ast.parse((ROOT / "manage.py").read_text(), feature_version=(3, 4))

    def test_needs_no_package_to_start_the_driver(self):
        command = [sys.executable, "-S", ROOT / "manage.py", "demo", "--help"]
        ran = subprocess.run(command, capture_output=True, text=True, check=False)
        assert ran.returncode == 0
        assert "--port" in ran.stdout


class TestMachine:
    def test_refuses_a_port_in_use(self):
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            taken.listen()
            port = taken.getsockname()[1]
            with pytest.raises(Problem, match=f"Port {port} is in use"):
                machine.free_port(port)

    def test_passes_over_a_port_in_use(self):
        with socket.socket() as taken, socket.socket() as other:
            taken.bind(("127.0.0.1", 0))
            taken.listen()
            other.bind(("127.0.0.1", 0))
            ports = [taken.getsockname()[1], other.getsockname()[1]]
            other.close()
            assert machine.free_port(None, candidates=ports) == ports[1]

    def test_says_when_no_port_is_free(self):
        with pytest.raises(Problem, match="choose one with --port"):
            machine.free_port(None, candidates=[])

    def test_refuses_a_disk_with_too_little_room(self, tmp_path):
        machine.check_disk(tmp_path, needed=1)
        with pytest.raises(Problem, match="needs 1000000000.0 GB of free disk space"):
            machine.check_disk(tmp_path, needed=10**18)

    def test_refuses_a_folder_it_cannot_write_to(self, tmp_path):
        machine.check_writable(tmp_path)
        with pytest.raises(Problem, match="copy it to a folder of your own"):
            machine.check_writable(tmp_path / "nowhere")

    def test_names_the_package_that_debian_leaves_out(self):
        machine.check_can_make_environments()
        with pytest.raises(Problem, match="apt install python3-venv"):
            machine.check_can_make_environments(["venv", "no_such_module"])


@pytest.fixture
def bare(tmp_path) -> Environment:
    """Return a real environment without pip, as a broken installation leaves it."""
    command = [sys.executable, "-m", "venv", "--without-pip", tmp_path / "venv"]
    subprocess.run(command, check=True)
    return Environment(tmp_path / "venv")


class TestEnvironment:
    def test_is_incomplete_until_stamped(self, bare):
        assert not bare.has(RUN)
        bare.stamp.write_text(environment.digest(RUN))
        assert bare.has(RUN)

    def test_that_has_more_has_enough(self, bare):
        bare.stamp.write_text(environment.digest(DEV))
        assert bare.has(RUN)
        assert bare.has(TEST)

    def test_that_has_less_is_incomplete(self, bare):
        bare.stamp.write_text(environment.digest(RUN))
        assert not bare.has(TEST)

    def test_is_out_of_date_when_the_requirements_changed(self, bare, monkeypatch):
        bare.stamp.write_text(environment.digest(RUN))
        monkeypatch.setattr(environment, "digest", lambda requirements: "newer")
        assert not bare.has(RUN)

    def test_without_its_python_is_broken(self, bare):
        bare.stamp.write_text(environment.digest(RUN))
        bare.python.unlink()
        assert not bare.has(RUN)

    @pytest.mark.slow
    def test_is_made_again_only_if_its_python_is_broken(self, bare, capsys):
        bare.python.unlink()
        bare.python.write_text("half a file")
        environment.make(bare, Steps(1))
        assert bare.works("-m", "pip", "--version")
        assert "Making the environment" in capsys.readouterr().out
        environment.make(bare, Steps(1))
        assert "Using the environment" in capsys.readouterr().out


class TestPins:
    def test_reads_versions_and_markers(self):
        text = """
            # a comment
            django==5.2.19 ; python_full_version < '3.12' \\
            django==6.1.3 ; python_full_version >= '3.12' \\
                --hash=sha256:00
            psycopg[binary,pool]==3.3.9 \\
            """
        assert environment.pins(textwrap.dedent(text)) == {
            "django": {"5.2.19", "6.1.3", ""},
            "psycopg": {"3.3.9"},
        }

    def test_are_the_same_in_all_three_files(self):
        run, test, dev = (
            environment.pins((ROOT / name).read_text())
            for name in environment.REQUIREMENTS
        )
        assert run.items() <= test.items()
        assert test.items() <= dev.items()

    def test_are_satisfied_by_these_versions_only(self, monkeypatch):
        installed = {
            name: max(versions)
            for name, versions in environment.pins((ROOT / TEST).read_text()).items()
        }
        monkeypatch.setattr(environment.metadata, "version", installed.__getitem__)
        assert environment.satisfied(TEST)
        installed["wagtail"] = "7.0"
        assert not environment.satisfied(TEST)

    def test_are_not_satisfied_by_an_absent_package(self, monkeypatch):
        monkeypatch.setattr(environment, "pins", lambda text: {"no-such": {"1.0"}})
        assert not environment.satisfied(RUN)
        monkeypatch.setattr(environment, "pins", lambda text: {"no-such": {"1.0", ""}})
        assert environment.satisfied(RUN)


class TestSteps:
    def test_count_and_return_what_was_printed(self, capsys):
        progress = Steps(2)
        assert progress.run("Greeting", *run_code("print('grüezi')")) == "grüezi\n"
        progress.announce("Leaving")
        assert capsys.readouterr().out == (
            "[1/2] Greeting\n      done in 0 s\n[2/2] Leaving\n"
        )

    def test_tell_the_last_word_of_a_slow_command(self, monkeypatch, capsys):
        monkeypatch.setattr(steps, "HEARTBEAT_SECONDS", 0.05)
        code = "import time; print('Collecting scipy', flush=True); time.sleep(0.4)"
        Steps(1).run("Installing", *run_code(code))
        assert " s  Collecting scipy\n" in capsys.readouterr().out

    @pytest.mark.parametrize(
        ("output", "meaning"),
        [
            ("OSError: [Errno 28] No space left on device", "The disk is full"),
            ("NewConnectionError('Temporary failure')", "connect to the internet"),
            ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES", "not the one that was"),
            ("[SSL: CERTIFICATE_VERIFY_FAILED]", "set PIP_CERT"),
            ("[Errno 13] Permission denied: '/x'", "use a folder of your own"),
        ],
    )
    def test_explain_a_failure_in_one_sentence(self, output, meaning, capsys):
        code = f"import sys; sys.exit({output!r})"
        with pytest.raises(Problem, match=meaning):
            Steps(1).run("Installing", *run_code(code))
        assert not capsys.readouterr().err

    def test_show_the_output_of_a_failure_nobody_foresaw(self, capsys):
        with pytest.raises(Problem, match="“Seeding” failed"):
            Steps(1).run("Seeding", *run_code("raise SystemExit('a riddle')"))
        assert "a riddle" in capsys.readouterr().err

    def test_take_the_command_along_when_interrupted(self, monkeypatch):
        monkeypatch.setattr(steps, "HEARTBEAT_SECONDS", 0.1)
        child = subprocess.Popen(run_code("import time; time.sleep(60)"))

        def interrupt():
            raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            steps.wait(child, interrupt)
        assert child.returncode not in (None, 0)


SERVES_ONE_REQUEST = """
    import http.server, sys
    host, port = sys.argv[-1].split(":")
    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.end_headers()
    http.server.HTTPServer((host, int(port)), Handler).handle_request()
"""


class TestServe:
    def test_tells_the_address_and_who_may_sign_in(self, capsys):
        url = f"http://127.0.0.1:{machine.free_port(None)}/"
        code = serving.serve(run_code(SERVES_ONE_REQUEST), url, "editor: secret", {})
        assert code == 0
        printed = capsys.readouterr().out
        assert f"running at {url}\n\neditor: secret" in printed

    def test_says_when_the_server_does_not_start(self):
        url = f"http://127.0.0.1:{machine.free_port(None)}/"
        with pytest.raises(Problem, match="did not start"):
            serving.serve(run_code("raise SystemExit(1)"), url, "", {})


class TestMain:
    def test_ends_a_problem_as_one_line(self, monkeypatch, capsys):
        def fail(arguments):
            raise Problem("The disk is full.")

        monkeypatch.setitem(bootstrap.COMMANDS, "demo", fail)
        assert bootstrap.main(["demo"]) == 1
        assert capsys.readouterr().err == "The disk is full.\n"

    def test_ends_quietly_when_interrupted(self, monkeypatch, capsys):
        def interrupt(arguments):
            raise KeyboardInterrupt

        monkeypatch.setitem(bootstrap.COMMANDS, "demo", interrupt)
        assert bootstrap.main(["demo"]) == 130
        assert "goes on from here" in capsys.readouterr().err

    @pytest.mark.parametrize("port", ["0", "65536", "x", "-1", "8000.5", "٣"])
    def test_refuses_what_is_no_port(self, port, capsys):
        with pytest.raises(SystemExit):
            bootstrap.main(["demo", "--port", port])
        assert "choose 1 to 65535" in capsys.readouterr().err


class TestHandOver:
    def test_says_what_to_run_first(self, monkeypatch, tmp_path, capsys):
        monkeypatch.setattr(bootstrap, "VENV", Path(tmp_path))
        assert bootstrap.hand_over(["migrate"]) == 1
        assert "run first  python manage.py demo" in capsys.readouterr().err
