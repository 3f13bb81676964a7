package io.signalbox.dataplane;

import io.netty.util.concurrent.DefaultThreadFactory;
import io.signalbox.dataplane.state.Resolver;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/** Looks host names up as this machine does, on a thread of its own, since that may take long. */
final class HostNames implements Resolver {
    private final ExecutorService thread = Executors.newSingleThreadExecutor(new DefaultThreadFactory("dns", true));
    private final Executor configThread;

    HostNames(Executor configThread) {
        this.configThread = configThread;
    }

    @Override
    public void resolve(String host, Consumer<List<InetAddress>> found) {
        thread.execute(() -> {
            List<InetAddress> addresses = addresses(host);
            configThread.execute(() -> found.accept(addresses));
        });
    }

    private static List<InetAddress> addresses(String host) {
        try {
            return List.of(InetAddress.getAllByName(host));
        } catch (UnknownHostException e) {
            return List.of();
        }
    }

    void close() {
        thread.shutdownNow();
    }
}
