package io.signalbox.dataplane.xds;

import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ConnectivityState;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.signalbox.routing.RandomValue;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * To one of several replicas of a control plane: each stream goes to the next one in turn, as with Envoy's round robin, but past
 * those that cannot be reached. So whoever opens a stream again after it has ended gets another replica. The first one is
 * drawn, or all proxies that start at once would follow the same. Any thread.
 */
public final class ReplicasChannel extends ManagedChannel {
    private final List<ManagedChannel> replicas;
    private final AtomicInteger next;

    private ReplicasChannel(List<ManagedChannel> replicas, int first) {
        this.replicas = List.copyOf(replicas);
        this.next = new AtomicInteger(first);
    }

    /** @param replicas at least one */
    public static ManagedChannel of(List<ManagedChannel> replicas, RandomValue random) {
        return replicas.size() == 1
                ? replicas.get(0)
                : new ReplicasChannel(replicas, (int) Long.remainderUnsigned(random.next(), replicas.size()));
    }

    @Override
    public <Q, A> ClientCall<Q, A> newCall(MethodDescriptor<Q, A> method, CallOptions options) {
        ManagedChannel replica = replicas.get(Math.floorMod(next.getAndIncrement(), replicas.size()));
        for (int i = 1; i < replicas.size() && isAway(replica); i++) {
            replica = replicas.get(Math.floorMod(next.getAndIncrement(), replicas.size()));
        }
        return replica.newCall(method, options);
    }

    private static boolean isAway(ManagedChannel replica) {
        return replica.getState(false) == ConnectivityState.TRANSIENT_FAILURE;
    }

    @Override
    public String authority() {
        return replicas.get(0).authority();
    }

    @Override
    public void resetConnectBackoff() {
        replicas.forEach(ManagedChannel::resetConnectBackoff);
    }

    @Override
    public ManagedChannel shutdown() {
        replicas.forEach(ManagedChannel::shutdown);
        return this;
    }

    @Override
    public ManagedChannel shutdownNow() {
        replicas.forEach(ManagedChannel::shutdownNow);
        return this;
    }

    @Override
    public boolean isShutdown() {
        return replicas.stream().allMatch(ManagedChannel::isShutdown);
    }

    @Override
    public boolean isTerminated() {
        return replicas.stream().allMatch(ManagedChannel::isTerminated);
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
        long end = System.nanoTime() + unit.toNanos(timeout);
        for (ManagedChannel replica : replicas) {
            if (!replica.awaitTermination(end - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                return false;
            }
        }
        return true;
    }
}
