-- Messages of jobs, some thousand a row: a row a message costs more than to send it. Before the first release there is
-- nothing to carry over but jobs that had not ended, which cannot go on without their messages.
UPDATE job SET state = 'ABANDONED', ended = heartbeat, wish = NULL, rate = NULL,
    sentence = 'Given up: the ledger of this version cannot go on with it. What was not sent lies in its queue.'
WHERE state IN ('PLANNING', 'RUNNING', 'WATCHING', 'PAUSED', 'INTERRUPTED');
DROP TABLE item;

-- first, last: numbers of its messages, which are those from 0 of the job without gaps. states: a letter for each state
-- that some message of it has. planned never changes; outcome is written whole; returned is a set of bits.
CREATE TABLE ledger_page (
    job           BIGINT NOT NULL,
    last_number   BIGINT NOT NULL,
    first_number  BIGINT NOT NULL,
    states        VARCHAR(8) NOT NULL,
    planned       BYTEA NOT NULL,
    outcome       BYTEA NOT NULL,
    returned      BYTEA,
    PRIMARY KEY (job, last_number)
);

-- By which a message's pages are found: a number for a stretch of ids that are counted up, or for one id. low, high:
-- what of the stretch the page has.
CREATE TABLE ledger_place (
    queue        INT NOT NULL,
    place        BIGINT NOT NULL,
    job          BIGINT NOT NULL,
    last_number  BIGINT NOT NULL,
    low          BIGINT NOT NULL,
    high         BIGINT NOT NULL,
    PRIMARY KEY (queue, place, job, last_number)
);
