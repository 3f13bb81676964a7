-- Run by Flyway from classpath:db/migration at the start of a control plane. Forward only: a migration that was
-- released is never edited, and each one must leave a database that the previous release can still work with, since
-- replicas are replaced one by one. Nothing here is newer than PostgreSQL 14.

-- The newest revision. Writers take the next one by compare-and-set on this row, and hold its lock until they commit:
-- revisions have no gaps and are committed in their order.
CREATE TABLE head (
    singleton boolean PRIMARY KEY DEFAULT true CHECK (singleton),
    revision bigint NOT NULL CHECK (revision >= 0)
) WITH (fillfactor = 10); -- room for updates in place: the row changes with every write

INSERT INTO head (revision) VALUES (0);

CREATE TABLE revisions (
    n bigint PRIMARY KEY CHECK (n > 0),
    -- Chosen by the writer, so that one whose connection broke during the commit can find out what became of it.
    write_id uuid NOT NULL,
    author text NOT NULL,
    reason text,
    at timestamptz NOT NULL
);

-- What is configured at the newest revision. What a spec refers to follows from the spec and is not stored again.
CREATE TABLE resources (
    kind text COLLATE "C" NOT NULL,
    name text COLLATE "C" NOT NULL,
    labels jsonb NOT NULL,
    -- The public form, as in the API.
    spec jsonb NOT NULL,
    -- The private key of a certificate: Tink AEAD, associated data "certificates/NAME".
    sealed bytea,
    created_revision bigint NOT NULL,
    revision bigint NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    PRIMARY KEY (kind, name)
);

-- What each revision did. The config at any revision follows from the rows up to it. No row is ever changed.
CREATE TABLE history (
    revision bigint NOT NULL REFERENCES revisions (n),
    kind text COLLATE "C" NOT NULL,
    name text COLLATE "C" NOT NULL,
    before_labels jsonb,
    before_spec jsonb,
    before_sealed bytea,
    after_labels jsonb,
    after_spec jsonb,
    after_sealed bytea,
    PRIMARY KEY (revision, kind, name),
    CHECK ((before_labels IS NULL) = (before_spec IS NULL)),
    CHECK ((after_labels IS NULL) = (after_spec IS NULL)),
    CHECK (before_spec IS NOT NULL OR after_spec IS NOT NULL)
);
