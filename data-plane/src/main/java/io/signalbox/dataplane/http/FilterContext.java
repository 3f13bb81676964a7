package io.signalbox.dataplane.http;

import io.netty.util.concurrent.EventExecutor;
import io.signalbox.dataplane.state.Snapshot;
import io.signalbox.dataplane.upstream.ConnectionPool;
import io.signalbox.routing.Decision;

/** What filters know of the exchange they are in, and what they can do with it. Confined to its event loop. */
interface FilterContext {
    RequestHead request();

    /** What the router will do. It stands before the first filter is asked and is not made again. */
    Decision decision();

    /** The config in force for this request. */
    Snapshot snapshot();

    ServingContext serving();

    ConnectionPool pool();

    EventExecutor executor();

    /** As in access logs: {@code HTTP/2}. */
    String protocol();

    /** So many bytes of the body are kept to be sent again, in place of what the listener allows. */
    void keepBody(long bytes);

    /** Answers in place of all that comes later in the chain. */
    void reply(LocalReply reply);

    /** Answers with a head alone, which nobody but the filters changes, unlike that of a {@linkplain #reply refusal}. */
    void answer(ResponseHead head);

    /** Lets go what a filter has kept waiting; not from within a call of that filter, which returns its decision. */
    void proceed();
}
