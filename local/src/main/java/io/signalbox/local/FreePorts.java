package io.signalbox.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.Set;

/**
 * Ports for programs that cannot be told to choose one themselves. A port is free when it is handed out; nothing keeps
 * others from taking it before it is used, so prefer port 0 wherever the program can tell what it got.
 */
public final class FreePorts {
    // Below Linux' range for outgoing connections (32768 and up), which would take a port between finding and using it.
    private static final int FIRST = 20_000;
    private static final int LAST = 32_000;
    private static final Set<Integer> GIVEN = new HashSet<>();
    // Processes that look for ports at the same time start at different places.
    private static int next = FIRST + (int) (ProcessHandle.current().pid() * 37 % (LAST - FIRST));

    private FreePorts() {}

    /** A port of the loopback interface that this JVM has not handed out before. */
    public static synchronized int next() {
        for (int tries = 0; tries < LAST - FIRST; tries++) {
            int port = next;
            next = next == LAST ? FIRST : next + 1;
            if (!GIVEN.contains(port) && isFree(port)) {
                GIVEN.add(port);
                return port;
            }
        }
        throw new IllegalStateException("no free port from " + FIRST + " to " + LAST);
    }

    /** Several consecutive ports that are all free; the first one. */
    public static synchronized int nextBlock(int size) {
        for (int tries = 0; tries < LAST - FIRST; tries++) {
            int first = next();
            int end = first + 1;
            while (end < first + size && !GIVEN.contains(end) && isFree(end)) {
                end++;
            }
            if (end == first + size) {
                for (int port = first; port < end; port++) {
                    GIVEN.add(port);
                }
                return first;
            }
        }
        throw new IllegalStateException("no " + size + " free ports in a row from " + FIRST + " to " + LAST);
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (BindException e) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
