"""Make the disk image for macOS (arm64, 14 or newer) from the .app that the packager left. Runs on a Mac.

    python3 packaging/macos/make_dmg.py --app build/package/frozen/Cairn.app --version 0.1.0 --out build/package

From the environment; without CAIRN_SIGN_IDENTITY the image is signed for this one Mac alone ("ad hoc"), and
others refuse to open it:
  CAIRN_SIGN_IDENTITY   the name of a "Developer ID Application" certificate in the keychain
  CAIRN_NOTARY_PROFILE  the profile that `xcrun notarytool store-credentials` made; needs the network, and so
                        does the time stamp of a real signature
  CAIRN_NOTARY_KEYCHAIN optional: the keychain that holds this profile
"""

from __future__ import annotations

import argparse
import os
import plistlib
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
ENTITLEMENTS = HERE / "entitlements.plist"
ID = "app.cairn.Cairn"
AD_HOC = "-"
_MAGIC = (b"\xcf\xfa\xed\xfe", b"\xca\xfe\xba\xbe", b"\xca\xfe\xba\xbf")
"""How 64-bit Mach-O files and bundles of several architectures begin."""

MICROPHONE = {
    "en": "Cairn records interviews, encrypted as they are spoken.",
    "ko": "Cairn은 면담을 말하는 즉시 암호화하여 녹음합니다.",
}
TYPES = {
    "bundle": ("age", {"en": "Sealed bundle", "ko": "봉인된 묶음"}),
    "contact": ("contact", {"en": "Contact card", "ko": "연락처 카드"}),
}
"""What a double click opens: name, ending, words."""


def plist(before: dict[str, object], version: str) -> dict[str, object]:
    """Info.plist as the packager wrote it, with what Cairn adds."""
    documents, declared = [], []
    for name, (ending, words) in TYPES.items():
        kind = f"{ID}.{name}"
        documents.append(
            {
                "CFBundleTypeName": words["en"],
                "CFBundleTypeRole": "Viewer",
                # Another program of the person's may own these endings; Cairn does not take them.
                "LSHandlerRank": "Alternate",
                "LSItemContentTypes": [kind],
            }
        )
        declared.append(
            {
                "UTTypeIdentifier": kind,
                "UTTypeDescription": words["en"],
                "UTTypeConformsTo": ["public.data"],
                "UTTypeTagSpecification": {
                    "public.filename-extension": [ending],
                    "public.mime-type": [f"application/vnd.cairn.{name}"],
                },
            }
        )
    return {
        **before,
        "CFBundleIdentifier": ID,
        "CFBundleShortVersionString": version,
        "CFBundleVersion": version,
        "CFBundleDevelopmentRegion": "en",
        "CFBundleLocalizations": sorted(MICROPHONE),
        "CFBundleDocumentTypes": documents,
        "UTImportedTypeDeclarations": declared,
        "LSMinimumSystemVersion": "14.0",
        "LSArchitecturePriority": ["arm64"],
        "NSMicrophoneUsageDescription": MICROPHONE["en"],
    }


def strings(language: str) -> str:
    """InfoPlist.strings of a language."""
    said = {"NSMicrophoneUsageDescription": MICROPHONE[language]}
    said |= {words["en"]: words[language] for _, words in TYPES.values()}
    return "".join(f'"{key}" = "{text}";\n' for key, text in said.items())


def finish(app: Path, version: str) -> None:
    """Complete the .app before it is signed.

    The packager copied it from the one-folder program before notices and list of parts came into that: they
    are taken from there, where it lies beside the .app as `cairn`.
    """
    resources = app.parent / "cairn" / "_internal" / "cairn" / "_resources"
    shutil.copytree(resources, app / "Contents" / "Resources" / "cairn" / "_resources", dirs_exist_ok=True)
    info = app / "Contents" / "Info.plist"
    with info.open("rb") as file:
        before = plistlib.load(file)
    info.write_bytes(plistlib.dumps(plist(before, version)))
    for language in MICROPHONE:
        folder = app / "Contents" / "Resources" / f"{language}.lproj"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "InfoPlist.strings").write_text(strings(language), "utf-16")


def to_sign(app: Path) -> list[Path]:
    """Everything that carries a signature, the innermost first and the .app last."""
    code = [path for path in app.rglob("*") if path.is_file() and not path.is_symlink() and _is_code(path)]
    main = app / "Contents" / "MacOS" / "cairn"
    frameworks = [path for path in app.rglob("*.framework") if path.is_dir() and not path.is_symlink()]
    inner = sorted([path for path in [*code, *frameworks] if path != main], key=_depth)
    return [*inner, app]


def _depth(path: Path) -> tuple[int, Path]:
    return -len(path.parts), path


def _is_code(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(4) in _MAGIC


def codesign(path: Path, identity: str) -> list[str]:
    """The command that signs one file or bundle, with the hardened runtime."""
    command = ["codesign", "--force", "--sign", identity, "--options", "runtime"]
    command += ["--timestamp"] if identity != AD_HOC else ["--timestamp=none"]
    if path.suffix == ".app":
        command += ["--entitlements", str(ENTITLEMENTS)]
    return [*command, str(path)]


def image(app: Path, out: Path, version: str) -> Path:
    """A compressed image with the .app, and a link to drag it to."""
    content = out / "dmg"
    shutil.rmtree(content, ignore_errors=True)
    content.mkdir(parents=True)
    shutil.copytree(app, content / app.name, symlinks=True)
    (content / "Applications").symlink_to("/Applications")
    target = out / f"cairn-{version}-macos-arm64.dmg"
    create = ["hdiutil", "create", "-volname", f"Cairn {version}", "-srcfolder", str(content)]
    _run(*create, "-fs", "HFS+", "-format", "ULFO", "-ov", str(target))
    shutil.rmtree(content)
    return target


def notarise(target: Path, app: Path, profile: str) -> None:
    """Have Apple look at the image, and fasten the answer to it: Macs without a network can read that."""
    keychain = os.environ.get("CAIRN_NOTARY_KEYCHAIN")
    where = ["--keychain", keychain] if keychain else []
    _run("xcrun", "notarytool", "submit", str(target), "--keychain-profile", profile, *where, "--wait")
    _run("xcrun", "stapler", "staple", str(target))
    _run("xcrun", "stapler", "validate", str(target))
    _run("spctl", "--assess", "--type", "open", "--context", "context:primary-signature", str(target))
    _run("spctl", "--assess", "--type", "execute", str(app))


def _run(*command: str) -> None:
    subprocess.run(command, check=True)


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description="Make the disk image for macOS")
    parser.add_argument("--app", type=Path, required=True)
    parser.add_argument("--version", required=True)
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args()
    if sys.platform != "darwin":
        print("macos: this needs a Mac", file=sys.stderr)
        return 1
    identity = os.environ.get("CAIRN_SIGN_IDENTITY") or AD_HOC
    profile = os.environ.get("CAIRN_NOTARY_PROFILE", "")
    if profile and identity == AD_HOC:
        print("macos: only what CAIRN_SIGN_IDENTITY signed can be notarised", file=sys.stderr)
        return 1
    finish(given.app, given.version)
    for path in to_sign(given.app):
        _run(*codesign(path, identity))
    _run("codesign", "--verify", "--deep", "--strict", str(given.app))
    target = image(given.app, given.out, given.version)
    _run(*codesign(target, identity))
    if profile:
        notarise(target, given.app, profile)
    print(target)
    return 0


if __name__ == "__main__":
    sys.exit(main())
