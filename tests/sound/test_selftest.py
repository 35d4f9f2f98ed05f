"""`cairn self-test` with a microphone: a second of it is recorded, sealed, opened again, and nothing remains."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest

from cli.program import CAIRN, environment
from sound.rig import Rig

pytestmark = pytest.mark.real_time


@pytest.mark.slow
@pytest.mark.usefixtures("microphone")
def test_the_command_listens_for_a_second(rig: Rig, tmp_path: Path) -> None:
    done = subprocess.run(
        [*CAIRN, "self-test", "--json"],
        env=environment(
            **rig.environment, HOME=str(tmp_path), XDG_RUNTIME_DIR=os.environ.get("XDG_RUNTIME_DIR", "")
        ),
        capture_output=True,
        timeout=180,
        check=False,
    )
    found = {one["name"]: one for one in json.loads(done.stdout)["checks"]}
    assert done.returncode == 0, done.stdout
    assert found["recording"]["detail"] == "FieldMic, 48000 samples"
    assert list(tmp_path.rglob("*.jnl")) == []
