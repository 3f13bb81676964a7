-- Alerts on their way to the webhooks of the servers' configuration.

-- How far the history has been searched for alerts, for each webhook that there is or was. A replica moves it by
-- compare-and-set, in the statement that writes down the alerts it found, so each one is found once.
CREATE TABLE alert_webhooks (
    name text COLLATE "C" PRIMARY KEY,
    revision bigint NOT NULL CHECK (revision >= 0)
) WITH (fillfactor = 10); -- room for updates in place

-- What no webhook has taken yet. A row goes when its webhook takes it, or when it is given up.
CREATE TABLE alert_deliveries (
    -- The same at each attempt, so that a receiver knows what it has already.
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    webhook text COLLATE "C" NOT NULL REFERENCES alert_webhooks (name),
    revision bigint NOT NULL REFERENCES revisions (n),
    body text NOT NULL,
    -- Of the revision.
    at timestamptz NOT NULL,
    -- Grows with each claim, so it also tells a replica whether a claim is still its own.
    attempts integer NOT NULL DEFAULT 0 CHECK (attempts >= 0),
    -- A claim is a time to come: when it is over and the row still there, whoever made it is taken to be dead.
    next_attempt_at timestamptz NOT NULL
);

CREATE INDEX alert_deliveries_due ON alert_deliveries (webhook, next_attempt_at);
