-- How far a revision is believed about what it follows depends on who made it.

DROP TRIGGER revision_never_changes;
ALTER TABLE revision ADD COLUMN device TEXT NOT NULL DEFAULT '';   -- card fingerprint, from the envelope
UPDATE revision SET device = json_extract(CAST(data AS TEXT), '$.device') WHERE json_valid(CAST(data AS TEXT));
CREATE TRIGGER revision_never_changes BEFORE UPDATE ON revision
BEGIN SELECT RAISE (ABORT, 'a revision never changes'); END;

-- A bundle's id is chosen by its sender: another sender's bundle may have the same one.

ALTER TABLE received RENAME TO received_before;
CREATE TABLE received (
  bundle TEXT NOT NULL,
  sender TEXT NOT NULL,
  seq INTEGER NOT NULL,
  prev TEXT NOT NULL,
  tagmanifest TEXT NOT NULL,
  created TEXT NOT NULL,
  taken_in TEXT NOT NULL,
  custody_size INTEGER NOT NULL,
  custody_head TEXT NOT NULL,
  interviews TEXT NOT NULL,       -- JSON list of ids
  PRIMARY KEY (bundle, sender)
) STRICT;
INSERT INTO received SELECT * FROM received_before;
DROP TABLE received_before;
CREATE INDEX received_sender ON received (sender, seq);

-- Contacts are compared with the log whenever they are read.
CREATE INDEX custody_payload_contact ON custody_payload (obj, seq)
WHERE act IN ('contact.add', 'contact.verify', 'contact.revoke');
