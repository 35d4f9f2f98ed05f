"""What Cairn makes, the stock tools take, and the other way round.

Tools that are not here are skipped with a reason. `CAIRN_SSH_KEYGEN` and `CAIRN_AGE` name others than the
ones on the path; `npm ci` in `tests/interop` brings the third.
"""

from __future__ import annotations

import functools
import io
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from cairn.crypto import age
from cairn.crypto.device import DeviceKeys
from cairn.crypto.ssh import allowed_signers_line, parse_public_line, verify

INTEROP = Path(__file__).resolve().parents[1] / "interop"
SSH = os.environ.get("CAIRN_SSH_KEYGEN") or shutil.which("ssh-keygen")
AGE = os.environ.get("CAIRN_AGE") or shutil.which("age")
NODE = shutil.which("node")
PLAIN = os.urandom(200_000)
TEXT = b"manifest\n"

needs_ssh = pytest.mark.skipif(SSH is None, reason="no ssh-keygen here")
needs_age = pytest.mark.skipif(AGE is None, reason="no age here")
needs_typage = pytest.mark.skipif(
    NODE is None or not (INTEROP / "node_modules").is_dir(),
    reason="no age-encryption: npm ci in tests/interop",
)


def run(*command: str | Path | None, data: bytes = b"", good: bool = True) -> bytes:
    done = subprocess.run(
        [str(part) for part in command], input=data, capture_output=True, check=False, timeout=60
    )
    assert (done.returncode == 0) is good, done.stderr.decode(errors="replace")
    return done.stdout


@functools.cache
def ssh_knows_composite() -> bool:
    """One that knows the type fails later, where it can't save the key."""
    command = [str(SSH), "-q", "-t", "mldsa44-ed25519", "-N", "", "-f", os.path.join(os.devnull, "key")]
    done = subprocess.run(command, capture_output=True, check=False)
    return b"unknown key type" not in done.stderr


@functools.cache
def age_is_post_quantum() -> bool:
    recipient = age.PQIdentity(bytes(32)).recipient
    done = subprocess.run([str(AGE), "-r", recipient], input=b"", capture_output=True, check=False)
    return done.returncode == 0


def sealed(recipient: age.Recipient, armor: bool = False) -> bytes:
    out = io.BytesIO()
    inner = age.ArmorWriter(out) if armor else out
    writer = age.AgeWriter(inner, [recipient])
    writer.write(PLAIN)
    writer.finish()
    if isinstance(inner, age.ArmorWriter):
        inner.finish()
    return out.getvalue()


def opened(file: bytes, identity: age.Identity) -> bytes:
    return age.AgeReader(io.BytesIO(file), [identity]).read()


# OpenSSH.


@needs_ssh
@pytest.mark.parametrize("kind", ["ed25519", "composite"])
def test_openssh_verifies_ours_and_nothing_else(kind: str, keys: DeviceKeys, tmp_path: Path) -> None:
    if kind == "composite" and not ssh_knows_composite():
        pytest.skip("this ssh-keygen is older than 10.6 and does not know ssh-mldsa44-ed25519")
    public = keys.public.ed25519 if kind == "ed25519" else keys.public.mldsa
    sign = keys.sign_text if kind == "ed25519" else keys.sign_text_pq
    signers, signature = tmp_path / "allowed_signers", tmp_path / "text.sig"
    signers.write_text(
        allowed_signers_line(
            keys.principal, ["bundle@cairn", "custody@cairn"], public, valid_after="20200101"
        )
    )
    signature.write_bytes(sign("bundle@cairn", TEXT))
    verify_ = (SSH, "-Y", "verify", "-f", signers, "-s", signature)
    mine = ("-I", keys.principal, "-n", "bundle@cairn")
    run(*verify_, *mine, data=TEXT)
    run(*verify_, *mine, data=TEXT + b"x", good=False)
    run(*verify_, "-I", keys.principal, "-n", "custody@cairn", data=TEXT, good=False)
    run(*verify_, "-I", "cairn-0000000000000000", "-n", "bundle@cairn", data=TEXT, good=False)
    signature.write_bytes(sign("card@cairn", TEXT))
    run(*verify_, "-I", keys.principal, "-n", "card@cairn", data=TEXT, good=False)
    signers.write_text(allowed_signers_line(keys.principal, ["bundle@cairn"], public, valid_after="20990101"))
    signature.write_bytes(sign("bundle@cairn", TEXT))
    run(*verify_, *mine, data=TEXT, good=False)


