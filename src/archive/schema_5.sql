-- Sign-ins to the pages, and what a list of accounts shows of each.

CREATE TABLE sessions (
    hash       BLOB    PRIMARY KEY,
    token      TEXT    NOT NULL REFERENCES tokens (id),
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL
);

-- Written anew with every projection; an archive of an older version is projected again when it is opened.
ALTER TABLE projections ADD COLUMN digest TEXT;
UPDATE accounts SET projection = 'dirty' WHERE projection = 'clean';
