package io.signalbox.benchmarks;

import io.signalbox.local.EchoBackend;
import io.signalbox.local.RawConnection;
import io.signalbox.local.RawRequest;
import io.signalbox.local.RawResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;

/**
 * Clients that send requests at a steady rate to all proxies in turn, each by its own clock, and note every answer. A connection
 * is used for some requests and then made anew, so that it comes to every proxy. Any thread may ask.
 */
final class PacedTraffic implements AutoCloseable {
    private static final int REQUESTS_A_CONNECTION = 20;
    private static final Fleet.Proxy[] PROXIES = Fleet.Proxy.values();

    private final Fleet fleet;
    private final IntFunction<RawRequest> requests;
    private final long pauseNanos;
    private final List<Thread> threads = new ArrayList<>();
    private final Queue<Answer> answers = new ConcurrentLinkedQueue<>();
    private volatile boolean running = true;

    /**
     * @param start when the request was sent, and when it was answered, by {@link System#nanoTime()}
     * @param status 0 when there was no answer
     * @param backend that answered; empty for the proxy itself
     */
    record Answer(long start, long end, int status, String backend) {
        boolean isError() {
            return status != 200;
        }
    }

    private PacedTraffic(Fleet fleet, IntFunction<RawRequest> requests, long pauseNanos) {
        this.fleet = fleet;
        this.requests = requests;
        this.pauseNanos = pauseNanos;
    }

    /**
     * @param requests the request of each number, from 0 for each client
     * @param perSecond of all clients together
     */
    static PacedTraffic start(Fleet fleet, IntFunction<RawRequest> requests, int clients, int perSecond) {
        PacedTraffic traffic = new PacedTraffic(fleet, requests, clients * 1_000_000_000L / perSecond);
        for (int i = 0; i < clients; i++) {
            int number = i;
            Thread thread = new Thread(() -> traffic.send(number), "client " + i);
            thread.setDaemon(true);
            traffic.threads.add(thread);
            thread.start();
        }
        return traffic;
    }

    private void send(int client) {
        long next = System.nanoTime();
        int sent = client; // so that not all ask for the same at the same moment
        int turn = client;
        while (running) {
            Fleet.Proxy proxy = PROXIES[turn++ % PROXIES.length];
            try (RawConnection connection = fleet.client(proxy).connect()) {
                for (int i = 0; i < REQUESTS_A_CONNECTION && running && connection.isOpen(); i++) {
                    LockSupport.parkNanos(next - System.nanoTime());
                    next += pauseNanos;
                    long start = System.nanoTime();
                    RawResponse response = connection.send(requests.apply(sent++));
                    String backend = response.header(EchoBackend.NAME_HEADER).orElse("");
                    answers.add(new Answer(start, System.nanoTime(), response.status(), backend));
                }
            } catch (IOException | RuntimeException e) {
                answers.add(new Answer(next, System.nanoTime(), 0, ""));
                next += pauseNanos;
            }
        }
    }

    /** All answers since the last time. */
    List<Answer> take() {
        List<Answer> taken = new ArrayList<>();
        for (Answer answer = answers.poll(); answer != null; answer = answers.poll()) {
            taken.add(answer);
        }
        return taken;
    }

    @Override
    public void close() {
        running = false;
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
