package io.signalbox.controlplane.xds.serve;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.controlplane.xds.Release;
import io.signalbox.controlplane.xds.ReleaseNeed;
import io.signalbox.controlplane.xds.ResourceType;
import io.signalbox.controlplane.xds.publish.EncodedResource;
import io.signalbox.controlplane.xds.publish.Publisher;
import io.signalbox.controlplane.xds.publish.Snapshot;
import io.signalbox.controlplane.xds.publish.SnapshotSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random orders of publishing, reading, answering, reconnecting and draining, with what must hold at every step. A
 * failure names its seed, which replays it.
 */
class SimulationTest {
    private static final List<String> POOLS = List.of("a", "b", "c", "d", "e");
    private static final Release OLD = new Release(1, 36);
    private static final List<String> LISTENERS = List.of("l", "m");

    static Stream<Arguments> runs() {
        Stream<Arguments> known = LongStream.range(0, 250)
                .boxed()
                .flatMap(seed -> Stream.of(true, false)
                        .flatMap(delta -> Stream.of(0, 15).map(bad -> Arguments.of(seed, delta, bad, 0))));
        Stream<Arguments> unknown = LongStream.range(0, 100)
                .boxed()
                .flatMap(seed -> Stream.of(true, false)
                        .flatMap(delta -> Stream.of(0, 15).map(bad -> Arguments.of(seed, delta, bad, 15))));
        return Stream.concat(known, unknown);
    }

    @ParameterizedTest(name = "seed {0}, delta {1}, {2} % bad, {3} % unknown to the release")
    @MethodSource("runs")
    void holdsItsPromisesInAnyOrderOfEvents(long seed, boolean delta, int badPercent, int unknownPercent) {
        new Run(seed, delta, badPercent, unknownPercent).run();
    }

    private static final class Run {
        private final Random random;
        private final boolean delta;
        private final int badPercent;
        private final int unknownPercent;
        private final World world = new World();
        private final Publisher publisher = new Publisher();
        private final NodeMemory memory = new NodeMemory();
        private final SimulatedProxy proxy;
        private final Deque<Push> toProxy = new ArrayDeque<>();
        private final Map<String, Integer> refusals = new HashMap<>();
        private final Map<String, List<String>> refusedIn = new HashMap<>();
        private final Set<ResourceType> unanswered = new HashSet<>();
        private final List<String> journal = new ArrayList<>();
        private int contents;
        private Session session;

        Run(long seed, boolean delta, int badPercent, int unknownPercent) {
            this.random = new Random(seed);
            this.delta = delta;
            this.badPercent = badPercent;
            this.unknownPercent = unknownPercent;
            this.proxy = new SimulatedProxy(delta, this::isBad);
            this.session = session();
        }

        private Session session() {
            return new Session(delta, Optional.of(OLD), memory, new Partly(), new ConcurrentHashMap<>());
        }

        /** What the publisher has, of which the old release does not know some; between two looks there may be news. */
        private final class Partly implements SnapshotSource {
            @Override
            public Snapshot current() {
                Snapshot current = publisher.current();
                if (random.nextInt(4) == 0) {
                    publishNews();
                }
                return current;
            }

            @Override
            public AutoCloseable onPublish(Consumer<Snapshot> callback) {
                return publisher.onPublish(callback);
            }

            @Override
            public List<ReleaseNeed> unknownTo(Release release, Snapshot snapshot) {
                return Stream.of(ResourceType.values())
                        .flatMap(type -> snapshot.type(type).resources().stream()
                                .filter(resource -> isUnknown(type, resource))
                                .map(resource -> new ReleaseNeed(
                                        type, resource.name(), Optional.empty(), "spec", new Release(1, 39))))
                        .toList();
            }
        }

        private boolean isUnknown(ResourceType type, EncodedResource resource) {
            return type != ResourceType.ENDPOINT
                    && Math.floorMod(resource.version().hashCode() / 100, 100) < unknownPercent;
        }

        /** Decided by the bytes alone, as a proxy does. */
        private boolean isBad(ResourceType type, EncodedResource resource) {
            return type != ResourceType.ENDPOINT
                    && Math.floorMod(resource.version().hashCode(), 100) < badPercent;
        }

        void run() {
            try {
                connect();
                for (int i = 0; i < 400; i++) {
                    step();
                    check();
                }
                converge();
            } catch (AssertionError e) {
                throw new AssertionError(String.join("\n", journal), e);
            }
        }

        private void step() {
            int dice = random.nextInt(100);
            if (dice < 12) {
                publish();
            } else if (dice < 52) {
                proxyReads();
            } else if (dice < 95) {
                serverReads();
            } else if (dice < 97) {
                proxy.drained();
            } else {
                connect();
            }
        }

        private void connect() {
            journal.add("reconnect");
            toProxy.clear();
            refusedIn.clear();
            unanswered.clear();
            session = session();
            proxy.connect();
            sent(session.onSnapshot(publisher.current()));
        }

        private void publish() {
            publishNews();
            sent(session.onSnapshot(publisher.current()));
        }

        private void publishNews() {
            for (int i = random.nextInt(3); i >= 0; i--) {
                mutate();
            }
            publisher.publish(world.next());
            journal.add("publish " + publisher.current().revision());
            for (ResourceType type : ResourceType.values()) {
                journal.add("  " + publisher.current().type(type));
            }
        }

