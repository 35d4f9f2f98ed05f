"""`cairn vault …`: create, look after, back up."""

from __future__ import annotations

import argparse
from pathlib import Path

from cairn.app.interviews import interviews
from cairn.app.kernel import contacts, session
from cairn.app.vault import backups, mending, upkeep
from cairn.app.vault import salvage as salvages
from cairn.cli.common import INTEGRITY, OK, Help, command, group, opened, tell, tell_damage, tell_to_read
from cairn.cli.terminal import Terminal

_ROW = 6


def register(commands: argparse._SubParsersAction[argparse.ArgumentParser], text: Help) -> None:
    """Add the commands of this noun."""
    verbs = group(commands, "vault", text("cli.help-vault"))
    made = command(verbs, "create", create, text, "cli.help-vault-create")
    made.add_argument("vault", type=Path, metavar="DIR")
    made.add_argument("--name", required=True, metavar="LABEL")
    made.add_argument("--role", required=True, choices=session.ROLES)
    made.add_argument("--author", default="", metavar="NAME")
    for name, run in (("info", info), ("check", check)):
        command(verbs, name, run, text, f"cli.help-vault-{name}").add_argument(
            "vault", type=Path, metavar="DIR"
        )
    made = command(verbs, "passphrase", change, text, "cli.help-vault-passphrase")
    made.add_argument("vault", type=Path, metavar="DIR")
    made.add_argument(
        "--new-passphrase-file", type=Path, metavar="FILE", help=text("cli.option-new-passphrase-file")
    )
    made = command(verbs, "recover", recover, text, "cli.help-vault-recover", passphrase=False)
    made.add_argument("vault", type=Path, metavar="DIR")
    made.add_argument("--words-file", type=Path, metavar="FILE", help=text("cli.option-words-file"))
    made.add_argument(
        "--new-passphrase-file", type=Path, metavar="FILE", help=text("cli.option-new-passphrase-file")
    )
    made = command(verbs, "backup", backup, text, "cli.help-vault-backup")
    made.add_argument("vault", type=Path, metavar="DIR")
    made.add_argument("out", type=Path, metavar="OUT")
    made.add_argument("--thorough", action="store_true", help=text("cli.option-thorough"))
    made = command(verbs, "salvage", salvage, text, "cli.help-vault-salvage")
    made.add_argument("damaged", type=Path, metavar="DAMAGED")
    made.add_argument("vault", type=Path, metavar="NEW", nargs="?")
    made = command(verbs, "check-backup", check_backup, text, "cli.help-vault-check-backup")
    made.add_argument("backup", type=Path, metavar="BACKUP")
    made = command(verbs, "put-back", put_back, text, "cli.help-vault-put-back")
    made.add_argument("vault", type=Path, metavar="DIR")
    made.add_argument("backup", type=Path, metavar="BACKUP")
    made = command(verbs, "restore", restore, text, "cli.help-vault-restore")
    made.add_argument("backup", type=Path, metavar="BACKUP")
    made.add_argument("vault", type=Path, metavar="DIR")


def create(given: argparse.Namespace, terminal: Terminal) -> int:
    """Make a vault and print its recovery words, the only time they are shown."""
    passphrase = terminal.new_passphrase(given.passphrase_file)
    existed = given.vault.exists()
    # Ctrl-C waits meanwhile: a vault and its words are there, or neither.
    with terminal.job("cli.making") as _:
        s, recovery = session.create_vault(
            given.vault, label=given.name, role=given.role, passphrase=passphrase, author=given.author
        )
        try:
            terminal.hint("cli.recovery-words-below")
            for start in range(0, len(recovery), _ROW):
                terminal.line(" ".join(recovery[start : start + _ROW]))
            terminal.answer(
                {"path": str(given.vault.absolute()), "fingerprint": s.info.fingerprint, "words": recovery}
            )
            terminal.shown()
        except BaseException:
            # Nobody has seen the words: a vault that nobody could save is worse than none.
            session.remove_unseen(s, existed)
            raise
        s.close()
    return OK


def info(given: argparse.Namespace, terminal: Terminal) -> int:
    """Whose vault it is, what opens it, how much is in it."""
    with opened(given.vault, given, terminal, reads=True) as s:
        words = contacts.own_words(s)
        slots = upkeep.slots(s)
        total = interviews.count(s)
        terminal.answer(
            {
                "path": str(s.info.folder),
                "label": s.info.label,
                "role": s.info.role,
                "author": s.info.author,
                "fingerprint": s.info.fingerprint,
                "words": words,
                "created": s.info.created,
                "practice": s.info.practice,
                "count": total,
                "slots": [
                    {"id": x.id, "kind": x.kind, "label": x.label, "created": x.created} for x in slots
                ],
            }
        )
        terminal.line(terminal.text("cli.vault-is", label=s.info.label, role=s.info.role))
        terminal.line(terminal.text("cli.fingerprint", fingerprint=s.info.fingerprint))
        terminal.line(terminal.text("cli.words", words=" ".join(words)))
        terminal.line(terminal.text("cli.interviews-count", count=total))
        for slot in slots:
            terminal.line(terminal.text("cli.slot", kind=slot.kind, label=slot.label, created=slot.created))
    return OK


def check(given: argparse.Namespace, terminal: Terminal) -> int:
    """Database, media and custody, read whole."""
    with opened(given.vault, given, terminal, looking=True) as s, terminal.job("cli.checking") as progress:
        problems = upkeep.check(s, progress)
    terminal.answer({"path": str(given.vault.absolute()), "whole": not problems}, problems)
    tell(terminal, problems)
    if problems:
        return INTEGRITY
    terminal.line(terminal.text("cli.vault-whole"))
    return OK


