-- The database of Cairn 0.1. All times are UTC in RFC 3339, all hashes lower-case hex.

-- What exists -------------------------------------------------------------------------------------

CREATE TABLE meta (
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- An id is derived from root, kind, origin and nonce (cairn.crypto.record_ids): it is one record's alone.
CREATE TABLE record (
  id TEXT PRIMARY KEY,
  root TEXT NOT NULL,             -- its own id for an interview, a library or an office record
  kind TEXT NOT NULL,
  origin TEXT NOT NULL,           -- card fingerprint of the device that began it
  nonce TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX record_root ON record (root, kind);

CREATE TABLE revision (
  n INTEGER PRIMARY KEY AUTOINCREMENT,     -- order of arrival here
  sha TEXT NOT NULL UNIQUE,
  record TEXT NOT NULL REFERENCES record (id),
  state TEXT NOT NULL CHECK (state IN ('current', 'proposed')),
  data BLOB NOT NULL,             -- the exact bytes of the envelope
  signature BLOB NOT NULL,
  ancestors TEXT NOT NULL,        -- JSON list: hashes that the sender names as ancestors, beside parents
  device TEXT NOT NULL            -- card fingerprint, from the envelope: who made it
) STRICT;
CREATE INDEX revision_record ON revision (record, n);

CREATE TABLE tombstone (
  record TEXT PRIMARY KEY,
  root TEXT NOT NULL,
  kind TEXT NOT NULL,
  revisions INTEGER NOT NULL,
  erased TEXT NOT NULL,
  reason TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX tombstone_root ON tombstone (root);

CREATE TABLE draft (
  record TEXT PRIMARY KEY,
  root TEXT NOT NULL,
  kind TEXT NOT NULL,
  origin TEXT NOT NULL,           -- of a record without a revision yet: what its id is derived from
  nonce TEXT NOT NULL,
  saved TEXT NOT NULL,
  data BLOB NOT NULL
) STRICT;
CREATE INDEX draft_root ON draft (root);

CREATE TABLE media (
  id TEXT PRIMARY KEY,
  root TEXT NOT NULL,
  record TEXT NOT NULL,
  key BLOB NOT NULL CHECK (length(key) = 32),
  sha256 TEXT NOT NULL,
  size INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX media_root ON media (root);
CREATE INDEX media_record ON media (record);

-- The words inside files, for search: made anew at will, never evidence.
CREATE TABLE file_words (
  record TEXT PRIMARY KEY,
  root TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  text TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Openings of identities, each under a key of its own that is wrapped by the identity key. Rows may go: that
-- erases who somebody is, whatever stays of the revision.
CREATE TABLE opening (
  n INTEGER PRIMARY KEY AUTOINCREMENT,
  revision TEXT NOT NULL UNIQUE,
  record TEXT NOT NULL,
  root TEXT NOT NULL,
  key BLOB NOT NULL CHECK (length(key) = 60),
  data BLOB NOT NULL
) STRICT;
CREATE INDEX opening_record ON opening (record);
CREATE INDEX opening_root ON opening (root);

-- What bundles brought and could not be opened yet: the age files as they came.
CREATE TABLE opening_arrived (
  revision TEXT NOT NULL,
  sender TEXT NOT NULL,
  record TEXT NOT NULL,
  root TEXT NOT NULL,
  file BLOB NOT NULL,
  problem TEXT NOT NULL,          -- code of why it can't be used; empty until it was tried
  PRIMARY KEY (revision, sender)
) STRICT;
CREATE INDEX opening_arrived_record ON opening_arrived (record);
CREATE INDEX opening_arrived_root ON opening_arrived (root);

-- Files that are to be removed from the folder: their keys are gone, or were never kept because their rows did not come.
CREATE TABLE media_gone (id TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;

-- Custody -----------------------------------------------------------------------------------------

CREATE TABLE custody_line (
  seq INTEGER PRIMARY KEY,
  line BLOB NOT NULL
) STRICT;

CREATE TABLE custody_payload (
  seq INTEGER PRIMARY KEY REFERENCES custody_line (seq),
  salt BLOB NOT NULL,
  payload BLOB NOT NULL,
  -- From the payload, to find it by:
  act TEXT NOT NULL,
  obj TEXT NOT NULL,
  root TEXT NOT NULL,
  kind TEXT NOT NULL,             -- of the record, for entries about revisions; else empty
  revision TEXT,
  state TEXT
) STRICT;
CREATE INDEX custody_payload_obj ON custody_payload (obj, revision, state, act);
CREATE INDEX custody_payload_root ON custody_payload (root, kind);
-- Contacts are compared with the log whenever they are read.
CREATE INDEX custody_payload_contact ON custody_payload (obj, seq)
WHERE act IN ('contact.add', 'contact.accept', 'contact.verify', 'contact.revoke');
CREATE INDEX custody_payload_erase ON custody_payload (seq) WHERE act = 'erase';
-- The entries that tell what this vault was before it was restored travel with every bundle.
CREATE INDEX custody_payload_restore ON custody_payload (seq) WHERE act = 'restore';

-- Perfect nodes of the log's Merkle tree above the leaves (custody/FORMAT.md), kept when their last line is written;
-- the hash of a leaf is made of its line.
CREATE TABLE custody_node (
  level INTEGER NOT NULL,         -- it covers 2^level lines
  place INTEGER NOT NULL,         -- the first of them has seq place * 2^level + 1
  hash BLOB NOT NULL CHECK (length(hash) = 32),
  PRIMARY KEY (level, place)
) STRICT, WITHOUT ROWID;

CREATE TABLE checkpoint (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  size INTEGER NOT NULL,
  root TEXT NOT NULL,
  text BLOB NOT NULL,
  signature BLOB NOT NULL,        -- SSHSIG, Ed25519
  signature_pq BLOB NOT NULL      -- SSHSIG, ssh-mldsa44-ed25519
) STRICT;
CREATE INDEX checkpoint_size ON checkpoint (size);

-- Logs of other devices, as their bundles brought them.
CREATE TABLE foreign_line (
  device TEXT NOT NULL,
  seq INTEGER NOT NULL,
  line BLOB NOT NULL,
  PRIMARY KEY (device, seq)
) STRICT, WITHOUT ROWID;

CREATE TABLE foreign_payload (
  device TEXT NOT NULL,
  seq INTEGER NOT NULL,
  salt BLOB NOT NULL,
  payload BLOB NOT NULL,
  obj TEXT NOT NULL,
  root TEXT NOT NULL,
  PRIMARY KEY (device, seq)
) STRICT;
CREATE INDEX foreign_payload_obj ON foreign_payload (obj);
CREATE INDEX foreign_payload_root ON foreign_payload (root);

-- Of the logs of other devices, beside the lines and payloads that travelled: every size that was proven, with its root.
-- Heads of one strand were shown to lie in one tree; two strands of a device wait for a bundle that joins them.
CREATE TABLE foreign_head (
  device TEXT NOT NULL,
  size INTEGER NOT NULL,
  root TEXT NOT NULL,
  strand INTEGER NOT NULL,
  PRIMARY KEY (device, size)
) STRICT, WITHOUT ROWID;
CREATE TABLE foreign_checkpoint (
  device TEXT NOT NULL,
  size INTEGER NOT NULL,
  text BLOB NOT NULL,
  signature BLOB NOT NULL,
  signature_pq BLOB NOT NULL,
  PRIMARY KEY (device, size)
) STRICT, WITHOUT ROWID;

-- Around the records ------------------------------------------------------------------------------

CREATE TABLE setting (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE secret (name TEXT PRIMARY KEY, value BLOB NOT NULL) STRICT, WITHOUT ROWID;

CREATE TABLE contact (
  fingerprint TEXT PRIMARY KEY,
  card BLOB NOT NULL,             -- exact bytes, signatures included
  label TEXT NOT NULL,
  role TEXT NOT NULL,
  created TEXT NOT NULL,
  expires TEXT NOT NULL,
  added TEXT NOT NULL,
  verified TEXT,
  revoked TEXT,
  revoked_reason TEXT NOT NULL DEFAULT ''
) STRICT;

-- A newer card of a contact's keys that says another label, role or end: a person accepts or declines it.
CREATE TABLE contact_offer (
  fingerprint TEXT PRIMARY KEY,
  card BLOB NOT NULL,             -- exact bytes, signatures included
  declined TEXT                   -- when a person did not want it; it is not offered again
) STRICT;

CREATE TABLE sent (
  bundle TEXT NOT NULL,
  recipient TEXT NOT NULL,
  seq INTEGER NOT NULL,           -- counts from 1 for each recipient
  tagmanifest TEXT NOT NULL,
  file_sha256 TEXT NOT NULL,
  size INTEGER NOT NULL,
  created TEXT NOT NULL,
  custody_size INTEGER NOT NULL,  -- what it said of this vault's custody log
  custody_root TEXT NOT NULL,
  PRIMARY KEY (bundle, recipient),
  UNIQUE (recipient, seq)
) STRICT;
CREATE INDEX sent_custody ON sent (custody_size);

CREATE TABLE sent_root (
  bundle TEXT NOT NULL,
  root TEXT NOT NULL,
  PRIMARY KEY (bundle, root)
) STRICT, WITHOUT ROWID;
CREATE INDEX sent_root_root ON sent_root (root);

-- A bundle's id is chosen by its sender: another sender's bundle may have the same one.
CREATE TABLE received (
  bundle TEXT NOT NULL,
  sender TEXT NOT NULL,
  seq INTEGER NOT NULL,
  prev TEXT NOT NULL,
  tagmanifest TEXT NOT NULL,
  created TEXT NOT NULL,
  taken_in TEXT NOT NULL,
  custody_size INTEGER NOT NULL,
  custody_root TEXT NOT NULL,
  roots TEXT NOT NULL,            -- JSON list of ids
  PRIMARY KEY (bundle, sender)
) STRICT;
CREATE INDEX received_sender ON received (sender, seq);

-- Projections make their own tables: cairn.storage.projections.

-- Recording ---------------------------------------------------------------------------------------

-- A recording under way: its key is committed before the first sample, so that whatever happens it can be opened.
CREATE TABLE recording_in_progress (
  recording TEXT PRIMARY KEY,     -- id of the record that it becomes
  interview TEXT NOT NULL,
  origin TEXT NOT NULL,
  nonce TEXT NOT NULL,            -- what the record's id is derived from, beside the interview
  media TEXT NOT NULL UNIQUE,     -- media/xx/<id>.jnl until it is saved as .cob
  key BLOB NOT NULL,
  started TEXT NOT NULL
) STRICT;

-- Overview of a sound, one byte for 50 ms: a projection, drawn anew from the sound where it is missing.
CREATE TABLE peaks (
  media TEXT PRIMARY KEY,
  data BLOB NOT NULL
) STRICT;

-- What may never happen ---------------------------------------------------------------------------

-- Erasing opens a gate for one record inside one transaction: a row in `erasing` refers to a row that
-- can't exist, so that a transaction can't commit while the gate is open.
CREATE TABLE never (id INTEGER PRIMARY KEY CHECK (id IS NULL)) STRICT;
CREATE TABLE erasing (
  record TEXT PRIMARY KEY,
  gate INTEGER NOT NULL DEFAULT 1 REFERENCES never (id) DEFERRABLE INITIALLY DEFERRED
) STRICT, WITHOUT ROWID;

CREATE TRIGGER revision_never_changes BEFORE UPDATE ON revision
BEGIN SELECT RAISE (ABORT, 'a revision never changes'); END;
CREATE TRIGGER revision_stays BEFORE DELETE ON revision
WHEN NOT EXISTS (SELECT 1 FROM erasing WHERE record = OLD.record)
  OR NOT EXISTS (SELECT 1 FROM tombstone WHERE record = OLD.record)
BEGIN SELECT RAISE (ABORT, 'a revision stays'); END;
CREATE TRIGGER revision_not_replaced BEFORE INSERT ON revision
WHEN EXISTS (SELECT 1 FROM revision WHERE sha = NEW.sha OR n = NEW.n)
BEGIN SELECT RAISE (ABORT, 'a revision is not replaced'); END;
CREATE TRIGGER revision_not_after_erasure BEFORE INSERT ON revision
WHEN EXISTS (SELECT 1 FROM tombstone WHERE record = NEW.record)
BEGIN SELECT RAISE (ABORT, 'an erased record does not return'); END;

CREATE TRIGGER record_never_changes BEFORE UPDATE ON record
BEGIN SELECT RAISE (ABORT, 'a record keeps its kind and root'); END;
CREATE TRIGGER record_stays BEFORE DELETE ON record
WHEN NOT EXISTS (SELECT 1 FROM erasing WHERE record = OLD.id)
BEGIN SELECT RAISE (ABORT, 'a record stays'); END;
CREATE TRIGGER record_not_replaced BEFORE INSERT ON record
WHEN EXISTS (SELECT 1 FROM record WHERE id = NEW.id)
BEGIN SELECT RAISE (ABORT, 'a record is not replaced'); END;

CREATE TRIGGER tombstone_never_changes BEFORE UPDATE ON tombstone
BEGIN SELECT RAISE (ABORT, 'a tombstone never changes'); END;
CREATE TRIGGER tombstone_stays BEFORE DELETE ON tombstone
BEGIN SELECT RAISE (ABORT, 'a tombstone stays'); END;
CREATE TRIGGER tombstone_not_replaced BEFORE INSERT ON tombstone
WHEN EXISTS (SELECT 1 FROM tombstone WHERE record = NEW.record)
BEGIN SELECT RAISE (ABORT, 'a tombstone is not replaced'); END;

CREATE TRIGGER media_never_changes BEFORE UPDATE ON media
BEGIN SELECT RAISE (ABORT, 'a media object never changes'); END;
CREATE TRIGGER media_stays BEFORE DELETE ON media
WHEN NOT EXISTS (SELECT 1 FROM erasing WHERE record = OLD.record)
BEGIN SELECT RAISE (ABORT, 'a media object stays'); END;
CREATE TRIGGER media_not_replaced BEFORE INSERT ON media
WHEN EXISTS (SELECT 1 FROM media WHERE id = NEW.id)
BEGIN SELECT RAISE (ABORT, 'a media object is not replaced'); END;

CREATE TRIGGER custody_line_never_changes BEFORE UPDATE ON custody_line
BEGIN SELECT RAISE (ABORT, 'a custody line never changes'); END;
CREATE TRIGGER custody_line_stays BEFORE DELETE ON custody_line
BEGIN SELECT RAISE (ABORT, 'a custody line stays'); END;
CREATE TRIGGER custody_line_in_order BEFORE INSERT ON custody_line
WHEN NEW.seq <> (SELECT coalesce(max(seq), 0) + 1 FROM custody_line)
BEGIN SELECT RAISE (ABORT, 'custody lines are written in order'); END;

CREATE TRIGGER custody_payload_never_changes BEFORE UPDATE ON custody_payload
BEGIN SELECT RAISE (ABORT, 'a custody payload never changes'); END;
CREATE TRIGGER custody_payload_stays BEFORE DELETE ON custody_payload
WHEN OLD.act = 'erase'
  OR NOT EXISTS (SELECT 1 FROM erasing WHERE record = OLD.obj OR record = OLD.root)
BEGIN SELECT RAISE (ABORT, 'a custody payload stays'); END;
CREATE TRIGGER custody_payload_in_order BEFORE INSERT ON custody_payload
WHEN NEW.seq <> (SELECT coalesce(max(seq), 0) FROM custody_line)
  OR EXISTS (SELECT 1 FROM custody_payload WHERE seq = NEW.seq)
BEGIN SELECT RAISE (ABORT, 'custody payloads are written in order'); END;

CREATE TRIGGER checkpoint_never_changes BEFORE UPDATE ON checkpoint
BEGIN SELECT RAISE (ABORT, 'a checkpoint never changes'); END;
CREATE TRIGGER checkpoint_stays BEFORE DELETE ON checkpoint
BEGIN SELECT RAISE (ABORT, 'a checkpoint stays'); END;
CREATE TRIGGER checkpoint_not_replaced BEFORE INSERT ON checkpoint
WHEN EXISTS (SELECT 1 FROM checkpoint WHERE id = NEW.id)
BEGIN SELECT RAISE (ABORT, 'a checkpoint is not replaced'); END;

CREATE TRIGGER custody_node_never_changes BEFORE UPDATE ON custody_node
BEGIN SELECT RAISE (ABORT, 'a custody node never changes'); END;
CREATE TRIGGER custody_node_stays BEFORE DELETE ON custody_node
BEGIN SELECT RAISE (ABORT, 'a custody node stays'); END;
CREATE TRIGGER custody_node_in_order BEFORE INSERT ON custody_node
WHEN NEW.level < 1
  OR (NEW.place + 1) << NEW.level <> (SELECT coalesce(max(seq), 0) FROM custody_line)
  OR EXISTS (SELECT 1 FROM custody_node WHERE level = NEW.level AND place = NEW.place)
BEGIN SELECT RAISE (ABORT, 'custody nodes are written with the line that completes them'); END;

CREATE TRIGGER foreign_head_stays BEFORE DELETE ON foreign_head
BEGIN SELECT RAISE (ABORT, 'what was proven of a log stays'); END;
CREATE TRIGGER foreign_head_never_changes BEFORE UPDATE OF device, size, root ON foreign_head
BEGIN SELECT RAISE (ABORT, 'what was proven of a log never changes'); END;
CREATE TRIGGER foreign_head_not_replaced BEFORE INSERT ON foreign_head
WHEN EXISTS (SELECT 1 FROM foreign_head WHERE device = NEW.device AND size = NEW.size)
BEGIN SELECT RAISE (ABORT, 'what was proven of a log is not replaced'); END;