        private void mutate() {
            String pool = POOLS.get(random.nextInt(POOLS.size()));
            String listener = LISTENERS.get(random.nextInt(LISTENERS.size()));
            boolean used = LISTENERS.stream().anyMatch(l -> world.clustersOf(l).contains(pool));
            switch (random.nextInt(6)) {
                case 0 -> world.pool(pool, poolContent());
                case 1 -> {
                    if (world.names(ResourceType.CLUSTER).contains(pool)) {
                        world.endpoints(pool, contents++);
                    }
                }
                case 2 -> {
                    if (!used) {
                        world.dropPool(pool);
                    }
                }
                case 3, 4 -> {
                    int content = random.nextInt(3);
                    world.listener(listener, content, random.nextInt(3) == 0 ? somePools() : new String[0]);
                    world.routes(listener, contents++, somePools());
                }
                default -> {
                    if (random.nextInt(3) == 0) {
                        world.drop(ResourceType.LISTENER, listener).drop(ResourceType.ROUTE, listener);
                    }
                }
            }
        }

        private String[] somePools() {
            return world.names(ResourceType.CLUSTER).stream()
                    .sorted()
                    .filter(name -> random.nextBoolean())
                    .toArray(String[]::new);
        }

        /** A pool often comes back as it was; but what was refused once must not, as the count of refusals is kept. */
        private int poolContent() {
            return badPercent + unknownPercent == 0 ? random.nextInt(3) : contents++;
        }

        private void sent(List<Push> pushes) {
            for (Push push : pushes) {
                journal.add("< " + push);
                assertThat(push.resources())
                        .as("what the release does not know")
                        .noneMatch(resource -> isUnknown(push.type(), resource));
                assertThat(unanswered.add(push.type()))
                        .as("one response in flight")
                        .isTrue();
                assertThat(push.resources().isEmpty() && push.removed().isEmpty() && delta)
                        .as("empty")
                        .isEqualTo(delta
                                && push.resources().isEmpty()
                                && push.removed().isEmpty());
            }
            toProxy.addAll(pushes);
        }

        private void proxyReads() {
            Push push = toProxy.poll();
            if (push == null) {
                return;
            }
            proxy.read(push);
            if (!proxy.refusedNow().isEmpty()) {
                refusedIn.put(push.nonce(), List.copyOf(proxy.refusedNow()));
            }
            journal.add("proxy read " + push.nonce() + " and refused " + proxy.refusedNow());
        }

        private void noteAnswer(Request request) {
            ResourceType type = request.type();
            List<String> refused = refusedIn.getOrDefault(request.nonce(), List.of());
            boolean named = type == ResourceType.CLUSTER || type == ResourceType.LISTENER;
            for (String resource : refused) {
                // A response of several that does not say which: once more, alone.
                assertThat(refusals.merge(type + resource, 1, Integer::sum))
                        .as("refusals of " + resource)
                        .isLessThanOrEqualTo(named ? 1 : 2);
            }
            session.type(type).inFlight().stream()
                    .flatMap(response -> response.touched().keySet().stream())
                    .filter(name ->
                            refused.isEmpty() || named && refused.stream().noneMatch(r -> r.startsWith(name + "@")))
                    .forEach(name -> refusals.keySet().removeIf(key -> key.startsWith(type + name + "@")));
        }

        private void serverReads() {
            Request request = proxy.out().poll();
            if (request == null) {
                return;
            }
            journal.add("> " + request);
            if (session.isUnderWay(request.type(), request.nonce())) {
                unanswered.remove(request.type());
                noteAnswer(request);
            }
            sent(session.onRequest(request));
        }

        /** No route and no listener points to a cluster that the proxy has not. */
        private void check() {
            Stream.of(ResourceType.ROUTE, ResourceType.LISTENER)
                    .flatMap(type -> proxy.held(type).values().stream())
                    .forEach(user -> assertThat(proxy.held(ResourceType.CLUSTER).keySet())
                            .as("clusters of " + user)
                            .containsAll(user.clusters()));
        }

        private void converge() {
            journal.add("converge");
            proxy.drained();
            for (int i = 0; i < 1000 && !(toProxy.isEmpty() && proxy.out().isEmpty()); i++) {
                proxyReads();
                check();
                serverReads();
                check();
                proxy.drained();
            }
            assertThat(toProxy).as("to the proxy").isEmpty();
            assertThat(proxy.out()).as("from the proxy").isEmpty();
            assertThat(proxy.isPaused()).as("warming").isFalse();
            if (badPercent + unknownPercent == 0) {
                assertThat(session.progress().acknowledged())
                        .as("progress " + session.progress())
                        .isEqualTo(publisher.current().revision());
                proxyHoldsTheSnapshot();
            }
            publisher.publish(world.next());
            assertThat(session.onSnapshot(publisher.current()))
                    .as("pushed though nothing changed")
                    .isEmpty();
        }

        private void proxyHoldsTheSnapshot() {
            for (ResourceType type : ResourceType.values()) {
                if (type != ResourceType.SECRET) {
                    assertThat(proxy.held(type).values().stream().map(Object::toString))
                            .as(type.word())
                            .containsExactlyElementsOf(publisher.current().type(type).resources().stream()
                                    .map(Object::toString)
                                    .toList());
                }
            }
        }
    }
}
