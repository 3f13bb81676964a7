package io.signalbox.controlplane.store;

import java.util.function.LongConsumer;

/**
 * Tells of new revisions, whichever replica committed them: Postgres' NOTIFY is the hint that makes it quick, a poll
 * each second the truth. Its one thread reconnects by itself until {@link #close}.
 */
public final class RevisionFollower implements AutoCloseable {
    private final LongConsumer newest;

    /**
     * @param newest told the newest revision, on the follower's thread; when it throws, it is told again at the next poll
     */
    RevisionFollower(LongConsumer newest) {
        this.newest = newest;
    }

    /** Returns once the consumer is told nothing any more. */
    @Override
    public void close() {
        throw new UnsupportedOperationException("not written yet: " + newest);
    }
}
