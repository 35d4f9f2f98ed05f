"""`cairn seal`, `cairn open`, `cairn take-in`."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from cairn import paths
from cairn.app.arriving import opening, taking_in
from cairn.app.arriving.incoming import INTERVIEWS, root_kinds
from cairn.app.kernel import sentences
from cairn.app.kernel.session import Session
from cairn.app.kernel.views import OpenedRoot, OpenedView, Problem
from cairn.app.leaving import choosing, sealing
from cairn.app.sound import recordings
from cairn.app.vault import stock_keys
from cairn.cli.common import (
    OK,
    Help,
    command,
    everything,
    look_into,
    opened,
    opened_object,
    require_file,
    resolve,
    tell,
    tells_object,
)
from cairn.cli.leaving import held_by_name, items_object, look_for_names, names_of, out_or_dry_run, say_items
from cairn.cli.terminal import Terminal, size_text
from cairn.decode.host import DecodeHost
from cairn.errors import InputError
from cairn.model.ids import RootId, as_root
from cairn.model.kinds import registry
from cairn.model.kinds.kind import Scope


def register(commands: argparse._SubParsersAction[argparse.ArgumentParser], text: Help) -> None:
    """Add the commands of bundles."""
    made = command(commands, "seal", seal, text, "cli.help-seal")
    made.add_argument("vault", type=Path, metavar="DIR")
    made.add_argument("--to", nargs="+", action="extend", required=True, metavar="CONTACT")
    which = made.add_mutually_exclusive_group(required=True)
    which.add_argument("--interview", nargs="+", action="extend", metavar="ID")
    which.add_argument("--all", action="store_true")
    # Said only where this program has kinds of that sort.
    others = registry.every(Scope.LIBRARY) + registry.every(Scope.OFFICE)
    help_also = text("cli.option-also") if others else argparse.SUPPRESS
    made.add_argument("--also", nargs="+", action="extend", default=[], metavar="ID", help=help_also)
    out_or_dry_run(made, text, "FOLDER")
    made.add_argument(
        "--hold-back",
        nargs="+",
        action="extend",
        default=[],
        metavar="NAME",
        help=text("cli.option-hold-back"),
    )
    made.add_argument(
        "--override-unverified", default="", metavar="WORDS", help=text("cli.option-override-unverified")
    )
    made = command(commands, "open", look_inside, text, "cli.help-open")
    made.add_argument("bundle", type=Path, metavar="BUNDLE")
    whose = made.add_mutually_exclusive_group()
    whose.add_argument("--vault", type=Path, metavar="DIR")
    whose.add_argument("--identity", type=Path, metavar="FILE")
    made = command(commands, "take-in", take_in, text, "cli.help-take-in")
    made.add_argument("vault", type=Path, metavar="DIR")
    made.add_argument("bundle", type=Path, metavar="BUNDLE")
    made.add_argument(
        "--override-unverified", default="", metavar="WORDS", help=text("cli.option-override-unverified")
    )


def seal(given: argparse.Namespace, terminal: Terminal) -> int:
    """Seal interviews to contacts; says by name what leaves, and what stays and why. `--dry-run` only says it.

    Contacts who may not have the same get bundles of their own.
    """
    with opened(given.vault, given, terminal) as s:
        ids = everything(s) if given.all else [as_root(each) for each in dict.fromkeys(given.interview)]
        ids += _also(s, given.also)
        to = resolve(s, given.to)
        if recordings.missing_cuts(s, ids):
            with DecodeHost() as decoder, terminal.job("cli.encoding") as progress:
                recordings.ensure_cuts(s, decoder, ids, progress)
        preview = sealing.preview(s, ids, to, override=given.override_unverified)
        if given.hold_back:
            held = held_by_name(preview, given.hold_back)
            preview = sealing.preview(s, ids, to, override=given.override_unverified, hold_back=held)
        say_items(preview, terminal)
        found = look_into(s, terminal, [
            (one.id, leaf.record) for group in preview.bundles for one in group.interviews
            for leaf in one.leaves if leaf.has_bytes
        ])  # fmt: skip
        named, in_words = look_for_names(s, terminal, preview)
        told = [*(each.problem(terminal.language) for each in found), *in_words]
        more = {"tells": tells_object(found), **named}
        if given.dry_run:
            problems = [*preview.problems, *told]
            terminal.answer({**items_object(preview, terminal), **more}, problems)
            tell(terminal, preview.problems)
            return OK
        if preview.ready:
            paths.make_folder(given.out)
        with terminal.job("cli.sealing") as progress:
            done = sealing.seal(s, preview, given.out, progress)
    terminal.answer(
        {
            "bundles": [
                {
                    "id": each.bundle_id,
                    "path": str(each.path),
                    "size": each.size,
                    "sha256": each.sha256,
                    "words": list(each.words),
                    "to": [{"fingerprint": key, "label": label} for key, label in each.recipients],
                    "interviews": [{"id": key, "title": title} for key, title in each.interviews],
                }
                for each in done
            ],
            **items_object(preview, terminal),
            **more,
        },
        [*preview.problems, *told],
    )  # fmt: skip
    tell(terminal, preview.problems)
    for group, each in zip(preview.bundles, done, strict=True):
        count = len({leaf.record for one in group.interviews for leaf in one.leaves})
        if len(done) > 1:
            terminal.hint("cli.for", names=names_of(group))
        terminal.hint("cli.sealed", size=size_text(each.size), hash=each.sha256, count=count)
        terminal.hint("cli.words", words=" ".join(each.words))
        terminal.line(str(each.path))
    return OK


def _also(s: Session, wanted: Sequence[str]) -> list[RootId]:
    """Things of the library and judgements of the office, by id or title. Raises InputError `interview.unknown`."""
    if not wanted:
        return []
    others = choosing.others(s)
    found = [[each.id for each in others if one in (each.id, each.title)] for one in wanted]
    if any(len(each) != 1 for each in found):
        raise InputError("interview.unknown")
    return list(dict.fromkeys(each for (each,) in found))


def look_inside(given: argparse.Namespace, terminal: Terminal) -> int:
    """Verify a bundle and list what is in it; writes nothing. Without a key only the outside."""
    require_file(given.bundle)
    if given.vault is not None:
        with (
            opened(given.vault, given, terminal, reads=True) as s,
            terminal.job("cli.verifying") as progress,
        ):
            return _told(given, terminal, opening.open_bundle(given.bundle, s, progress))
    if given.identity is not None:
        key = stock_keys.read(
            given.identity, lambda: terminal.passphrase(given.passphrase_file, "cli.ask-identity-passphrase")
        )
        with terminal.job("cli.verifying") as progress:
            return _told(given, terminal, opening.open_bundle(given.bundle, key, progress))
    outside = opening.look(given.bundle)
    if outside.problems:
        raise InputError(outside.problems[0].code, **outside.problems[0].values)
    terminal.answer(
        {
            "path": str(given.bundle.absolute()),
            "kind": outside.kind,
            "size": outside.size,
            "recipients": outside.recipients_count,
            "post_quantum": outside.post_quantum,
        }
    )
    terminal.line(
        terminal.text("cli.outside", kind=outside.kind, size=size_text(outside.size),
                      recipients=outside.recipients_count)
    )  # fmt: skip
    terminal.hint("cli.outside-only")
    return OK


def _told(given: argparse.Namespace, terminal: Terminal, found: OpenedView) -> int:
    """What was found; ends as taking in would, where that can be known already."""
    refusal = found.refusal
    refused = [] if refusal is None else [Problem(refusal.code, refusal.values)]
    terminal.answer(
        {
            "id": found.bundle_id,
            "path": str(given.bundle.absolute()),
            "whole": found.whole,
            "signed": found.signed,
            "created": found.created,
            "sender": {
                "label": found.sender_label,
                "role": found.sender_role,
                "fingerprint": found.sender_fingerprint,
                "trust": str(found.sender_trust),
                "words": list(found.sender_words),
            },
            "already": found.already,
            "refused": found.refusal.code if found.refusal is not None else "",
            "roots": [opened_object(one) for one in found.roots],
        },
        refused + list(found.problems),
    )
    terminal.line(terminal.text("cli.sealed-by", label=found.sender_label, trust=str(found.sender_trust)))
    terminal.line(terminal.text("cli.fingerprint", fingerprint=found.sender_fingerprint))
    terminal.line(terminal.text("cli.words", words=" ".join(found.sender_words)))
    terminal.line(terminal.text("cli.whole-and-signed", created=found.created))
    for one in found.roots:
        terminal.line(_root(terminal, one))
        for file in one.files:
            terminal.line(f"  {file.sha256}  {size_text(file.size)}  {file.name}")
    _count(terminal, found.roots)
    tell(terminal, found.problems)
    for problem in refused:
        terminal.refused(problem)
    return OK if refusal is None else refusal.exit_code


def _root(terminal: Terminal, one: OpenedRoot) -> str:
    """A line of an interview, or of what else a bundle holds, which says what it is."""
    kind = "" if one.kind in INTERVIEWS else sentences.kind(one.kind, terminal.language) + ": "
    return f"{one.id}  {kind}{one.title}"


def _count(terminal: Terminal, roots: Sequence[OpenedRoot]) -> None:
    """How many of each kind, where there is anything beside interviews."""
    kinds = root_kinds(roots)
    if any(kind not in INTERVIEWS for kind, _ in kinds):
        told = [sentences.kinds(kind, count, terminal.language) for kind, count in kinds]
        terminal.line(" · ".join(told))


def take_in(given: argparse.Namespace, terminal: Terminal) -> int:
    """Take a bundle into a vault: all of it or nothing; again changes nothing."""
    require_file(given.bundle)
    with opened(given.vault, given, terminal) as s, terminal.job("cli.taking-in") as progress:
        done = taking_in.take_in(s, given.bundle, override=given.override_unverified, progress=progress)
    terminal.answer(
        {
            "id": done.bundle_id,
            "sender": {"label": done.sender_label, "fingerprint": done.sender_fingerprint},
            "new": done.new,
            "updated": done.updated,
            "same": done.same,
            "conflicts": done.conflicts,
            "roots": [opened_object(one) for one in done.roots],
        },
        done.problems,
    )
    terminal.line(
        terminal.text("cli.taken-in", label=done.sender_label, new=done.new, updated=done.updated,
                      same=done.same, conflicts=done.conflicts)
    )  # fmt: skip
    for one in done.roots:
        terminal.line(_root(terminal, one))
    _count(terminal, done.roots)
    tell(terminal, done.problems)
    return OK
