-- One row a unit, in the order in which they were queued. An id is never given twice.
CREATE TABLE unit (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    receiver_office TEXT NOT NULL,
    receiver_type TEXT NOT NULL,
    idempotency_key TEXT NOT NULL UNIQUE,
    state TEXT NOT NULL CHECK (state IN ('queued', 'sending', 'sent', 'refused', 'unknown', 'given-up')),
    attempts INTEGER NOT NULL DEFAULT 0,
    -- Milliseconds since 1970.
    queued_at INTEGER NOT NULL,
    tried_at INTEGER,
    -- What the platform said of a unit that it took.
    transfer TEXT,
    accepted_at INTEGER,
    -- What the last attempt that failed said.
    reason_code TEXT,
    reason_ja TEXT,
    reason_en TEXT,
    CHECK ((state = 'sent') = (transfer IS NOT NULL AND accepted_at IS NOT NULL))
) STRICT;

-- The units that still hold up those behind them.
CREATE INDEX unfinished ON unit (receiver_office, receiver_type, id) WHERE state NOT IN ('sent', 'given-up');

CREATE TABLE file (
    unit INTEGER NOT NULL REFERENCES unit (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    name TEXT NOT NULL,
    bytes INTEGER NOT NULL,
    sha256 BLOB NOT NULL,
    -- NULL once the unit is sent or given up.
    content BLOB,
    PRIMARY KEY (unit, position)
) STRICT;

-- The office whose units these are: that of the first session.
CREATE TABLE office (
    only_one INTEGER PRIMARY KEY CHECK (only_one = 1),
    number TEXT NOT NULL
) STRICT;
