package io.signalbox.controlplane.rest.events;

import io.signalbox.controlplane.change.Head;
import io.signalbox.controlplane.store.Confirmations;
import io.signalbox.controlplane.store.RevisionHistory;
import io.signalbox.controlplane.xds.serve.Nodes;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The newest events, for any number of readers, each at its own pace. One thread looks again and again for what is new,
 * whoever reads and however slowly: it never waits for them, and neither do writers of config or proxies. A reader that
 * falls behind by more than what is kept has to start anew.
 */
public final class EventLog implements AutoCloseable {
    /** Some megabytes; minutes of what a busy fleet does. */
    private static final int KEPT = 10_000;

    private static final int SETTLED_EVERY = 5;

    private final Head head;
    private final RevisionEvents revisions;
    private final Nodes nodes;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition more = lock.newCondition();

    // Guarded by the lock.
    private final ArrayDeque<Event> kept = new ArrayDeque<>();
    private final NodeWatch watch = new NodeWatch();
    /** The number of the first event that is kept; the first one ever is 0. */
    private long first;
    /** The newest revision that is told of. */
    private long revision;

    private int readers;
    private boolean closed;

    // Of the thread that looks.
    private final ConfirmationWatch settled;
    private long looks;

    public EventLog(Head head, RevisionHistory history, Confirmations confirmations, Nodes nodes) {
        this.head = head;
        this.revisions = new RevisionEvents(history);
        this.settled = new ConfirmationWatch(confirmations, head.get().revision());
        this.nodes = nodes;
        this.revision = head.get().revision();
    }

    /** Looks for what is new. One thread at a time; it does nothing while nobody reads. */
    public void look() {
        if (!isRead()) {
            settled.start(told());
            return;
        }
        tellRevisions(head.get().revision());
        lock.lock();
        try {
            append(watch.changes(nodes.list()));
        } finally {
            lock.unlock();
        }
        if (++looks % SETTLED_EVERY == 0) {
            tellSettled();
        }
    }

    private void tellRevisions(long newest) {
        boolean isMore = told() < newest;
        while (isMore) {
            List<Event> events = revisions.after(told(), Long.MAX_VALUE);
            add(events);
            isMore = !events.isEmpty() && told() < newest;
        }
    }

    /** Asked of the database each time, so not each time. The revision that reverts another is told of first. */
    private void tellSettled() {
        List<Event> events = settled.look(told());
        if (!events.isEmpty()) {
            tellRevisions(head.refresh().revision());
            add(events);
        }
    }

    private boolean isRead() {
        lock.lock();
        try {
            return readers > 0;
        } finally {
            lock.unlock();
        }
    }

    private long told() {
        lock.lock();
        try {
            return revision;
        } finally {
            lock.unlock();
        }
    }

    private void add(List<Event> events) {
        lock.lock();
        try {
            append(events);
        } finally {
            lock.unlock();
        }
    }

    private void append(List<Event> events) {
        for (Event event : events) {
            kept.addLast(event);
            event.id().ifPresent(n -> revision = Math.max(revision, n));
            if (kept.size() > KEPT) {
                kept.removeFirst();
                first++;
            }
        }
        if (!events.isEmpty()) {
            more.signalAll();
        }
    }

    int readers() {
        lock.lock();
        try {
            return readers;
        } finally {
            lock.unlock();
        }
    }

    /** Starts to read with what comes next. */
    Reader read() {
        lock.lock();
        try {
            if (readers++ == 0) {
                first += kept.size(); // old news
                kept.clear();
                revision = head.get().revision();
                watch.changes(nodes.list());
            }
            return new Reader(first + kept.size(), revision, watch.state());
        } finally {
            lock.unlock();
        }
    }

    /** One reader. One thread. */
    final class Reader implements AutoCloseable {
        private long next;
        private final long from;
        private final List<Event> state;

        private Reader(long next, long from, List<Event> state) {
            this.next = next;
            this.from = from;
            this.state = state;
        }

        /** The first revision that {@link #next} tells of is the one after this. */
        long from() {
            return from;
        }

        /** How the nodes were at the start. */
        List<Event> state() {
            return state;
        }

        /**
         * Waits for events.
         *
         * @return empty when none came in time
         * @throws InterruptedException also when there is nothing more to come: the log is closed, or the reader too slow
         */
        List<Event> next(Duration patience) throws InterruptedException {
            lock.lockInterruptibly();
            try {
                long left = patience.toNanos();
                while (!closed && next == first + kept.size() && left > 0) {
                    left = more.awaitNanos(left);
                }
                if (closed || next < first) {
                    throw new InterruptedException(closed ? "closed" : "too slow");
                }
                List<Event> events = kept.stream().skip(next - first).toList();
                next += events.size();
                return events;
            } finally {
                lock.unlock();
            }
        }

        @Override
        public void close() {
            lock.lock();
            try {
                readers--;
            } finally {
                lock.unlock();
            }
        }
    }

    /** Ends all reading. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            more.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** What was committed after one revision, up to another. */
    List<Event> replay(long after, long upTo) {
        return revisions.after(after, upTo);
    }
}
