-- What proxies report of the load on pools. Each control plane writes rows of its own, with its sums and not with
-- differences: to write one once more does no harm, and who reads adds up the replicas.

-- For those who look for what goes wrong now; kept for an hour.
CREATE TABLE load_seconds (
    pool text COLLATE "C" NOT NULL,
    start timestamptz NOT NULL,
    -- A new id at each start of a control plane.
    replica uuid NOT NULL,
    requests bigint NOT NULL,
    errors bigint NOT NULL,
    PRIMARY KEY (pool, start, replica)
) WITH (fillfactor = 70);

CREATE INDEX load_seconds_by_time ON load_seconds (start);

-- The same by proxies, for longer.
CREATE TABLE load_minutes (
    pool text COLLATE "C" NOT NULL,
    start timestamptz NOT NULL,
    node text COLLATE "C" NOT NULL,
    replica uuid NOT NULL,
    requests bigint NOT NULL,
    errors bigint NOT NULL,
    -- The most that were in progress at once, of what was reported.
    in_progress bigint NOT NULL,
    PRIMARY KEY (pool, start, node, replica)
) WITH (fillfactor = 70);

CREATE INDEX load_minutes_by_time ON load_minutes (start);

-- Which proxies report, and which fell silent.
CREATE TABLE load_reporters (
    node text COLLATE "C" PRIMARY KEY,
    last_report timestamptz NOT NULL
) WITH (fillfactor = 50);
