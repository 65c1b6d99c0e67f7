-- All of the sandbox's state. Times are milliseconds since 1970, digests are SHA-256.

CREATE TABLE authority (
    only   INTEGER PRIMARY KEY CHECK (only = 1),
    ca_pem TEXT NOT NULL,
    ca     BLOB NOT NULL,
    ca_key BLOB NOT NULL
) STRICT;

CREATE TABLE office (
    number       TEXT PRIMARY KEY REFERENCES registration (office),
    salt         BLOB NOT NULL,
    verifier     BLOB NOT NULL,          -- PBKDF2 of the password over the salt and the user ID
    issue        BLOB NOT NULL,          -- PBKDF2 of the issue password over the salt
    failures     INTEGER NOT NULL DEFAULT 0,
    locked_until INTEGER NOT NULL DEFAULT 0
) STRICT;

-- Members of an office's staff, who log in over its certificate.
CREATE TABLE staff (
    office   TEXT NOT NULL REFERENCES office (number),
    number   INTEGER NOT NULL,           -- in the order of the configuration, from 1
    salt     BLOB NOT NULL,
    verifier BLOB NOT NULL,
    jobs     TEXT NOT NULL,              -- codes of job types, with commas
    PRIMARY KEY (office, number)
) STRICT;

CREATE TABLE session (
    id           INTEGER PRIMARY KEY,
    certificate  BLOB NOT NULL REFERENCES certificate (digest),
    access       BLOB NOT NULL UNIQUE,   -- digest of the token
    access_ends  INTEGER NOT NULL,
    refresh      BLOB NOT NULL UNIQUE,   -- digest of the token
    refresh_ends INTEGER NOT NULL,
    jobs         TEXT NOT NULL           -- of the member of staff who logged in; empty for the office
) STRICT;

CREATE TABLE transfer (
    number          INTEGER PRIMARY KEY AUTOINCREMENT,   -- the order of acceptance
    id              TEXT NOT NULL UNIQUE,
    sender_office   TEXT NOT NULL REFERENCES office (number),
    sender_type     TEXT NOT NULL,
    receiver_office TEXT NOT NULL REFERENCES office (number),
    receiver_type   TEXT NOT NULL,
    sequence        TEXT NOT NULL,
    bytes           INTEGER NOT NULL,
    accepted_at     INTEGER NOT NULL,
    imported_at     INTEGER,
    idempotency_key TEXT NOT NULL,
    content         BLOB NOT NULL,       -- digest of receiver and files, to tell a repetition from a misuse
    UNIQUE (sender_office, idempotency_key)
) STRICT;
CREATE INDEX sent ON transfer (sender_office, number);
CREATE INDEX received ON transfer (receiver_office, number);

CREATE TABLE file (
    transfer INTEGER NOT NULL REFERENCES transfer (number),
    position INTEGER NOT NULL,
    name     TEXT NOT NULL,
    sha256   TEXT NOT NULL,
    content  BLOB NOT NULL,
    PRIMARY KEY (transfer, position)
) STRICT;

-- Insured persons whose card is known.
CREATE TABLE card_holder (
    insurer     TEXT NOT NULL,
    insured     TEXT NOT NULL,
    certificate BLOB NOT NULL UNIQUE,   -- digest of the card's user-authentication certificate
    revoked     INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (insurer, insured),
    FOREIGN KEY (insurer, insured) REFERENCES person (insurer, insured)
) STRICT;

-- The certificates of those who issue cards.
CREATE TABLE card_authority (
    certificate BLOB PRIMARY KEY
) STRICT;

CREATE TABLE terminal (
    office        TEXT NOT NULL REFERENCES office (number),
    id            TEXT NOT NULL,
    registered_at INTEGER NOT NULL,
    PRIMARY KEY (office, id)
) STRICT;

-- What cards are to sign; a row goes with its use.
CREATE TABLE challenge (
    id       TEXT PRIMARY KEY,
    office   TEXT NOT NULL,
    terminal TEXT NOT NULL,
    nonce    BLOB NOT NULL,
    ends     INTEGER NOT NULL,
    FOREIGN KEY (office, terminal) REFERENCES terminal (office, id)
) STRICT;

-- Identities confirmed for offices.
CREATE TABLE identity (
    number      INTEGER PRIMARY KEY AUTOINCREMENT,
    id          TEXT NOT NULL UNIQUE,
    time        INTEGER NOT NULL,
    office      TEXT NOT NULL REFERENCES office (number),
    insurer     TEXT NOT NULL,
    insured     TEXT NOT NULL,
    route       TEXT NOT NULL,
    terminal    TEXT NOT NULL,
    compared_by TEXT,
    FOREIGN KEY (insurer, insured) REFERENCES person (insurer, insured)
) STRICT;

-- Portal: the offices that were registered. Those that hold an account stand in `office` too.
CREATE TABLE registration (
    office        TEXT PRIMARY KEY,
    name          TEXT NOT NULL,
    service_type  TEXT NOT NULL,
    registered_at INTEGER NOT NULL
) STRICT;

-- Portal: subsidies that were granted.
CREATE TABLE subsidy (
    number      INTEGER PRIMARY KEY AUTOINCREMENT,
    office      TEXT NOT NULL REFERENCES registration (office),
    fiscal_year INTEGER NOT NULL,
    readers     INTEGER NOT NULL,
    cost        INTEGER NOT NULL,   -- yen
    granted     INTEGER NOT NULL,   -- yen
    applied_at  INTEGER NOT NULL
) STRICT;

-- Electronic claims: every client certificate that was issued. Of an office at most one stands.
CREATE TABLE certificate (
    number     INTEGER PRIMARY KEY AUTOINCREMENT,
    digest     BLOB NOT NULL UNIQUE,
    office     TEXT NOT NULL REFERENCES office (number),
    kind       TEXT NOT NULL,
    issued_at  INTEGER NOT NULL,
    ends_at    INTEGER NOT NULL,
    revoked_at INTEGER
) STRICT;
CREATE UNIQUE INDEX standing ON certificate (office) WHERE revoked_at IS NULL;
