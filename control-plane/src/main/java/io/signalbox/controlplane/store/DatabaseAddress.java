package io.signalbox.controlplane.store;

/**
 * Where the database is and how to log in.
 *
 * @param url {@code jdbc:postgresql://HOST:PORT/DATABASE}, with driver parameters if need be ({@code sslmode} …)
 */
public record DatabaseAddress(String url, String user, String password) {
    @Override
    public String toString() {
        return user + " at " + url;
    }
}
