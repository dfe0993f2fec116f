-- Documents and their life. A document never changes; what happens to it is told by events.

CREATE TABLE documents (
    id       TEXT PRIMARY KEY,
    account  TEXT    NOT NULL,
    kind     TEXT    NOT NULL,
    as_of    INTEGER NOT NULL,
    made_at  INTEGER NOT NULL,
    document TEXT    NOT NULL
);

CREATE INDEX documents_of_account ON documents (account, kind, made_at);

CREATE TABLE handoffs (
    row        INTEGER PRIMARY KEY,
    account    TEXT    NOT NULL,
    kind       TEXT    NOT NULL,
    state      TEXT    NOT NULL,
    document   TEXT    NOT NULL REFERENCES documents (id),
    proposal   TEXT REFERENCES documents (id),
    reason     TEXT    NOT NULL,
    opened_at  INTEGER NOT NULL,
    meeting_at INTEGER,
    outgoing   TEXT,
    incoming   TEXT
);

-- One open handoff of an account and type.
CREATE UNIQUE INDEX one_open_handoff ON handoffs (account, kind)
    WHERE state IN ('draft', 'in_review', 'delivered', 'rejected');

-- Every version of the document of a handoff.
CREATE TABLE handoff_documents (
    handoff  INTEGER NOT NULL REFERENCES handoffs (row),
    document TEXT    NOT NULL REFERENCES documents (id),
    PRIMARY KEY (handoff, document)
);

CREATE INDEX handoffs_of_document ON handoff_documents (document);

CREATE TABLE handoff_events (
    row     INTEGER PRIMARY KEY,
    handoff INTEGER NOT NULL REFERENCES handoffs (row),
    at      INTEGER NOT NULL,
    event   TEXT    NOT NULL
);

CREATE INDEX handoff_events_of_handoff ON handoff_events (handoff);

-- Triggers that were acted on: each acts once.
CREATE TABLE triggers (
    account TEXT    NOT NULL,
    key     TEXT    NOT NULL,
    at      INTEGER NOT NULL,
    PRIMARY KEY (account, key)
);

-- What is done at set times.
CREATE TABLE schedules (
    name       TEXT PRIMARY KEY,
    cron       TEXT    NOT NULL,
    zone       TEXT    NOT NULL,
    kind       TEXT    NOT NULL,
    -- The account, or '' for all.
    account    TEXT    NOT NULL,
    created_at INTEGER NOT NULL
);

-- One run of a schedule for one due time, however many processes try.
CREATE TABLE schedule_runs (
    schedule   TEXT    NOT NULL,
    due_at     INTEGER NOT NULL,
    -- Until when its worker holds it; another takes over from then on.
    held_until INTEGER NOT NULL,
    worker     TEXT    NOT NULL,
    started_at INTEGER NOT NULL,
    ended_at   INTEGER,
    made       INTEGER NOT NULL DEFAULT 0,
    failed     INTEGER NOT NULL DEFAULT 0,
    problem    TEXT,
    PRIMARY KEY (schedule, due_at)
);

-- One document of an account, type and period.
CREATE TABLE period_documents (
    account  TEXT NOT NULL,
    kind     TEXT NOT NULL,
    period   TEXT NOT NULL,
    document TEXT NOT NULL REFERENCES documents (id),
    PRIMARY KEY (account, kind, period)
);

-- What readers' decisions say of the rules, as it was taken over to weigh their facts; the latest holds.
CREATE TABLE calibrations (
    row   INTEGER PRIMARY KEY,
    at    INTEGER NOT NULL,
    "by"  TEXT    NOT NULL,
    rules TEXT    NOT NULL
);

-- What people decided about people: titles, roles, names.
CREATE TABLE person_reviews (
    row     INTEGER PRIMARY KEY,
    account TEXT    NOT NULL,
    at      INTEGER NOT NULL,
    review  TEXT    NOT NULL
);
