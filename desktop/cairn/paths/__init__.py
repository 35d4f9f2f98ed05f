"""Folders, permissions, safe names and atomic writes.

Everything Cairn creates is readable by its owner alone: files 0600, folders 0700, the umask set
first thing. A file is either the old one or the whole new one, never a part.
"""

from cairn.paths.access import make_private
from cairn.paths.addresses import local_address, local_path
from cairn.paths.files import (
    SteadyFile,
    new_file,
    open_regular,
    patiently,
    replace_file,
    sync_folder,
    write_new,
)
from cairn.paths.locks import FileLock, try_lock
from cairn.paths.media import free_bytes, largest_file, require_file_size
from cairn.paths.names import as_on_disk, raw_name, readable_name, require_short, safe_name
from cairn.paths.places import (
    make_folder,
    require_empty_folder,
    restrict_umask,
    settings_folder,
    vaults_folder,
)
from cairn.paths.portable import (
    keep_to_the_stick,
    own_program,
    portable_folder,
    portable_read_only,
    recalled,
    remembered,
)
from cairn.paths.system import machine_errors
from cairn.paths.volumes import is_network, plugged_in

__all__ = [
    "FileLock",
    "SteadyFile",
    "as_on_disk",
    "free_bytes",
    "is_network",
    "keep_to_the_stick",
    "largest_file",
    "local_address",
    "local_path",
    "machine_errors",
    "make_folder",
    "make_private",
    "new_file",
    "open_regular",
    "own_program",
    "patiently",
    "plugged_in",
    "portable_folder",
    "portable_read_only",
    "raw_name",
    "readable_name",
    "recalled",
    "remembered",
    "replace_file",
    "require_empty_folder",
    "require_file_size",
    "require_short",
    "restrict_umask",
    "safe_name",
    "settings_folder",
    "sync_folder",
    "try_lock",
    "vaults_folder",
    "write_new",
]
