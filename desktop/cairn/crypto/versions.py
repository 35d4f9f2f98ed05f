"""Which libraries the primitives come from, for the self-test and for *About*."""

from __future__ import annotations

import cryptography
from cryptography.hazmat.backends.openssl import backend


def versions() -> dict[str, str]:
    """Versions of `cryptography` and of the OpenSSL inside it."""
    words = backend.openssl_version_text().split()
    return {"cryptography": cryptography.__version__, "openssl": words[1] if len(words) > 1 else words[0]}
