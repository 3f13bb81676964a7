package io.signalbox.controlplane.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells of new revisions, whichever replica committed them: Postgres' NOTIFY is the hint that makes it quick, a poll in
 * each second without one the truth. Its one thread has a connection of its own and finds the database again by itself,
 * until {@link #close}.
 */
public final class RevisionFollower implements AutoCloseable {
    static final String CHANNEL = "signalbox_revision";

    private static final Logger LOG = LoggerFactory.getLogger(RevisionFollower.class);
    private static final int POLL_MS = 1_000;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

    private final Database database;
    private final LongConsumer newest;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "revision-follower");
    /** Shared with {@link #close} alone, which ends the wait for notifications by it. */
    private volatile @Nullable Connection connection;
    /** Of the follower's thread: the last revision that was told of without a failure. */
    private long told = -1;

    private RevisionFollower(Database database, LongConsumer newest) {
        this.database = database;
        this.newest = newest;
    }

    /**
     * @param newest told the newest revision after each (re)connect and whenever it has grown, on the follower's thread.
     *     When it throws, it is told again at the next poll
     */
    public static RevisionFollower start(Database database, LongConsumer newest) {
        RevisionFollower follower = new RevisionFollower(database, newest);
        follower.thread.start();
        return follower;
    }

    private void run() {
        Duration pause = FIRST_PAUSE;
        boolean isLossKnown = false;
        while (!isClosed()) {
            try (Connection link = database.dedicatedConnection()) {
                connection = link;
                listen(link);
                LOG.info("Following revisions");
                pause = FIRST_PAUSE;
                isLossKnown = false;
                follow(link);
            } catch (SQLException e) {
                if (!isClosed() && !isLossKnown) {
                    LOG.warn("Lost the database, trying again until it is back: {}", e.getMessage());
                }
                isLossKnown = true;
            }
            await(pause);
            pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause.multipliedBy(2);
        }
    }

    private static void listen(Connection link) throws SQLException {
        try (Statement statement = link.createStatement()) {
            statement.execute("LISTEN " + CHANNEL);
        }
    }

    /** Returns when closed. What was committed before LISTEN took effect is found by the first poll. */
    private void follow(Connection link) throws SQLException {
        tell(poll(link));
        PGConnection postgres = link.unwrap(PGConnection.class);
        while (!isClosed()) {
            PGNotification @Nullable [] notifications = postgres.getNotifications(POLL_MS);
            if (notifications == null || notifications.length == 0) {
                tell(poll(link));
            } else {
                // They come in the order of the commits, which is the order of the revisions.
                tell(Long.parseLong(notifications[notifications.length - 1].getParameter()));
            }
        }
    }

    private static long poll(Connection link) throws SQLException {
        try (Statement statement = link.createStatement();
                ResultSet head = statement.executeQuery("SELECT revision FROM head")) {
            head.next();
            return head.getLong(1);
        }
    }

    private void tell(long revision) {
        if (revision <= told) {
            return;
        }
        try {
            newest.accept(revision);
            told = revision;
        } catch (RuntimeException e) {
            LOG.warn("Revision {} could not be taken in, trying again: {}", revision, e.toString());
        }
    }

    private boolean isClosed() {
        return closed.getCount() == 0;
    }

    private void await(Duration pause) {
        try {
            closed.await(pause.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            closed.countDown(); // whoever interrupts this thread wants it to end
        }
    }

    /** Returns once the consumer is told nothing any more. */
    @Override
    public void close() {
        closed.countDown();
        endWait();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void endWait() {
        Connection link = connection;
        try {
            if (link != null) {
                link.abort(Runnable::run);
            }
        } catch (SQLException e) {
            LOG.debug("The connection was gone already", e);
        }
    }
}
