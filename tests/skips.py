"""Which tests may be skipped where everything is to run, and why: everything else that is skipped there fails.

`.ci/run` sets `CAIRN_SKIPS=listed`. On a developer's machine a tool may be missing, and the reason is printed.
"""

from __future__ import annotations

import os

import pytest

MAY: dict[str, str] = {
    "packaging/test_flatpak.py": "flatpak-builder fetches a runtime of a gigabyte; needed for no other form",
    "packaging/test_windows.py::test_the_rehearsal_under_wine": "Wine is not in every Debian image",
    "packaging/test_windows_real.py": "osslsigncode and tesseract come with `./dev windows`",
    "packaging/test_frozen.py": "tries what `./dev package frozen` has built; the smoke test drives a package anyway",
    "crypto/test_interop.py::test_openssh_verifies_ours_and_nothing_else[composite]": "from OpenSSH 10.6",
    "crypto/test_interop.py::test_we_verify_openssh_s[mldsa44-ed25519]": "from OpenSSH 10.6",
    "crypto/test_interop.py::test_age_opens_ours_and_we_open_age_s": "age1pq recipients are known from age 1.3",
    "forms/xpath/test_forms.py::test_every_expression_of_recorded": "somebody else's forms, where CAIRN_VECTORS names them",
    "forms/xpath/test_vectors.py::test_recorded": "somebody else's recordings, where CAIRN_VECTORS names them",
    "model/names/test_same_person.py::test_people_of_others": "somebody else's people, where CAIRN_VECTORS names them",
    "model/time/test_understanding.py::test_a_set_of_phrases": "somebody else's phrases, where CAIRN_VECTORS names them",
    "forms/test_scenarios.py": "sessions recorded of another program, where CAIRN_VECTORS names them",
    "forms/test_shipped.py::test_odk_validate": "needs Java; ODK's validator comes with the converter",
    "qt/test_references.py": "from Python 3.12 singletons are immortal: nothing is left to count",
    "qt/test_gate.py": "root may write everywhere; run as another user it is tried",
    "qt/test_fonts.py": "the Korean font is large, and only `./dev pictures` and `package` fetch it",
    "qt/test_printing.py": "CUPS's server is not everywhere, and installing it would open a service",
    "qt/test_paper_text.py": "one of the fonts is not on every system; poppler comes with `./dev setup`",
    "qt/outside/test_faults.py::test_a_library_that_windows_need_is_named": "where the library is absent anyway",
}
"""The beginning of a test's name, from `tests/`, and why it may be skipped."""


def unlisted(name: str) -> bool:
    """Whether a test of this name (from `tests/`) must not be skipped here."""
    return os.environ.get("CAIRN_SKIPS") == "listed" and not any(name.startswith(each) for each in MAY)


def judge(report: pytest.TestReport, name: str) -> None:
    """Turn the report of a test that was skipped and may not be into a failure."""
    if report.outcome == "skipped" and not hasattr(report, "wasxfail") and unlisted(name):
        why = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
        report.outcome = "failed"
        report.longrepr = f"skipped, and tests/skips.py does not list it: {why}"
