package io.signalbox.dataplane.http;

/** A connection with a client, whichever version of HTTP it speaks. Event loop only. */
public interface ClientConnection {
    /** What is under way is brought to its end; the client is told with the next response that there will be no more. */
    void drain();

    /** As {@link #drain()}, and at once when there is no request. */
    void shutDown();
}
