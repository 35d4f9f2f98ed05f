-- A recording under way: its key is committed before the first sample, so that whatever happens it can be opened.
CREATE TABLE recording_in_progress (
  recording TEXT PRIMARY KEY,     -- id of the record that it becomes
  interview TEXT NOT NULL,
  media TEXT NOT NULL UNIQUE,     -- media/xx/<id>.jnl until it is sealed again as .cob
  key BLOB NOT NULL,
  started TEXT NOT NULL
) STRICT;

-- Overview of a sound, one byte for 50 ms: a projection, drawn anew from the sound where it is missing.
CREATE TABLE peaks (
  media TEXT PRIMARY KEY,
  data BLOB NOT NULL
) STRICT;