@needs_ssh
@pytest.mark.parametrize("kind", ["ed25519", "mldsa44-ed25519"])
def test_we_verify_openssh_s(kind: str, tmp_path: Path) -> None:
    if kind != "ed25519" and not ssh_knows_composite():
        pytest.skip("this ssh-keygen is older than 10.6 and does not know ssh-mldsa44-ed25519")
    key = tmp_path / "key"
    run(SSH, "-q", "-t", kind, "-N", "", "-C", "a comment", "-f", key)
    line = key.with_suffix(".pub").read_text().rstrip("\n")
    signature = run(SSH, "-q", "-Y", "sign", "-n", "bundle@cairn", "-f", key, data=TEXT)
    verify("bundle@cairn", TEXT, signature, line)
    assert run(SSH, "-l", "-f", key.with_suffix(".pub")).split()[1].startswith(b"SHA256:")
    assert parse_public_line(line).line == " ".join(line.split(" ")[:2])


# age, the reference implementation.


@needs_age
@pytest.mark.parametrize("kind", ["x25519", "pq"])
@pytest.mark.parametrize("armor", [False, True])
def test_age_opens_ours_and_we_open_age_s(kind: str, armor: bool, tmp_path: Path) -> None:
    if kind == "pq" and not age_is_post_quantum():
        pytest.skip("this age is older than 1.3 and does not know age1pq recipients")
    identity = age.PQIdentity.generate() if kind == "pq" else age.X25519Identity.generate()
    secret = tmp_path / "identity"
    secret.write_text(identity.to_text() + "\n")
    file = sealed(age.parse_recipient(identity.recipient), armor)
    assert run(AGE, "-d", "-i", secret, data=file) == PLAIN
    run(AGE, "-d", "-i", secret, data=file[:-100], good=False)
    theirs = run(AGE, "-r", identity.recipient, *(["-a"] if armor else []), data=PLAIN)
    source: io.RawIOBase | io.BytesIO = io.BytesIO(theirs)
    if armor:
        source = age.ArmorReader(io.BytesIO(theirs))
    assert age.AgeReader(source, [identity]).read() == PLAIN


# typage, an implementation in another language by another path.


def typage(*arguments: str, data: bytes = b"", good: bool = True) -> bytes:
    return run(NODE, INTEROP / "age.mjs", *arguments, data=data, good=good)


@needs_typage
def test_typage_opens_ours_and_we_open_typage_s() -> None:
    secret, recipient = typage("identity").decode().split()
    identity = age.PQIdentity.from_text(secret)
    assert identity.recipient == recipient
    file = sealed(age.parse_recipient(recipient))
    assert typage("decrypt", secret, data=file) == PLAIN
    typage("decrypt", secret, data=file[:-1], good=False)
    assert opened(typage("encrypt", recipient, data=PLAIN), identity) == PLAIN
    ours = age.PQIdentity.generate()
    assert typage("recipient", ours.to_text()).decode().strip() == ours.recipient


@needs_typage
def test_typage_and_passphrases() -> None:
    assert (
        typage(
            "decrypt", "--passphrase", "seven stones", data=sealed(age.ScryptRecipient("seven stones", 10))
        )
        == PLAIN
    )
    theirs = typage("encrypt", "--passphrase", "seven stones", data=PLAIN)
    assert opened(theirs, age.ScryptIdentity("seven stones")) == PLAIN


def test_the_lock_names_no_place_to_fetch_from(root: Path, sample: Callable[[str], bytes]) -> None:
    """The packages are pinned by hash; where they come from is the business of whoever installs."""
    lock = (root / "tests" / "interop" / "package-lock.json").read_text()
    assert '"integrity": "sha512-' in lock
    assert '"resolved"' not in lock
