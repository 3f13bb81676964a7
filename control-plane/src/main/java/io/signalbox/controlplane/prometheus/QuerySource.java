package io.signalbox.controlplane.prometheus;

import java.util.concurrent.CompletableFuture;

/** Who answers queries. Any thread. */
@FunctionalInterface
public interface QuerySource {
    /** Of a server that has nobody to ask. */
    QuerySource NONE =
            query -> CompletableFuture.completedFuture(new QueryAnswer.Nothing("this server has no Prometheus to ask"));

    /**
     * Does not wait.
     *
     * @param query in PromQL
     * @return ends in time, and never with an exception
     */
    CompletableFuture<QueryAnswer> ask(String query);
}
