"""The definition for hosted runners: whatever it fetches is held to something, and it names no host."""

from __future__ import annotations

import re

import pytest

from packaging_kit import ROOT

FOLDER = ROOT / "packaging" / "ci"
TEXT = (FOLDER / "release.yml").read_text("utf-8")
JOBS = dict(re.findall(r"^  ([a-z-]+):\n((?:    .*\n|\n)+)", TEXT.partition("\njobs:\n")[2], re.MULTILINE))


def test_no_foreign_action_and_no_host() -> None:
    assert not re.search(r"\buses:", TEXT)
    assert "://" not in TEXT + (FOLDER / "windows-installed.ps1").read_text("utf-8")


def test_python_packages_come_by_hash_alone() -> None:
    installs = re.findall(r"pip install.*", TEXT)
    assert installs and all("--require-hashes -r packaging/locks/" in line for line in installs)


def test_what_is_fetched_is_compared() -> None:
    for job in JOBS.values():
        fetched = job.count("curl ") + job.count("gh release download")
        compared = (
            job.count("sha256sum -c") + job.count("--runtime-sha256") + job.count("windows-installed.ps1")
        )
        assert compared >= fetched


@pytest.mark.parametrize("name", JOBS)
def test_every_job_ends_and_says_what_it_may(name: str) -> None:
    job = JOBS[name]
    assert re.search(r"^    timeout-minutes: \d+$", job, re.MULTILINE)
    assert "permissions: { contents: write }" in job
    # `latest` is another machine every year.
    assert re.search(r"^    runs-on: (ubuntu-2[24]\.04|windows-2022|macos-14)$", job, re.MULTILINE)


def test_secrets_go_through_the_environment_and_must_be_there() -> None:
    lines = [line for line in TEXT.splitlines() if "secrets." in line]
    assert lines
    for line in lines:
        given = re.fullmatch(r"          (\w+): \$\{\{ secrets\.\w+ \}\}", line)
        assert given is not None, line
        assert f'"${{{given[1]}:?}}"' in TEXT, f"{given[1]} may be empty"


def test_the_scripts_that_it_calls_are_there() -> None:
    for path in set(re.findall(r"packaging/[\w/.-]+\.(?:py|ps1|lock|sh)\b", TEXT)):
        assert (ROOT / path).is_file(), path
