"""A whole run, each of its writes watched: no planted word reaches the disk, and nothing asks for a network."""

from __future__ import annotations

from pathlib import Path

import pytest

from cli.conftest import FLOOR, World
from cli.program import CAIRN, cairn, environment
from house import watching

PLANTED = {
    "title": "Plantedtitle-71",
    "account": "심은낱말 plantedaccount",
    "file name": "plantedname-첨부.txt",
    "file": "plantedcontent 내용",
    "passphrase": "planted passphrase phrase",
    "author": "Plantedauthor",
    "override": "plantedreason",
}


@pytest.mark.slow
def test_no_planted_word_reaches_the_disk(world: World, tmp_path: Path) -> None:
    from cairn.app.kernel import session

    sources = tmp_path / "sources"
    sources.mkdir()
    (sources / "account.txt").write_text(PLANTED["account"], "utf-8")
    (sources / PLANTED["file name"]).write_text(PLANTED["file"] * 5000, "utf-8")
    (sources / "pass").write_text(PLANTED["passphrase"], "utf-8")
    vault = tmp_path / "v"
    s, recovery = session.create_vault(
        vault,
        label="Label",
        role="field",
        author=PLANTED["author"],
        passphrase=PLANTED["passphrase"],
        cost=FLOOR,
    )
    s.close()
    key = ["--passphrase-file", str(sources / "pass")]
    env = environment(HOME=str(tmp_path / "home"))
    out = tmp_path / "out"

    def watched(*arguments: str | Path, code: int = 0) -> str:
        seen = watching.watch([*CAIRN, *map(str, arguments)], tmp_path, env)
        assert seen.returncode == code, seen.stderr.decode()
        assert not seen.leaks([*PLANTED.values(), *PLANTED["account"].split(), *PLANTED["file"].split()])
        assert not seen.network()
        return seen.stdout.decode().strip()

    made = watched(
        "interview", "add", vault, "--title", PLANTED["title"], "--account-file", sources / "account.txt",
        "--attach", sources / PLANTED["file name"], "--consent", "share", *key,
    )  # fmt: skip
    watched("search", vault, "심은낱말", *key)
    watched("interview", "show", vault, made, *key)
    watched("contact", "add", vault, world.folder / "office.contact", *key)
    bundle = watched(
        "seal", vault, "--to", "Office", "--interview", made, "-o", out, "--override-unverified",
        PLANTED["override"], *key,
    )  # fmt: skip
    watched("vault", "backup", vault, tmp_path / "backup", *key)
    watched("vault", "check", vault, *key)
    watched("custody", "verify", vault, *key)
    # The office that receives it: opening and taking in leave no plaintext either.
    key = world.key("stranger")
    watched("open", bundle, "--vault", world.stranger, *key, code=3)

    words = [*PLANTED.values(), *PLANTED["account"].split(), " ".join(recovery[:4])]
    for folder in (vault, out, tmp_path / "backup", tmp_path / "home"):
        if folder.exists():
            assert not watching.in_folder(folder, words)


@pytest.mark.slow
def test_taking_in_leaves_no_plaintext(world: World, office: Path, tmp_path: Path) -> None:
    env = environment(HOME=str(tmp_path / "home"))
    command = ["take-in", str(office), str(world.bundle), *world.key("office")]
    seen = watching.watch([*CAIRN, *command], tmp_path, env)
    assert seen.returncode == 0, seen.stderr.decode()
    words = ["국경을", "river was frozen", "지도 1.png", "letter.txt", "편지", "W-017"]
    assert not seen.leaks([w for w in words if len(w.encode()) > 5])
    assert not seen.network()
    assert not watching.in_folder(office, [w for w in words if len(w.encode()) > 5])
    assert cairn("vault", "check", office, "--json", *world.key("office")).object["whole"]
