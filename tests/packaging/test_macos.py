"""What is done to the .app before it is an image: as far as that can be seen without a Mac."""

from __future__ import annotations

import ast
import importlib
import plistlib
from pathlib import Path

import pytest

from packaging_kit import ROOT, script

FOLDER = ROOT / "packaging" / "macos"
maker = script("make_dmg", FOLDER)
CODE = b"\xcf\xfa\xed\xfe" + bytes(28)


@pytest.fixture
def app(tmp_path: Path) -> Path:
    """A .app in the shape in which the packager leaves it, and the one-folder program beside it."""
    made = tmp_path / "Cairn.app"
    contents = made / "Contents"
    for name in ("MacOS/cairn", "Frameworks/Python", "Frameworks/PySide6/QtCore.abi3.so"):
        (contents / name).parent.mkdir(parents=True, exist_ok=True)
        (contents / name).write_bytes(CODE)
    qt = contents / "Frameworks" / "PySide6" / "Qt" / "lib" / "QtCore.framework"
    (qt / "Versions" / "A").mkdir(parents=True)
    (qt / "Versions" / "A" / "QtCore").write_bytes(CODE)
    (qt / "QtCore").symlink_to("Versions/A/QtCore")
    (contents / "Resources" / "cairn" / "_resources").mkdir(parents=True)
    info = {"CFBundleExecutable": "cairn", "CFBundleIdentifier": "other", "NSHighResolutionCapable": True}
    (contents / "Info.plist").write_bytes(plistlib.dumps(info))
    notices = tmp_path / "cairn" / "_internal" / "cairn" / "_resources" / "notices"
    notices.mkdir(parents=True)
    (notices / "all.txt").write_text("notices")
    return made


def test_what_macos_is_told(app: Path) -> None:
    maker.finish(app, "0.1.0")
    info = plistlib.loads((app / "Contents" / "Info.plist").read_bytes())
    assert info["CFBundleIdentifier"] == "app.cairn.Cairn"
    assert info["CFBundleExecutable"] == "cairn"
    assert info["NSHighResolutionCapable"] is True
    assert info["CFBundleVersion"] == info["CFBundleShortVersionString"] == "0.1.0"
    assert info["NSMicrophoneUsageDescription"]
    declared = {each["UTTypeIdentifier"]: each for each in info["UTImportedTypeDeclarations"]}
    for each in info["CFBundleDocumentTypes"]:
        assert each["LSHandlerRank"] == "Alternate"
        assert set(each["LSItemContentTypes"]) <= declared.keys()
    endings = [each["UTTypeTagSpecification"]["public.filename-extension"] for each in declared.values()]
    assert endings == [["age"], ["contact"]]
    korean = (app / "Contents" / "Resources" / "ko.lproj" / "InfoPlist.strings").read_text("utf-16")
    assert "NSMicrophoneUsageDescription" in korean and "녹음" in korean
    assert (app / "Contents" / "Resources" / "cairn" / "_resources" / "notices" / "all.txt").is_file()


def test_the_inner_is_signed_before_the_outer(app: Path) -> None:
    order = [str(path.relative_to(app)) for path in maker.to_sign(app)]
    assert order[-1] == "."
    library = "Contents/Frameworks/PySide6/Qt/lib/QtCore.framework"
    assert order.index(f"{library}/Versions/A/QtCore") < order.index(library)
    # The program itself is signed with the .app, and a link is not signed at all.
    assert "Contents/MacOS/cairn" not in order
    assert f"{library}/QtCore" not in order
    assert "Contents/Frameworks/Python" in order


def test_only_the_app_may_use_the_microphone_and_nothing_else_is_asked_for(app: Path) -> None:
    asked = plistlib.loads((FOLDER / "entitlements.plist").read_bytes())
    assert asked == {"com.apple.security.device.audio-input": True}
    identity = "Developer ID Application: somebody"
    for path in maker.to_sign(app):
        command = maker.codesign(path, identity)
        assert command[command.index("--options") + 1] == "runtime"
        assert "--timestamp" in command
        assert ("--entitlements" in command) is (path == app)
    assert "--timestamp=none" in maker.codesign(app, maker.AD_HOC)


def test_the_recipe_asks_its_contents_for_what_is_there(monkeypatch: pytest.MonkeyPatch) -> None:
    recipe = ast.parse((ROOT / "packaging" / "freeze" / "cairn.spec").read_text("utf-8"))
    monkeypatch.syspath_prepend(str(ROOT / "packaging" / "freeze"))
    contents = importlib.import_module("contents")
    asked = {
        node.attr
        for node in ast.walk(recipe)
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and node.value.id == "contents"
    }
    assert {"trim", "hidden_imports", "INFO_PLIST"} <= asked
    assert all(hasattr(contents, name) for name in asked)
    info = plistlib.loads(plistlib.dumps(contents.INFO_PLIST))
    # What Qt's own wheels for macOS are built for.
    assert info["LSMinimumSystemVersion"] == "14.0"
    assert info["NSMicrophoneUsageDescription"] and info["NSHighResolutionCapable"] is True
