-- How long answers took, as proxies tell. Like load: each control plane writes rows of its own, with its sums and not with
-- differences, and who reads adds up the replicas.
CREATE TABLE latencies (
    pool text COLLATE "C" NOT NULL,
    -- In seconds: 5, kept for 20 minutes, and 60, kept for as long as the minutes of load.
    length smallint NOT NULL,
    start timestamptz NOT NULL,
    -- A new id at each start of a control plane.
    replica uuid NOT NULL,
    -- The sum of the counts, by which the newer of two writes is known.
    answers bigint NOT NULL,
    -- Between which boundaries how many lie; the boundaries are those of the control plane that wrote it, which are all the same.
    counts bigint[] NOT NULL,
    PRIMARY KEY (pool, length, start, replica)
) WITH (fillfactor = 50);

CREATE INDEX latencies_by_time ON latencies (length, start);

-- Which proxies tell, and which fell silent.
CREATE TABLE latency_reporters (
    node text COLLATE "C" PRIMARY KEY,
    last_report timestamptz NOT NULL
) WITH (fillfactor = 50);
