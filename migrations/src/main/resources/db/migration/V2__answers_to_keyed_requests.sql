-- What requests with an Idempotency-Key were answered, so that one that is sent again is answered the same and does
-- nothing. Each row is written in the transaction of what its request did.
CREATE TABLE keyed_answers (
    author text COLLATE "C" NOT NULL,
    key text COLLATE "C" NOT NULL,
    -- SHA-256 of what the request asked for, in hexadecimal: another request with the same key is refused.
    fingerprint text NOT NULL,
    status integer NOT NULL,
    -- The newest revision once the request was done.
    revision bigint NOT NULL,
    -- As it was sent; never a private key.
    body text NOT NULL,
    expires_at timestamptz NOT NULL,
    PRIMARY KEY (author, key)
);

CREATE INDEX keyed_answers_by_expiry ON keyed_answers (expires_at);
