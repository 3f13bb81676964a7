package io.signalbox.controlplane.change;

import io.signalbox.controlplane.store.StoreUnavailable;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Requests that wait to be decided, first come, first served. The thread of the first one decides for itself and for all
 * that came meanwhile, while the others wait: one commit then carries many requests, so that the time a disk takes bounds
 * how long a write takes and not how many there are in a second.
 */
final class WriteQueue {
    /** How long a request waits for its turn. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** At most so many changes in a batch, unless a single request has more: a bound for the size of a statement. */
    private static final int BATCH_CHANGES = 256;

    private final Consumer<List<Entry>> decide;
    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<Entry> waiting = new ArrayDeque<>();
    private boolean deciding;

    /** @param decide decides every entry it is given; called by one thread at a time */
    WriteQueue(Consumer<List<Entry>> decide) {
        this.decide = decide;
    }

    int size() {
        lock.lock();
        try {
            return waiting.size();
        } finally {
            lock.unlock();
        }
    }

    /** Returns, or throws, what was decided. */
    Outcome submit(ChangeRequest request) {
        Entry mine = new Entry(request, lock.newCondition());
        List<Entry> batch;
        lock.lock();
        try {
            waiting.addLast(mine);
            awaitTurn(mine);
            if (mine.isDecided()) {
                return mine.result();
            }
            deciding = true;
            batch = takeBatch();
        } finally {
            lock.unlock();
        }
        try {
            decide.accept(batch);
        } finally {
            passOn(batch);
        }
        return mine.result();
    }

    /** Returns when the entry is decided, or when it is for its thread to decide. */
    private void awaitTurn(Entry mine) {
        long left = PATIENCE.toNanos();
        boolean interrupted = false;
        while (!mine.isDecided() && (deciding || waiting.peekFirst() != mine)) {
            if ((left <= 0 || interrupted) && waiting.remove(mine)) {
                restore(interrupted);
                throw StoreUnavailable.busy("Too many writes are waiting for the database");
            }
            try {
                if (left > 0) {
                    left = mine.wake.awaitNanos(left);
                } else {
                    mine.wake.awaitUninterruptibly(); // it is being decided, which takes seconds at most
                }
            } catch (InterruptedException e) {
                interrupted = true;
                left = 0;
            }
        }
        restore(interrupted);
    }

    private static void restore(boolean interrupted) {
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private List<Entry> takeBatch() {
        List<Entry> batch = new ArrayList<>();
        int changes = 0;
        for (@Nullable Entry next = waiting.peekFirst(); next != null; next = waiting.peekFirst()) {
            changes += next.request.changes().size();
            if (!batch.isEmpty() && changes > BATCH_CHANGES) {
                break;
            }
            batch.add(waiting.removeFirst());
        }
        return batch;
    }

    private void passOn(List<Entry> batch) {
        lock.lock();
        try {
            deciding = false;
            for (Entry entry : batch) {
                if (!entry.isDecided()) {
                    entry.fail(new IllegalStateException("no decision was made"));
                }
                entry.wake.signal();
            }
            if (!waiting.isEmpty()) {
                waiting.getFirst().wake.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    /** A request and, once there is one, the decision. Written by the deciding thread, read after it passed on. */
    static final class Entry {
        private final ChangeRequest request;
        private final Condition wake;
        private @Nullable Outcome outcome;
        private @Nullable RuntimeException failure;

        private Entry(ChangeRequest request, Condition wake) {
            this.request = request;
            this.wake = wake;
        }

        ChangeRequest request() {
            return request;
        }

        void decide(Outcome decided) {
            outcome = decided;
        }

        void fail(RuntimeException why) {
            failure = why;
        }

        private boolean isDecided() {
            return outcome != null || failure != null;
        }

        private Outcome result() {
            if (outcome != null) {
                return outcome;
            }
            throw failure != null ? failure : new IllegalStateException("not decided yet");
        }
    }
}
