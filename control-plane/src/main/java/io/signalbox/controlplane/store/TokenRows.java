package io.signalbox.controlplane.store;

import java.util.List;

/**
 * All tokens at one time.
 *
 * @param n the number of the newest change to them
 */
public record TokenRows(long n, List<Row> rows) {
    public TokenRows {
        rows = List.copyOf(rows);
    }

    /** @param digest SHA-256 of the secret */
    public record Row(StoredToken token, byte[] digest) {
        @Override
        public String toString() {
            return token.toString();
        }
    }
}
