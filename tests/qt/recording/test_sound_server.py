"""Which sound server is chosen, before Qt chooses one."""

from __future__ import annotations

from pathlib import Path

import pytest

from cairn.qt.base import sound_server


@pytest.fixture(autouse=True)
def no_system_wide(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(sound_server, "_SYSTEM_WIDE", str(tmp_path / "none"))


def chosen(environment: dict[str, str]) -> str:
    sound_server.prepare(environment)
    assert environment["PULSE_LATENCY_MSEC"] == "40"
    return environment.get("QT_AUDIO_BACKEND", "")


def test_pulseaudio_is_asked_for_also_where_pipewire_runs(tmp_path: Path) -> None:
    runtime = {"XDG_RUNTIME_DIR": str(tmp_path)}
    assert chosen(dict(runtime)) == chosen({}) == "pulseaudio"
    (tmp_path / "pipewire-0").touch()
    (tmp_path / "pulse").mkdir()
    (tmp_path / "pulse" / "native").touch()
    assert chosen(dict(runtime)) == "pulseaudio"


def test_pipewire_alone_is_better_than_silence(tmp_path: Path) -> None:
    (tmp_path / "pipewire-0").touch()
    runtime = {"XDG_RUNTIME_DIR": str(tmp_path)}
    assert chosen(dict(runtime)) == ""
    assert chosen({**runtime, "PULSE_SERVER": "unix:/elsewhere"}) == "pulseaudio"
    (tmp_path / "native").touch()
    assert chosen({**runtime, "PULSE_RUNTIME_PATH": str(tmp_path)}) == "pulseaudio"


def test_what_the_person_has_set_stays() -> None:
    given = {"QT_AUDIO_BACKEND": "pipewire", "PULSE_LATENCY_MSEC": "7"}
    sound_server.prepare(given)
    assert given == {"QT_AUDIO_BACKEND": "pipewire", "PULSE_LATENCY_MSEC": "7"}
