-- Who runs a job, for good: a number of its own for each taking over, since two windows may belong to one process, and
-- the host, since a process number means something on its own host only.
ALTER TABLE job ADD COLUMN claim VARCHAR(36) DEFAULT '' NOT NULL;
ALTER TABLE job ADD COLUMN owner_host VARCHAR DEFAULT '' NOT NULL;

-- What was sent, as a number of key and payload: by it a message is known again whose headers somebody threw away.
ALTER TABLE item ADD COLUMN content BIGINT;
