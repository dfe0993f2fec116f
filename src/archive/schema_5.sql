-- Sign-ins to the pages, and what a list of accounts shows of each.

CREATE TABLE sessions (
    hash       BLOB    PRIMARY KEY,
    token      TEXT    NOT NULL REFERENCES tokens (id),
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL
);

-- What was said last in any account: a search over all of them goes back from there.
CREATE INDEX interactions_by_time_alone ON interactions (sent_at, account);

-- Written anew with every projection; an archive of an older version is projected again when it is opened.
ALTER TABLE projections ADD COLUMN digest TEXT;
UPDATE accounts SET projection = 'dirty' WHERE projection = 'clean';
