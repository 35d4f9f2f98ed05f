"""Sign Windows programs in place with osslsigncode (Authenticode), and look at the signature afterwards.

    python packaging/windows/sign.py FILE...            with the certificate that the environment names
    python packaging/windows/sign.py --rehearse FOLDER  with a throw-away one, in a new folder

From the environment, so that no secret stands in a command line that others can list:
  CAIRN_SIGN_CERTIFICATE  the certificate and its chain, PEM
  CAIRN_SIGN_KEY          the private key, PEM; or a PKCS#11 URI when CAIRN_SIGN_MODULE is set
  CAIRN_SIGN_MODULE       optional: the PKCS#11 module of a hardware token
  CAIRN_SIGN_PASSWORD     optional: a file that holds the key's password
  CAIRN_SIGN_TIMESTAMP    optional: where an RFC 3161 time stamp is fetched. Only at a release: it is the one
                          step that needs the network, and with it no two signatures are the same
  CAIRN_SIGN_ROOTS        the roots that the chain is verified against, PEM
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
import make_installer

_DAYS = "3"
_EKU = "extendedKeyUsage=critical,codeSigning"


class SignError(Exception):
    """What went wrong, in words; never a password."""


def _run(*command: str) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise SignError(f"{command[0]} {command[1]} failed:\n{done.stdout}{done.stderr}")
    return done.stdout


def _needed(name: str) -> str:
    value = os.environ.get(name, "")
    if not value:
        raise SignError(f"{name} is not set")
    return value


def _time_option() -> str:
    """Older versions of osslsigncode call it otherwise; their help ends with an error code."""
    helped = subprocess.run(["osslsigncode", "sign", "--help"], capture_output=True, text=True, check=False)
    return "-time" if "-time " in helped.stdout + helped.stderr else "-st"


def sign(file: Path) -> None:
    """Sign `file` in place and verify it. Raises SignError; then `file` is what it was."""
    options = ["-h", "sha256", "-n", "Cairn", "-certs", _needed("CAIRN_SIGN_CERTIFICATE")]
    module = os.environ.get("CAIRN_SIGN_MODULE")
    options += ["-pkcs11module", module] if module else []
    options += ["-key", _needed("CAIRN_SIGN_KEY")]
    password = os.environ.get("CAIRN_SIGN_PASSWORD")
    options += ["-readpass", password] if password else []
    stamp = os.environ.get("CAIRN_SIGN_TIMESTAMP")
    # Without a time stamp the time inside is ours to choose: the same file gives the same signature.
    options += ["-ts", stamp] if stamp else [_time_option(), str(make_installer.source_date())]
    part = file.with_name(file.name + ".signed")
    part.unlink(missing_ok=True)
    try:
        _run("osslsigncode", "sign", *options, "-in", str(file), "-out", str(part))
        verify(part)
        shutil.copymode(file, part)
        part.replace(file)
    finally:
        part.unlink(missing_ok=True)


def verify(file: Path) -> None:
    """Raises SignError unless `file` is signed, unaltered, and its chain ends at CAIRN_SIGN_ROOTS."""
    _run("osslsigncode", "verify", "-CAfile", _needed("CAIRN_SIGN_ROOTS"), "-in", str(file))


def throw_away_certificate(folder: Path) -> None:
    """Make a certificate for code that nobody trusts, and name it in the environment."""
    key, certificate = folder / "key.pem", folder / "certificate.pem"
    subject = ["-subj", "/CN=Cairn rehearsal, not to be trusted", "-addext", _EKU]
    _run(
        *("openssl", "req", "-x509", "-newkey", "rsa:3072", "-nodes", "-sha256", "-days", _DAYS),
        *("-keyout", str(key), "-out", str(certificate), *subject),
    )
    key.chmod(0o600)
    os.environ["CAIRN_SIGN_CERTIFICATE"] = os.environ["CAIRN_SIGN_ROOTS"] = str(certificate)
    os.environ["CAIRN_SIGN_KEY"] = str(key)


def rehearse(folder: Path) -> None:
    """Everything that a release does, with a stand-in for the program. Raises SignError."""
    import rehearse

    folder.mkdir(parents=True)
    # One time for all of it, also when somebody commits meanwhile.
    os.environ["SOURCE_DATE_EPOCH"] = str(make_installer.source_date())
    throw_away_certificate(folder)
    frozen = rehearse.stand_in(folder / "frozen", "0.1.0")
    for name in make_installer.PROGRAMS:
        sign(frozen / name)
        rehearse.expect(True, f"{name} is signed, and the signature verifies")
    icon = folder / "cairn.ico"
    icon.write_bytes(rehearse.small_icon())
    made = []
    for out in ("one", "two"):
        # The uninstaller is signed before it is packed, so that Windows knows it as well.
        setup = make_installer.installer(frozen, folder / out, "0.1.0", icon=icon, sign=command())
        sign(setup)
        made.append(setup)
    rehearse.expect(True, "so is the installer, and the uninstaller inside")
    rehearse.expect(made[0].read_bytes() == made[1].read_bytes(), "signed twice it is the same to the byte")
    whole = made[0].read_bytes()
    for at in (len(whole) // 2, 0x200):
        altered = bytearray(whole)
        altered[at] ^= 1
        made[1].write_bytes(altered)
        try:
            verify(made[1])
        except SignError:
            rehearse.expect(True, f"a bit turned over at byte {at} is found")
        else:
            raise SignError(f"a bit turned over at byte {at} was not found")


def command() -> str:
    """This script as makensis calls it for the uninstaller."""
    return f'"{sys.executable}" "{Path(__file__).resolve()}" "%1"'


def main() -> int:
    """The command line."""
    given = sys.argv[1:]
    if not given:
        print(__doc__, file=sys.stderr)
        return 2
    try:
        if given[0] == "--rehearse":
            rehearse(Path(given[1]))
        else:
            for name in given:
                sign(Path(name))
    except SignError as error:
        print(f"sign: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
