"""The device's clock, always labelled unverified. One place, so that tests can move it."""

from __future__ import annotations

from datetime import UTC, datetime


def now() -> str:
    """UTC now as RFC 3339 with seconds: `2026-03-14T09:26:53Z`."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def today() -> str:
    """UTC date as `2026-03-14`."""
    return now()[:10]
