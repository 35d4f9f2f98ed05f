-- Bundles that were looked at, signed and whole, and not taken in: refused by this vault, or left until a person decides.
CREATE TABLE arrived (
  bundle TEXT NOT NULL,
  sender TEXT NOT NULL,           -- card fingerprint
  seq INTEGER NOT NULL,           -- its number for this vault; 0 where it was sealed for others
  label TEXT NOT NULL,            -- what the sender calls itself, for one who is no contact
  created TEXT NOT NULL,
  seen TEXT NOT NULL,             -- when it was looked at last
  interviews INTEGER NOT NULL,    -- how many it holds
  refusal TEXT NOT NULL,          -- code of why it can't be taken in; empty where nothing stands against it
  refusal_values TEXT NOT NULL,   -- JSON object
  PRIMARY KEY (bundle, sender)
) STRICT;
CREATE INDEX arrived_seen ON arrived (seen);
CREATE INDEX received_taken_in ON received (taken_in);
