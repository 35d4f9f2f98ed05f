"""A vault is a folder with everything in it encrypted: key slots, one database, media files.

Use `create`, `unlock`, `unlock_with_words` or `open_escrow` for a `Vault`; it gives connections to the
database and keys for named purposes, until `lock`. Passphrases, escrow and the vault key are changed by
`keys.py`, copies are made and restored by `backup.py` and `restore.py`, and `check.py` looks for damage.

Promised: at any instant of a crash or power cut the folder opens with the old secrets or with the new ones;
one running program per vault; nothing readable outside the folder and nothing plain in it; whatever a damaged
or hostile folder holds gives one typed error. Two things are not promised: that old copies of a header (on a
flash medium, in a backup) no longer open with the old passphrase, for which there is `rotate`; and that
keys leave no trace in memory. FORMAT.md is precise enough to write a second reader from.
"""

from cairn.vault.database import Connection
from cairn.vault.keys import (
    add_escrow,
    add_passphrase,
    change_passphrase,
    renew_recovery,
    revoke_slot,
    rotate,
)
from cairn.vault.keyslots import SlotInfo
from cairn.vault.vault import (
    Vault,
    VaultOutside,
    create,
    open_escrow,
    peek,
    unlock,
    unlock_with_words,
)
from cairn.vault.vault import slots_of as slots

__all__ = [
    "Connection",
    "SlotInfo",
    "Vault",
    "VaultOutside",
    "add_escrow",
    "add_passphrase",
    "change_passphrase",
    "create",
    "open_escrow",
    "peek",
    "renew_recovery",
    "revoke_slot",
    "rotate",
    "slots",
    "unlock",
    "unlock_with_words",
]
