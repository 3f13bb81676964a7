package io.signalbox.cli.system;

import io.signalbox.local.RawConnection;
import io.signalbox.local.RawHttpClient;
import io.signalbox.local.RawRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** A client of each proxy that sends the same request over and over, and notes what is not answered with 200. */
final class SteadyTraffic implements AutoCloseable {
    private static final long PAUSE_NANOS = 500_000;

    private final ConcurrentLinkedQueue<String> failures = new ConcurrentLinkedQueue<>();
    private final AtomicLong requests = new AtomicLong();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean running = true;

    static SteadyTraffic start(List<RawHttpClient> proxies, String path) {
        SteadyTraffic traffic = new SteadyTraffic();
        for (RawHttpClient proxy : proxies) {
            Thread thread = new Thread(() -> traffic.send(proxy, RawRequest.get(Specs.HOST, path)), "steady traffic");
            thread.setDaemon(true);
            thread.start();
            traffic.threads.add(thread);
        }
        return traffic;
    }

    private void send(RawHttpClient proxy, RawRequest request) {
        while (running) {
            try (RawConnection connection = proxy.connect()) {
                while (running && connection.isOpen()) {
                    int status = connection.send(request).status();
                    requests.incrementAndGet();
                    if (status != 200) {
                        failures.add("status " + status);
                    }
                    LockSupport.parkNanos(PAUSE_NANOS); // the others need a processor as well
                }
            } catch (IOException e) {
                failures.add(e.toString());
            }
        }
    }

    long requests() {
        return requests.get();
    }

    List<String> failures() {
        return List.copyOf(failures);
    }

    @Override
    public void close() throws InterruptedException {
        running = false;
        for (Thread thread : threads) {
            thread.join();
        }
    }
}
