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
    row     INTEGER PRIMARY KEY AUTOINCREMENT,
    account TEXT    NOT NULL,
    name    TEXT    NOT NULL,
    at      INTEGER NOT NULL,
    payload TEXT    NOT NULL
);

-- Changes that were told, so that each is told once.
CREATE TABLE told_changes (
    account TEXT    NOT NULL,
    key     TEXT    NOT NULL,
    at      INTEGER NOT NULL,
    PRIMARY KEY (account, key)
);

CREATE TABLE webhooks (
    id         TEXT PRIMARY KEY,
    url        TEXT    NOT NULL,
    secret     TEXT    NOT NULL,
    -- JSON lists: event names ('*' for all), and accounts or NULL for all.
    events     TEXT    NOT NULL,
    accounts   TEXT,
    sight      TEXT    NOT NULL,
    created_at INTEGER NOT NULL,
    -- The last event before it was added: what is older is not sent.
    since      INTEGER NOT NULL
);

CREATE TABLE deliveries (
    webhook  TEXT    NOT NULL REFERENCES webhooks (id) ON DELETE CASCADE,
    event    INTEGER NOT NULL REFERENCES events (row) ON DELETE CASCADE,
    account  TEXT    NOT NULL,
    -- 'waiting', 'delivered' or 'dead'.
    state    TEXT    NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0,
    next_at  INTEGER NOT NULL,
    answer   TEXT,
    ended_at INTEGER,
    PRIMARY KEY (webhook, event)
);

CREATE INDEX deliveries_waiting ON deliveries (state, next_at);

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
