-- The database of Cairn 0.1. All times are UTC in RFC 3339, all hashes lower-case hex.

-- What exists -------------------------------------------------------------------------------------

CREATE TABLE meta (
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE record (
  id TEXT PRIMARY KEY,
  interview TEXT NOT NULL,
  kind TEXT NOT NULL,
  device TEXT NOT NULL            -- of the first revision that this vault saw: the record's own device
) STRICT, WITHOUT ROWID;
CREATE INDEX record_interview ON record (interview, kind);

CREATE TABLE revision (
  n INTEGER PRIMARY KEY AUTOINCREMENT,     -- order of arrival here
  sha TEXT NOT NULL UNIQUE,
  record TEXT NOT NULL REFERENCES record (id),
  state TEXT NOT NULL CHECK (state IN ('current', 'proposed')),
  data BLOB NOT NULL,             -- the exact bytes of the envelope
  signature BLOB NOT NULL,
  ancestors TEXT NOT NULL         -- JSON list: hashes that the sender names as ancestors, beside parents
) STRICT;
CREATE INDEX revision_record ON revision (record, n);

CREATE TABLE tombstone (
  record TEXT PRIMARY KEY,
  interview TEXT NOT NULL,
  kind TEXT NOT NULL,
  revisions INTEGER NOT NULL,
  erased TEXT NOT NULL,
  reason TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX tombstone_interview ON tombstone (interview);

CREATE TABLE draft (
  record TEXT PRIMARY KEY,
  interview TEXT NOT NULL,
  kind TEXT NOT NULL,
  saved TEXT NOT NULL,
  data BLOB NOT NULL
) STRICT;
CREATE INDEX draft_interview ON draft (interview);

CREATE TABLE media (
  id TEXT PRIMARY KEY,
  interview TEXT NOT NULL,
  record TEXT NOT NULL,
  key BLOB NOT NULL CHECK (length(key) = 32),
  sha256 TEXT NOT NULL,
  size INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX media_interview ON media (interview);
CREATE INDEX media_record ON media (record);

-- Files whose keys are gone and that are still to be removed from the folder.
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
  interview TEXT NOT NULL,
  revision TEXT,
  state TEXT
) STRICT;
CREATE INDEX custody_payload_obj ON custody_payload (obj, revision, state, act);
CREATE INDEX custody_payload_interview ON custody_payload (interview);
CREATE INDEX custody_payload_erase ON custody_payload (seq) WHERE act = 'erase';

CREATE TABLE checkpoint (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  size INTEGER NOT NULL,
  head TEXT NOT NULL,
  text BLOB NOT NULL,
  signature BLOB NOT NULL
) STRICT;

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
  interview TEXT NOT NULL,
  PRIMARY KEY (device, seq)
) STRICT;
CREATE INDEX foreign_payload_obj ON foreign_payload (obj);
CREATE INDEX foreign_payload_interview ON foreign_payload (interview);

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

CREATE TABLE sent (
  bundle TEXT NOT NULL,
  recipient TEXT NOT NULL,
  seq INTEGER NOT NULL,           -- counts from 1 for each recipient
  tagmanifest TEXT NOT NULL,
  file_sha256 TEXT NOT NULL,
  size INTEGER NOT NULL,
  created TEXT NOT NULL,
  PRIMARY KEY (bundle, recipient),
  UNIQUE (recipient, seq)
) STRICT;

CREATE TABLE sent_interview (
  bundle TEXT NOT NULL,
  interview TEXT NOT NULL,
  PRIMARY KEY (bundle, interview)
) STRICT, WITHOUT ROWID;
CREATE INDEX sent_interview_interview ON sent_interview (interview);

CREATE TABLE received (
  bundle TEXT PRIMARY KEY,
  sender TEXT NOT NULL,
  seq INTEGER NOT NULL,
  prev TEXT NOT NULL,
  tagmanifest TEXT NOT NULL,
  created TEXT NOT NULL,
  taken_in TEXT NOT NULL,
  custody_size INTEGER NOT NULL,
  custody_head TEXT NOT NULL,
  interviews TEXT NOT NULL        -- JSON list of ids
) STRICT;
CREATE INDEX received_sender ON received (sender, seq);

-- Projections: rebuilt from revisions, drafts and the ledger by cairn.storage.heads.rebuild ---------

CREATE TABLE link (
  child TEXT NOT NULL,
  parent TEXT NOT NULL,
  record TEXT NOT NULL,
  claimed INTEGER NOT NULL,       -- 1: named as an ancestor by the sender, 0: a parent in the envelope
  PRIMARY KEY (child, parent)
) STRICT, WITHOUT ROWID;
CREATE INDEX link_record ON link (record);

CREATE TABLE head (
  record TEXT NOT NULL,
  place INTEGER NOT NULL,         -- 0 is the one to show
  sha TEXT NOT NULL,
  state TEXT NOT NULL,
  interview TEXT NOT NULL,
  kind TEXT NOT NULL,
  created TEXT NOT NULL,
  PRIMARY KEY (record, place)
) STRICT, WITHOUT ROWID;
CREATE INDEX head_interview ON head (interview, kind, created);

CREATE TABLE interview_row (
  id TEXT PRIMARY KEY,
  title TEXT NOT NULL,
  date TEXT NOT NULL,
  place TEXT NOT NULL,
  start TEXT NOT NULL,            -- how the summary or the account begins
  draft INTEGER NOT NULL,
  saved INTEGER NOT NULL,
  sealed INTEGER NOT NULL,
  conflict INTEGER NOT NULL,
  device TEXT NOT NULL,
  sent INTEGER NOT NULL,
  changed TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX interview_row_changed ON interview_row (changed DESC, id);

CREATE TABLE text (
  id INTEGER PRIMARY KEY,         -- the arrival number of the record's newest revision
  record TEXT NOT NULL UNIQUE,
  interview TEXT NOT NULL,
  kind TEXT NOT NULL,
  fields TEXT NOT NULL            -- JSON list of [field, text]
) STRICT;
CREATE INDEX text_interview ON text (interview);
CREATE INDEX text_place ON text (id, interview);

CREATE VIRTUAL TABLE words USING fts5 (
  title, body, title_pairs, body_pairs,
  content = '', tokenize = 'unicode61 remove_diacritics 2'
);
-- Without this, erased words stay in the index until segments happen to merge.
INSERT INTO words (words, rank) VALUES ('secure-delete', 1);

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
BEGIN SELECT RAISE (ABORT, 'a record keeps its kind and interview'); END;
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
  OR NOT EXISTS (SELECT 1 FROM erasing WHERE record = OLD.obj OR record = OLD.interview)
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
