"""A whole interview at once, with consent and files: all of it, or nothing, also when the program is killed.

For what is written elsewhere and comes in by the command line. In the window an interview grows step by step.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path

from cairn import paths
from cairn.app.consent import consent
from cairn.app.files import files
from cairn.app.kernel import identities, revising
from cairn.app.kernel.session import Session
from cairn.model.agreement import Consent
from cairn.model.ids import RootId
from cairn.model.kinds.attachment import Attachment
from cairn.model.kinds.interview import Interview
from cairn.model.ports import Progress, no_progress
from cairn.storage.staging import Staged


def add(
    s: Session,
    body: Interview,
    agreed: Consent | None = None,
    attach: Sequence[Path] = (),
    progress: Progress = no_progress,
    *,
    names: Mapping[str, str] | None = None,
) -> RootId:
    """Write down an interview with what was agreed and its files, in one unit of work; returns its id.

    `names` are those of its protected people, by code.
    The files' bytes are encrypted first and belong to nothing until then. Progress counts the bytes of one
    file after the other. Raises InputError `interview.too-long`, `file.size-differs` and those of a consent;
    MachineError, Cancelled.
    """
    if agreed is not None:
        consent.check(agreed)
    interview = RootId(revising.begin(s, "interview"))
    staged: list[tuple[Staged, Attachment]] = []
    with ExitStack() as kept_or_gone:
        for path in attach:
            with paths.machine_errors(), path.open("rb") as source:
                size = path.stat().st_size
                staged.append(files.stage(s, interview, source, path.name, size, progress))
                kept_or_gone.enter_context(s.media.or_nothing(staged[-1][0]))
        with s.store.write() as work:
            revising.write(s, work, body, record=interview)
            identities.add(s, work, interview, names or {})
            if agreed is not None:
                revising.write(s, work, agreed, root=interview, act="consent.set")
            for each, attachment in staged:
                record, _ = revising.write(s, work, attachment, root=interview, act="attachment.add")
                s.media.add(work, each, record)
    return interview
