-- The service: who may do what, work that waits, what is told to others, what was erased.

-- Evidence is asked for by interaction alone.
CREATE INDEX interactions_by_id ON interactions (id);

-- What a graph looked like when it was last written: 'full', or 'shared' without what is private or sensitive.
DROP TABLE projections;

CREATE TABLE projections (
    account      TEXT NOT NULL,
    sight        TEXT NOT NULL,
    fingerprints BLOB NOT NULL,
    PRIMARY KEY (account, sight)
);

-- How often something was archived or decided, so that a projection sees what came in while it ran.
ALTER TABLE accounts ADD COLUMN writes INTEGER NOT NULL DEFAULT 0;

UPDATE accounts SET projection = 'projecting';

-- Bearer tokens; of the token itself only its hash is kept.
CREATE TABLE tokens (
    id           TEXT PRIMARY KEY,
    hash         BLOB    NOT NULL UNIQUE,
    name         TEXT    NOT NULL,
    role         TEXT    NOT NULL,
    sight        TEXT    NOT NULL,
    -- A JSON list of accounts, or NULL for all.
    accounts     TEXT,
    created_at   INTEGER NOT NULL,
    expires_at   INTEGER,
    revoked_at   INTEGER,
    last_used_at INTEGER
);

-- Work that was taken on. A job that was under way when the process ended is done again from its start.
CREATE TABLE jobs (
    row        INTEGER PRIMARY KEY,
    id         TEXT    NOT NULL UNIQUE,
    kind       TEXT    NOT NULL,
    account    TEXT    NOT NULL,
    -- What to do, as JSON of its kind.
    request    TEXT    NOT NULL,
    "by"       TEXT    NOT NULL,
    state      TEXT    NOT NULL,
    created_at INTEGER NOT NULL,
    started_at INTEGER,
    ended_at   INTEGER,
    done       INTEGER NOT NULL DEFAULT 0,
    total      INTEGER NOT NULL DEFAULT 0,
    result     TEXT,
    problem    TEXT
);

CREATE INDEX jobs_by_state ON jobs (state, row);

-- Who read which evidence and who wrote what.
CREATE TABLE audit (
    row     INTEGER PRIMARY KEY,
    at      INTEGER NOT NULL,
    token   TEXT    NOT NULL,
    "by"    TEXT    NOT NULL,
    action  TEXT    NOT NULL,
    account TEXT    NOT NULL,
    subject TEXT    NOT NULL
);

-- Answers to requests that carried an Idempotency-Key.
CREATE TABLE idempotent_answers (
    token   TEXT    NOT NULL,
    key     TEXT    NOT NULL,
    request BLOB    NOT NULL,
    -- 0 while the first request is under way.
    status  INTEGER NOT NULL,
    headers TEXT    NOT NULL,
    body    BLOB    NOT NULL,
    at      INTEGER NOT NULL,
    PRIMARY KEY (token, key)
);

-- What happened, in order, for those who listen: the outbox of webhooks and event streams.
CREATE TABLE events (
    row      INTEGER PRIMARY KEY AUTOINCREMENT,
    account  TEXT    NOT NULL,
    name     TEXT    NOT NULL,
    -- Who is told: 'all', 'full' or 'shared'.
    audience TEXT    NOT NULL,
    -- When it was put here.
    at       INTEGER NOT NULL,
    payload  TEXT    NOT NULL
);

CREATE INDEX events_by_time ON events (at);

-- Changes that were told, so that each is told once. Keys are hashes: no name and no words.
CREATE TABLE told_changes (
    account  TEXT    NOT NULL,
    key      BLOB    NOT NULL,
    audience TEXT    NOT NULL,
    -- When the change happened in the world.
    at       INTEGER NOT NULL,
    PRIMARY KEY (account, key, audience, at)
);

-- The last look for changes: how often the account had been written by then, and the day (Unix, UTC).
CREATE TABLE told_accounts (
    account TEXT PRIMARY KEY,
    writes  INTEGER NOT NULL,
    day     INTEGER NOT NULL
);

-- What happened before there was an outbox is not told.
ALTER TABLE handoff_events ADD COLUMN told INTEGER NOT NULL DEFAULT 0;
UPDATE handoff_events SET told = 1;
CREATE INDEX handoff_events_untold ON handoff_events (row) WHERE told = 0;

ALTER TABLE period_documents ADD COLUMN told INTEGER NOT NULL DEFAULT 0;
UPDATE period_documents SET told = 1;
CREATE INDEX period_documents_untold ON period_documents (document) WHERE told = 0;

CREATE TABLE webhooks (
    id               TEXT PRIMARY KEY,
    url              TEXT    NOT NULL,
    secret           TEXT    NOT NULL,
    -- The secret before, which signs too until then.
    old_secret       TEXT,
    old_secret_until INTEGER,
    -- JSON lists of event names and of accounts, NULL for all.
    events           TEXT,
    accounts         TEXT,
    sight            TEXT    NOT NULL,
    -- 'public' or 'private': which addresses it may have.
    reach            TEXT    NOT NULL,
    created_at       INTEGER NOT NULL,
    -- Since when nothing is sent, as its receiver said that it is gone.
    disabled_at      INTEGER
);

CREATE TABLE deliveries (
    webhook  TEXT    NOT NULL REFERENCES webhooks (id) ON DELETE CASCADE,
    event    INTEGER NOT NULL REFERENCES events (row) ON DELETE CASCADE,
    account  TEXT    NOT NULL,
    -- 'waiting', 'delivered' or 'dead'.
    state    TEXT    NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0,
    next_at  INTEGER NOT NULL,
    -- What came of the last attempt.
    answer   TEXT,
    ended_at INTEGER,
    PRIMARY KEY (webhook, event)
);

CREATE INDEX deliveries_by_state ON deliveries (webhook, state, account, event);
CREATE INDEX deliveries_of_event ON deliveries (event);

-- Hashes of what was erased, so that a source that still has it does not bring it back.
CREATE TABLE tombstones (
    hash BLOB PRIMARY KEY,
    at   INTEGER NOT NULL
);

-- That something was erased, and what lost its support: no name, no address, no words.
CREATE TABLE erasures (
    row    INTEGER PRIMARY KEY,
    at     INTEGER NOT NULL,
    "by"   TEXT    NOT NULL,
    report TEXT    NOT NULL
);
