package io.signalbox.controlplane.store;

import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.SQLTransientConnectionException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What kind of trouble an exception of the database stands for. PostgreSQL documentation, appendix A "Error Codes". */
enum Trouble {
    /** The link broke or was ended, perhaps after the server did what it was told. */
    LINK_LOST,
    /** The server did not do it now, and may do it later. */
    REFUSED,
    /** Anything else: most likely a bug. The server did not do it. */
    OTHER;

    /** Ended by an administrator, by a crash, not yet started or shutting down, idle too long. */
    private static final Set<String> LINK_ENDED = Set.of("57P01", "57P02", "57P03", "57P05", "25P03");

    /**
     * Read-only (a standby after a failover), serialization failure, deadlock, statement cancelled or timed out, lock not
     * available.
     */
    private static final Set<String> NOT_NOW = Set.of("25006", "40001", "40P01", "57014", "55P03");

    static Trouble of(Throwable thrown) {
        for (@Nullable Throwable t = thrown; t != null; t = t.getCause()) {
            if (t instanceof SQLTransientConnectionException || t instanceof SQLTimeoutException) {
                return LINK_LOST; // from the pool or the driver: no connection in time
            }
            if (t instanceof SQLException e && e.getSQLState() != null) {
                return of(e.getSQLState());
            }
        }
        return OTHER;
    }

    private static Trouble of(String sqlState) {
        if (sqlState.startsWith("08") || LINK_ENDED.contains(sqlState)) {
            return LINK_LOST;
        }
        // Class 53: out of disk, memory or connections. Class 28: the login is refused, as while passwords are rotated.
        boolean refused = sqlState.startsWith("53") || sqlState.startsWith("28") || NOT_NOW.contains(sqlState);
        return refused ? REFUSED : OTHER;
    }
}