def change(given: argparse.Namespace, terminal: Terminal) -> int:
    """Change the passphrase."""
    old = terminal.passphrase(given.passphrase_file)
    s = session.open_vault(given.vault, old, despite_alarm=given.despite_alarm)
    try:
        tell_damage(s, terminal)
        tell_to_read(s, terminal, enough=False)
        session.set_passphrase(s, terminal.new_passphrase(given.new_passphrase_file), old)
    finally:
        s.close()
    terminal.answer({"path": str(given.vault.absolute())})
    terminal.hint("cli.passphrase-changed")
    return OK


def recover(given: argparse.Namespace, terminal: Terminal) -> int:
    """Open with the recovery words and set a new passphrase."""
    s = session.open_with_words(given.vault, terminal.recovery_words(given.words_file))
    try:
        tell_damage(s, terminal)
        tell_to_read(s, terminal, enough=False)
        session.set_passphrase(s, terminal.new_passphrase(given.new_passphrase_file))
    finally:
        s.close()
    terminal.answer({"path": str(given.vault.absolute())})
    terminal.hint("cli.passphrase-changed")
    return OK


def backup(given: argparse.Namespace, terminal: Terminal) -> int:
    """Write or bring up to date a backup, and read it back."""
    with opened(given.vault, given, terminal, reads=True) as s, terminal.job("cli.backing-up") as progress:
        done = backups.backup(s, given.out, progress, thorough=given.thorough)
    report = done.report
    counts = {
        "copied": report.files_copied,
        "kept": report.files_kept,
        "removed": report.files_removed,
        "read": report.files_read,
        "renewed": report.files_renewed,
        "read_since": report.read_since,
    }
    terminal.answer(
        {
            "path": str(given.out.absolute()),
            "whole": not done.problems,
            "logged": not done.unlogged,
            **counts,
        },
        done.problems,
    )
    tell(terminal, done.problems)
    if done.unlogged:
        terminal.hint("cli.backup-unlogged")
    if report.files_renewed:
        terminal.hint("cli.backup-renewed", count=report.files_renewed)
    terminal.line(str(given.out))
    return INTEGRITY if done.problems else OK


def check_backup(given: argparse.Namespace, terminal: Terminal) -> int:
    """A backup, read whole and held against its list."""
    passphrase = terminal.passphrase(given.passphrase_file)
    with terminal.job("cli.checking") as progress:
        found = backups.check_alone(given.backup, passphrase, progress)
    path = str(given.backup.absolute())
    terminal.answer({"path": path, "created": found.created, "whole": not found.problems}, found.problems)
    tell(terminal, found.problems)
    if found.problems:
        return INTEGRITY
    terminal.line(terminal.text("cli.backup-whole", created=found.created))
    return OK


def put_back(given: argparse.Namespace, terminal: Terminal) -> int:
    """Damaged or missing files of a vault, put back from a backup; what that does not hold whole is named."""
    with opened(given.vault, given, terminal) as s, terminal.job("cli.checking") as progress:
        done = mending.put_back(s, given.backup, progress=progress)
    terminal.answer({"put_back": list(done.put_back), "whole": not done.problems}, done.problems)
    for name in done.put_back:
        terminal.line(terminal.text("cli.put-back", name=name))
    if not done.put_back and not done.problems:
        terminal.line(terminal.text("cli.nothing-damaged"))
    tell(terminal, done.problems)
    return INTEGRITY if done.problems else OK


def restore(given: argparse.Namespace, terminal: Terminal) -> int:
    """A vault from a backup, in a folder that is empty or not there yet; what of it is not whole is named."""
    passphrase = terminal.passphrase(given.passphrase_file)
    with terminal.job("cli.restoring") as progress:
        s, problems = backups.restore(given.backup, given.vault, passphrase, progress)
        s.close()
    terminal.answer({"path": str(given.vault.absolute()), "whole": not problems}, problems)
    tell(terminal, problems)
    terminal.line(str(given.vault))
    return INTEGRITY if problems else OK


def salvage(given: argparse.Namespace, terminal: Terminal) -> int:
    """What can still be read of a damaged vault or backup, listed; with a folder, a vault made of it."""
    passphrase = terminal.passphrase(given.passphrase_file)
    with terminal.job("cli.salvaging") as progress:
        if given.vault is None:
            report = salvages.look(given.damaged, passphrase, progress)
        else:
            s, report = salvages.salvage(given.damaged, given.vault, passphrase, progress)
            s.close()
    path = str(given.vault.absolute()) if given.vault is not None else ""
    log = report.log
    terminal.answer(
        {
            "path": path,
            "revisions": report.revisions,
            "signed": report.signed,
            "logged": report.logged,
            "lost": report.lost,
            "media": {
                "count": report.media,
                "whole": report.media_whole,
                "damaged": list(report.media_damaged),
                "without_key": report.media_without_key,
            },
            "drafts": report.drafts,
            "names": report.names,
            "contacts": report.contacts,
            "pages_lost": report.pages_lost,
            "rows_lost": report.rows_lost,
            "log": {"entries": log.entries, "newest": log.newest, "whole": log.whole, "signed": log.signed},
            "interviews": [
                {"id": x.id, "title": x.title, "versions": x.versions, "lost": x.lost}
                for x in report.interviews
            ],
        },
        salvages.problems(report),
    )
    for each in salvages.told(report):
        terminal.line(terminal.text(each.code, **each.values))
    for row in report.interviews:
        title = row.title or terminal.text("cli.untitled")
        terminal.line(
            terminal.text("cli.salvage-interview", title=title, versions=row.versions, lost=row.lost)
        )
    if path:
        terminal.hint("salvage.new-log")
        terminal.line(path)
    return INTEGRITY if salvages.problems(report) else OK
