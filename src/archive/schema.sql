-- What was said and what people decided. Times are microseconds since the Unix epoch.
-- Kept to what SQLite and PostgreSQL both speak, types aside.

CREATE TABLE settings (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL
);

CREATE TABLE accounts (
    slug       TEXT PRIMARY KEY,
    -- 'clean': the graph shows the archive; 'dirty': something was archived since; 'projecting': a projection began.
    projection TEXT NOT NULL DEFAULT 'clean'
);

-- Certain keys of an account: 'domain:northwind.example', 'hubspot:company:12', 'name:northwind'.
CREATE TABLE account_keys (
    key     TEXT NOT NULL,
    account TEXT NOT NULL REFERENCES accounts (slug),
    recorded_at INTEGER NOT NULL,
    PRIMARY KEY (key, account)
);

CREATE TABLE interactions (
    row           INTEGER PRIMARY KEY,
    -- The account, or '' while unassigned.
    account       TEXT    NOT NULL,
    id            TEXT    NOT NULL,
    version       INTEGER NOT NULL,
    kind          TEXT    NOT NULL,
    sent_at       INTEGER NOT NULL,
    recorded_at   INTEGER NOT NULL,
    superseded_at INTEGER,
    content_hash  BLOB    NOT NULL,
    -- The interaction without its text.
    head          BLOB    NOT NULL,
    -- 'stated' by the caller or the source, or 'found' by the keys known at the time.
    assignment    TEXT    NOT NULL,
    UNIQUE (account, id, version)
);

CREATE INDEX interactions_by_time ON interactions (account, sent_at);

CREATE TABLE texts (
    row  INTEGER PRIMARY KEY REFERENCES interactions (row),
    text TEXT NOT NULL
);

CREATE TABLE findings (
    row    INTEGER NOT NULL REFERENCES interactions (row),
    engine TEXT    NOT NULL,
    data   BLOB    NOT NULL,
    PRIMARY KEY (row, engine)
);

CREATE TABLE reviews (
    row     INTEGER PRIMARY KEY,
    account TEXT    NOT NULL,
    at      INTEGER NOT NULL,
    review  TEXT    NOT NULL
);

-- What people decided about who is who, each row about two keys; the latest about a pair holds.
CREATE TABLE identity_reviews (
    row     INTEGER PRIMARY KEY,
    account TEXT    NOT NULL,
    a       TEXT    NOT NULL,
    b       TEXT    NOT NULL,
    verdict TEXT    NOT NULL,
    "by"    TEXT    NOT NULL,
    at      INTEGER NOT NULL
);

CREATE TABLE rejections (
    path    TEXT    NOT NULL,
    item    TEXT    NOT NULL,
    reason  TEXT    NOT NULL,
    account TEXT    NOT NULL,
    at      INTEGER NOT NULL,
    PRIMARY KEY (path, item, reason, account)
);

-- What each part of an account's graph looked like when it was last written; facts that went are kept in 'retired'.
CREATE TABLE projections (
    account      TEXT PRIMARY KEY,
    fingerprints BLOB NOT NULL
);

CREATE TABLE retired (
    row        INTEGER PRIMARY KEY,
    account    TEXT    NOT NULL,
    retired_at INTEGER NOT NULL,
    fact       TEXT    NOT NULL
);
