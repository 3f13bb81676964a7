-- What a resource said at an earlier revision is its newest row up to it.
CREATE INDEX history_of_resource ON history (kind, name, revision);

-- Revisions that are reverted unless somebody confirms them in time.
CREATE TABLE confirmations (
    revision bigint PRIMARY KEY REFERENCES revisions (n),
    deadline timestamptz NOT NULL,
    -- pending -> confirmed; pending -> reverting (nobody can confirm any more) -> reverted or failed.
    state text NOT NULL CHECK (state IN ('pending', 'confirmed', 'reverting', 'reverted', 'failed')),
    -- Who confirmed.
    confirmed_by text,
    -- The revision that reverts it, written by the same statement as that revision.
    reverted_by bigint REFERENCES revisions (n),
    -- What was not reverted, and why.
    message text,
    CHECK ((state = 'confirmed') = (confirmed_by IS NOT NULL)),
    CHECK ((state = 'reverted') = (reverted_by IS NOT NULL)),
    CHECK (state <> 'failed' OR message IS NOT NULL)
);

-- The few that something is still to be done about.
CREATE INDEX confirmations_open ON confirmations (deadline) WHERE state IN ('pending', 'reverting');
