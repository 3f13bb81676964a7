-- How often the variants of experiments were seen, as proxies report it. As with load reports, each control plane writes rows of
-- its own, with its sums and not with differences: to write one once more does no harm, and who reads adds up the replicas.
CREATE TABLE experiment_hours (
    experiment text COLLATE "C" NOT NULL,
    -- When the experiment was started, which tells its runs apart.
    run timestamptz NOT NULL,
    hour timestamptz NOT NULL,
    variant text COLLATE "C" NOT NULL,
    -- How requests came to the variant: new, known, forced.
    assignment text COLLATE "C" NOT NULL,
    -- A new id at each start of a control plane.
    replica uuid NOT NULL,
    requests bigint NOT NULL,
    errors bigint NOT NULL,
    -- Between which boundaries how many latencies lie, as in latencies, and their sum, by which the newer of two is known.
    counts bigint[] NOT NULL,
    answers bigint NOT NULL,
    PRIMARY KEY (experiment, run, hour, variant, assignment, replica)
) WITH (fillfactor = 50);

CREATE INDEX experiment_hours_by_time ON experiment_hours (hour);
