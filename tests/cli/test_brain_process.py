"""The service that watches at each login: what is written, and only after asking."""

from __future__ import annotations

import plistlib
import shutil
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from proactive_tui.cli.brain_process import describe_service
from proactive_tui.errors import ProactiveError
from tests.cli.conftest import Run

COMMAND = ["/opt/a place/python", "-m", "proactive_tui", "watch", "--notes", '/home/u/100 % "notes" & $more']


def test_a_unit_of_systemd_quotes_what_it_would_fill_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
    file, content, start = describe_service(COMMAND, tmp_path, "linux")
    assert file == tmp_path / ".config" / "systemd" / "user" / "proactive-tui.service"
    (line,) = [line for line in content.splitlines() if line.startswith("ExecStart=")]
    assert line.startswith('ExecStart="/opt/a place/python" "-m" ')
    assert line.endswith('"/home/u/100 %% \\"notes\\" & $$more"')
    assert "systemctl --user" in start


def test_a_list_of_launchd_is_xml(tmp_path: Path) -> None:
    file, content, _ = describe_service(COMMAND, tmp_path, "darwin")
    assert file.suffix == ".plist"
    words = [node.text for node in ET.fromstring(content.partition("\n")[2].partition("\n")[2]).iter("string")]
    assert words[1:] == COMMAND


def test_a_list_of_launchd_is_read_as_a_property_list(tmp_path: Path) -> None:
    _, content, _ = describe_service(COMMAND, tmp_path, "darwin")
    read = plistlib.loads(content.encode())
    assert read["ProgramArguments"] == COMMAND
    assert read["RunAtLoad"] is True


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd-analyze is not installed")
def test_systemd_finds_nothing_wrong_with_the_unit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    _, content, _ = describe_service([sys.executable, *COMMAND[1:]], tmp_path, "linux")
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    for text, is_sound in ((content, True), (content.replace("Nice=", "Nicee="), False)):
        file = tmp_path / "proactive-tui.service"
        file.write_text(text)
        command = ["systemd-analyze", "--user", "verify", str(file)]
        checked = subprocess.run(command, capture_output=True, text=True, check=False)
        assert (checked.returncode == 0 and not checked.stderr) is is_sound, checked.stderr


def test_elsewhere_it_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(ProactiveError, match="watch"):
        describe_service(COMMAND, tmp_path, "win32")


def test_the_service_is_shown_and_written_after_asking(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setattr("sys.platform", "linux")
    file = tmp_path / "config" / "systemd" / "user" / "proactive-tui.service"
    asked = run("watch", "--install")  # nobody answers
    assert (asked.status, file.exists()) == (1, False)
    assert "ExecStart=" in asked.out
    assert run("watch", "--install", "--yes").status == 0
    assert str(tmp_path / "notes") in file.read_text()
    assert "there already" in run("watch", "--install").out


def test_nothing_to_stop_is_said(run: Run) -> None:
    assert run("stop").out == "Nothing runs here.\n"
