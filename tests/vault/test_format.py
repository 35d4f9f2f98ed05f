"""The vault of format 1 that is kept: opened by Cairn, and by a second reader that knows only FORMAT.md."""

from __future__ import annotations

import base64
import hashlib
import hmac
import io
import json
import shutil
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from mnemonic import Mnemonic

from cairn import vault as vaults
from cairn.crypto.age import AgeReader, PQIdentity
from cairn.vault.check import check_database
from cairn.vault.restore import restore

VECTOR = Path(__file__).parent.parent / "vectors" / "vault-1"
SECRETS: dict[str, Any] = json.loads((VECTOR / "secrets.json").read_text("utf-8"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(VECTOR / "vault", tmp_path / "vault")
    return tmp_path / "vault"


def row(vault: vaults.Vault) -> str:
    connection = vault.connect(read_only=True)
    try:
        return str(connection.execute("SELECT text FROM sample").fetchone()[0])
    finally:
        connection.close()


# -- Cairn -----------------------------------------------------------------------------------------------


def test_cairn_opens_it_in_every_way(folder: Path) -> None:
    identity = PQIdentity.from_text(SECRETS["escrow_identity"])
    for opened in (
        lambda: vaults.unlock(folder, SECRETS["passphrase"]),
        lambda: vaults.unlock_with_words(folder, SECRETS["words"]),
        lambda: vaults.open_escrow(folder, identity),
    ):
        vault = opened()
        assert vault.id == SECRETS["vault"]
        assert bytes(vault.key).hex() == SECRETS["vault_key"]
        assert vault.identity_key().hex() == SECRETS["identity_key"]
        assert {label: vault.derive(label).hex() for label in SECRETS["keys"]} == SECRETS["keys"]
        assert row(vault) == SECRETS["row"]
        assert check_database(vault) == []
        assert [info.label for info in vaults.slots(vault)] == ["", "", "Office"]
        vault.lock()


def test_opening_leaves_the_header_as_it_is(folder: Path) -> None:
    vaults.unlock(folder, SECRETS["passphrase"]).lock()
    assert (folder / "vault.hdr").read_bytes() == (VECTOR / "vault" / "vault.hdr").read_bytes()


def test_it_can_be_rotated_and_restored(folder: Path, tmp_path: Path) -> None:
    vault = vaults.unlock(folder, SECRETS["passphrase"])
    vaults.rotate(vault, SECRETS["passphrase"])
    assert row(vault) == SECRETS["row"]
    vault.lock()
    restored = restore(VECTOR / "backup", tmp_path / "restored", SECRETS["words"].split()).vault
    assert row(restored) == SECRETS["row"]
    restored.lock()


# -- A second reader ---------------------------------------------------------------------------------------


def canonical(value: object) -> bytes:
    return json.dumps(value, sort_keys=True, separators=(",", ":")).encode("ascii")


def hkdf(key: bytes, salt: bytes, info: bytes) -> bytes:
    return HKDF(hashes.SHA256(), 32, salt, info).derive(key)


def unb64(text: str) -> bytes:
    return base64.b64decode(text, validate=True)


def subkey(vmk: bytes, header: dict[str, Any], label: str) -> bytes:
    return hkdf(vmk, header["vault"].encode(), b"cairn-vault/1/" + label.encode())


def unwrap(header: dict[str, Any], slot: dict[str, Any], key: bytes, **more: int) -> bytes:
    taken = {name: slot[name] for name in ("id", "kdf", "kind") if name in slot}
    aad = canonical(taken | more | {"vault": header["vault"]})
    return ChaCha20Poly1305(key).decrypt(unb64(slot["wrap"]["nonce"]), unb64(slot["wrap"]["ct"]), aad)


def test_a_second_reader() -> None:
    data = (VECTOR / "vault" / "vault.hdr").read_bytes()
    header = json.loads(data)
    assert canonical(header) + b"\n" == data
    first, second, third = header["slots"]

    kdf = first["kdf"]
    phrase = unicodedata.normalize("NFKC", SECRETS["passphrase"]).encode()
    argon = Argon2id(
        salt=unb64(kdf["salt"]), length=32, iterations=kdf["t"], lanes=kdf["p"], memory_cost=kdf["m_kib"]
    )
    vmk = unwrap(header, first, argon.derive(phrase))
    assert vmk.hex() == SECRETS["vault_key"]

    entropy = bytes(Mnemonic("english").to_entropy(SECRETS["words"]))
    assert len(entropy) == 32
    recovery = hkdf(entropy, unb64(second["kdf"]["salt"]), b"cairn-vault/1/recovery")
    assert unwrap(header, second, recovery) == vmk

    by_vault, by_words = header["identity"]
    key = unwrap(header, by_vault, subkey(vmk, header, "identity"), identity=1)
    assert key.hex() == SECRETS["identity_key"]
    seed = hkdf(entropy, unb64(by_words["kdf"]["salt"]), b"cairn-vault/1/identity-recovery")
    by_words_identity = PQIdentity(seed)
    assert by_words_identity.recipient == by_words["recipient"]
    text = AgeReader(io.BytesIO(unb64(by_words["wrap"]["file"])), [by_words_identity]).readall()
    assert text.decode() == f"cairn-identity-key/1\n{header['vault']}\n{by_words['id']}\n{key.hex()}\n"

    mac = unb64(header.pop("mac"))
    assert hmac.digest(subkey(vmk, header, "header-mac"), canonical(header), "sha256") == mac

    note_aad = canonical({"id": third["id"], "note": 1, "vault": header["vault"]})
    note = ChaCha20Poly1305(subkey(vmk, header, "slot-note")).decrypt(
        unb64(third["note"]["nonce"]), unb64(third["note"]["ct"]), note_aad
    )
    assert len(note) % 512 == 0
    assert json.loads(note)["label"] == "Office"
    assert json.loads(note)["recipient"].startswith("age1pq1")
    assert unb64(third["wrap"]["file"]).startswith(b"age-encryption.org/v1\n-> mlkem768x25519 ")

    assert SECRETS["row"].encode() in pages(VECTOR / "vault" / header["database"], subkey(vmk, header, "db"))

    text = (VECTOR / "backup" / "backup.json").read_bytes()
    manifest = json.loads(text)
    assert canonical(manifest) + b"\n" == text
    files = [manifest["header"], manifest["database"]]
    files += [file | {"name": "media/" + file["name"]} for file in manifest["media"]]
    for file in files:
        content = (VECTOR / "backup" / file["name"]).read_bytes()
        assert (len(content), hashlib.sha256(content).hexdigest()) == (file["size"], file["sha256"])
    mac = unb64(manifest.pop("mac"))
    assert hmac.digest(subkey(vmk, header, "backup"), canonical(manifest), "sha256") == mac


def pages(path: Path, key: bytes) -> bytes:
    """The database decrypted page by page, each seal checked: what FORMAT.md says of SQLCipher 4."""
    data = path.read_bytes()
    salt = data[:16]
    mac_key = hashlib.pbkdf2_hmac("sha512", key, bytes(byte ^ 0x3A for byte in salt), 2, 32)
    found = []
    for number in range(1, len(data) // 4096 + 1):
        page = data[(number - 1) * 4096 : number * 4096]
        start = 16 if number == 1 else 0
        sealed, iv, mac = page[start:4016], page[4016:4032], page[4032:4096]
        assert hmac.digest(mac_key, sealed + iv + number.to_bytes(4, "little"), "sha512") == mac
        cipher = Cipher(algorithms.AES256(key), modes.CBC(iv)).decryptor()
        found.append(cipher.update(sealed) + cipher.finalize())
    return b"".join(found)
