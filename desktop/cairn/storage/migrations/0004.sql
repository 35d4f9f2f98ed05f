-- The custody log is a Merkle tree (custody/FORMAT.md). Perfect nodes above the leaves, kept when their last line is written;
-- the hash of a leaf is made of its line.
CREATE TABLE custody_node (
  level INTEGER NOT NULL,         -- it covers 2^level lines
  place INTEGER NOT NULL,         -- the first of them has seq place * 2^level + 1
  hash BLOB NOT NULL CHECK (length(hash) = 32),
  PRIMARY KEY (level, place)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER custody_node_never_changes BEFORE UPDATE ON custody_node
BEGIN SELECT RAISE (ABORT, 'a custody node never changes'); END;
CREATE TRIGGER custody_node_stays BEFORE DELETE ON custody_node
BEGIN SELECT RAISE (ABORT, 'a custody node stays'); END;
CREATE TRIGGER custody_node_in_order BEFORE INSERT ON custody_node
WHEN NEW.level < 1
  OR (NEW.place + 1) << NEW.level <> (SELECT coalesce(max(seq), 0) FROM custody_line)
  OR EXISTS (SELECT 1 FROM custody_node WHERE level = NEW.level AND place = NEW.place)
BEGIN SELECT RAISE (ABORT, 'custody nodes are written with the line that completes them'); END;

DROP TABLE checkpoint;
CREATE TABLE checkpoint (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  size INTEGER NOT NULL,
  root TEXT NOT NULL,
  text BLOB NOT NULL,
  signature BLOB NOT NULL,        -- SSHSIG, Ed25519
  signature_pq BLOB NOT NULL      -- SSHSIG, ssh-mldsa44-ed25519
) STRICT;
CREATE INDEX checkpoint_size ON checkpoint (size);
CREATE TRIGGER checkpoint_never_changes BEFORE UPDATE ON checkpoint
BEGIN SELECT RAISE (ABORT, 'a checkpoint never changes'); END;
CREATE TRIGGER checkpoint_stays BEFORE DELETE ON checkpoint
BEGIN SELECT RAISE (ABORT, 'a checkpoint stays'); END;
CREATE TRIGGER checkpoint_not_replaced BEFORE INSERT ON checkpoint
WHEN EXISTS (SELECT 1 FROM checkpoint WHERE id = NEW.id)
BEGIN SELECT RAISE (ABORT, 'a checkpoint is not replaced'); END;

-- What was sent of the own log: the head of each bundle.
DROP TABLE sent;
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

DROP TABLE received;
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
  interviews TEXT NOT NULL,       -- JSON list of ids
  PRIMARY KEY (bundle, sender)
) STRICT;
CREATE INDEX received_sender ON received (sender, seq);

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
CREATE TRIGGER foreign_head_stays BEFORE DELETE ON foreign_head
BEGIN SELECT RAISE (ABORT, 'what was proven of a log stays'); END;
CREATE TRIGGER foreign_head_never_changes BEFORE UPDATE OF device, size, root ON foreign_head
BEGIN SELECT RAISE (ABORT, 'what was proven of a log never changes'); END;
CREATE TRIGGER foreign_head_not_replaced BEFORE INSERT ON foreign_head
WHEN EXISTS (SELECT 1 FROM foreign_head WHERE device = NEW.device AND size = NEW.size)
BEGIN SELECT RAISE (ABORT, 'what was proven of a log is not replaced'); END;
