-- What the platform holds of insured persons, and who may see it. Days are `YYYY-MM-DD`.

CREATE TABLE person (
    insurer TEXT NOT NULL,
    insured TEXT NOT NULL,
    PRIMARY KEY (insurer, insured)
) STRICT;

CREATE TABLE municipality (
    insurer    TEXT PRIMARY KEY,
    name       TEXT NOT NULL,
    ready_from TEXT                      -- NULL: no day is set
) STRICT;

-- Documents in their JSON form, by the name of their type; the last one of a type counts.
CREATE TABLE document (
    number   INTEGER PRIMARY KEY AUTOINCREMENT,
    insurer  TEXT NOT NULL,
    insured  TEXT NOT NULL,
    type     TEXT NOT NULL,
    given_at INTEGER NOT NULL,
    content  BLOB NOT NULL,
    FOREIGN KEY (insurer, insured) REFERENCES person (insurer, insured)
) STRICT;
CREATE INDEX document_of ON document (insurer, insured, type, number);

-- Whom an office serves, how it knows them, and how long it may look.
CREATE TABLE viewing (
    number       INTEGER PRIMARY KEY AUTOINCREMENT,
    office       TEXT NOT NULL REFERENCES office (number),
    insurer      TEXT NOT NULL,
    insured      TEXT NOT NULL,
    identity     TEXT NOT NULL,          -- a code of `IdentityKind`
    confirmed_on TEXT NOT NULL,
    ends_on      TEXT NOT NULL,
    UNIQUE (office, insurer, insured),
    FOREIGN KEY (insurer, insured) REFERENCES person (insurer, insured)
) STRICT;

-- Consents for an office, given or withdrawn; the last one of a scope counts.
CREATE TABLE consent (
    number      INTEGER PRIMARY KEY AUTOINCREMENT,
    office      TEXT NOT NULL REFERENCES office (number),
    insurer     TEXT NOT NULL,
    insured     TEXT NOT NULL,
    scope       TEXT NOT NULL,
    recorded_by TEXT NOT NULL,           -- `office` or `person`
    content     BLOB NOT NULL,           -- the document `Consent`
    FOREIGN KEY (insurer, insured) REFERENCES person (insurer, insured)
) STRICT;
CREATE INDEX consent_of ON consent (office, insurer, insured, scope, number);

CREATE TABLE plan (
    number        INTEGER PRIMARY KEY AUTOINCREMENT,
    id            TEXT NOT NULL UNIQUE,
    kind          TEXT NOT NULL,
    state         TEXT NOT NULL,
    insurer       TEXT NOT NULL,
    insured       TEXT NOT NULL,
    office        TEXT NOT NULL REFERENCES office (number),
    service_type  TEXT NOT NULL,
    registered_at INTEGER NOT NULL,
    content       BLOB NOT NULL,         -- digest of the files
    answered_at   INTEGER,
    comment       TEXT,
    agreed_on     TEXT,
    FOREIGN KEY (insurer, insured) REFERENCES person (insurer, insured)
) STRICT;
CREATE INDEX plan_of ON plan (insurer, insured, number);

CREATE TABLE plan_file (
    plan     INTEGER NOT NULL REFERENCES plan (number),
    position INTEGER NOT NULL,
    name     TEXT NOT NULL,
    sha256   TEXT NOT NULL,
    content  BLOB NOT NULL,
    PRIMARY KEY (plan, position)
) STRICT;

CREATE TABLE notification (
    number   INTEGER PRIMARY KEY AUTOINCREMENT,
    id       TEXT NOT NULL UNIQUE,
    office   TEXT NOT NULL REFERENCES office (number),
    insurer  TEXT NOT NULL,
    insured  TEXT NOT NULL,
    filed_at INTEGER NOT NULL,
    digest   BLOB NOT NULL,              -- of the content, to take the same one once
    content  BLOB NOT NULL,              -- the document `CarePlanNotification`
    UNIQUE (office, digest),
    FOREIGN KEY (insurer, insured) REFERENCES person (insurer, insured)
) STRICT;

-- Who called what about whom, and how it ended. Never names, passwords, tokens or contents.
CREATE TABLE audit (
    number   INTEGER PRIMARY KEY AUTOINCREMENT,
    time     INTEGER NOT NULL,
    office   TEXT NOT NULL,              -- or the role
    jobs     TEXT NOT NULL,              -- codes of job types, of staff
    call     TEXT NOT NULL,
    outcome  TEXT NOT NULL,
    transfer TEXT,
    insurer  TEXT,
    insured  TEXT
) STRICT;
CREATE INDEX audit_of ON audit (insurer, insured, number);

CREATE TRIGGER audit_is_not_changed BEFORE UPDATE ON audit
BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;

CREATE TRIGGER audit_is_not_shortened BEFORE DELETE ON audit
BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
