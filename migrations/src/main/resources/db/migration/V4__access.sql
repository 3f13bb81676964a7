-- Who may use the API. Of a token's secret there is only a digest.

-- Counts the changes to tokens. Whoever changes one holds this row until the end of the transaction, so that the numbers
-- grow in the order of the commits: a replica that has seen a number has seen all below it.
CREATE TABLE token_counter (
    singleton boolean PRIMARY KEY DEFAULT true CHECK (singleton),
    n bigint NOT NULL CHECK (n >= 0)
) WITH (fillfactor = 10);

INSERT INTO token_counter (n) VALUES (0);

-- A token is made and revoked, never changed.
CREATE TABLE tokens (
    name text COLLATE "C" PRIMARY KEY,
    -- SHA-256 of the secret. A slow hash is for passwords; nobody tries all of 2^256 secrets.
    digest bytea NOT NULL UNIQUE CHECK (octet_length(digest) = 32),
    role text NOT NULL,
    label_selector text,
    host_suffix text,
    expires_at timestamptz,
    author text NOT NULL,
    created_at timestamptz NOT NULL,
    -- The number of its creation.
    n bigint NOT NULL
);

-- Who made and revoked which token. No row is ever changed, and none holds a secret or a digest.
CREATE TABLE token_events (
    n bigint PRIMARY KEY CHECK (n > 0),
    event text NOT NULL CHECK (event IN ('created', 'revoked')),
    name text COLLATE "C" NOT NULL,
    role text NOT NULL,
    label_selector text,
    host_suffix text,
    expires_at timestamptz,
    author text NOT NULL,
    reason text,
    at timestamptz NOT NULL
);
