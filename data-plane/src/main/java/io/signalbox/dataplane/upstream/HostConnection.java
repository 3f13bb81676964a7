package io.signalbox.dataplane.upstream;

/** One connection to a host. Confined to its event loop. */
interface HostConnection {
    Host host();

    /** Whether it can take an exchange now. */
    boolean hasRoom();

    /** Whether it may take another one at all, now or later. */
    boolean takesAnother();

    /** Whether there is no exchange on it. */
    boolean isIdle();

    /** Sends the head of the exchange's request; there must be room. */
    UpstreamStream start(UpstreamExchange exchange);

    /** It has come up and nothing is on it yet: to see the host close it. */
    void watch();

    void close();
}
