package io.signalbox.dataplane.listener;

import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;

/** How many connections there are, and may be. Any thread. */
final class ConnectionCount {
    private final OptionalLong most;
    private final AtomicLong open = new AtomicLong();

    ConnectionCount(OptionalLong most) {
        this.most = most;
    }

    /** Gives back whether there is room for one more, which then counts until it {@link #leave()}s. */
    boolean enter() {
        if (most.isPresent() && open.incrementAndGet() > most.getAsLong()) {
            open.decrementAndGet();
            return false;
        }
        return true;
    }

    void leave() {
        if (most.isPresent()) {
            open.decrementAndGet();
        }
    }
}
