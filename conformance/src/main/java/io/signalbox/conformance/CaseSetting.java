package io.signalbox.conformance;

import io.signalbox.conformance.ConformanceCase.Document;
import io.signalbox.local.EchoBackend;
import io.signalbox.local.EchoOptions;
import io.signalbox.local.EchoRequest;
import io.signalbox.local.FreePorts;
import io.signalbox.local.TestCertificates.Issued;
import io.signalbox.local.Waiting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What a case has for itself on one bench: backends that behave as it says, ports for its listeners, certificates. For one
 * thread, but for the backends' telling what they are asked.
 */
final class CaseSetting implements AutoCloseable {
    /** What comes later than the answer, as a mirrored request may, comes soon after it. */
    private static final Duration SOON = Duration.ofSeconds(5);

    private final ConformanceCase testCase;
    private final Backends shared;
    private final Authorities authorities;
    private final Map<String, Issued> certificates = new HashMap<>();
    private final Map<String, EchoBackend> backends = new HashMap<>();
    private final Map<String, Integer> ports = new HashMap<>();
    private final List<EchoRequest> journal = new ArrayList<>();

    CaseSetting(ConformanceCase testCase, Backends shared, Authorities authorities) {
        this.testCase = testCase;
        this.shared = shared;
        this.authorities = authorities;
        testCase.certificates()
                .forEach((name, spec) -> certificates.put(name, spec.issue(authorities.get(spec.authority()))));
        testCase.backends().forEach((name, spec) -> backends.put(name, start(name, spec)));
        allocatePorts();
        restart();
    }

    private EchoBackend start(String name, BackendSpec spec) {
        Optional<EchoOptions.Tls> tls = spec.tls()
                .map(t -> new EchoOptions.Tls(
                        certificate(t.certificate()),
                        t.clientAuthority().map(a -> authorities.get(a).root())));
        EchoBackend backend = EchoBackend.start(name, new EchoOptions(spec.protocol(), tls));
        backend.health(spec.health());
        backend.tell(this::write);
        return backend;
    }

    /** In blocks, as each listener needs the port of the same distance to it on the Java data plane too. */
    private void allocatePorts() {
        List<String> listeners = testCase.listeners();
        for (int i = 0; i < listeners.size(); i += Bench.REFERENCE_OFFSET) {
            int first = FreePorts.nextBlock(2 * Bench.REFERENCE_OFFSET);
            for (int j = i; j < Math.min(i + Bench.REFERENCE_OFFSET, listeners.size()); j++) {
                ports.put(listeners.get(j), first + j - i);
            }
        }
    }

    EchoBackend backend(String name) {
        EchoBackend own = backends.get(name);
        return own == null ? shared.get(name) : own;
    }

    Issued certificate(String name) {
        return Objects.requireNonNull(certificates.get(name), name);
    }

    Authorities authorities() {
        return authorities;
    }

    /** The port that a listener of the case is configured with. */
    Optional<Integer> port(String listener) {
        return Optional.ofNullable(ports.get(listener));
    }

    /** Whether explain can be asked about a listener: it speaks HTTP. */
    boolean isHttp(String listener) {
        return testCase.allResources().stream()
                .filter(document -> document.kind().equals("listener"))
                .filter(document -> document.name().equals(listener))
                .map(Document::spec)
                .anyMatch(spec -> spec.has("http") || spec.has("https"));
    }

    /** Backends begin their answers anew, and what they were asked is forgotten. */
    void restart() {
        testCase.backends().forEach((name, spec) -> {
            backend(name).answer(spec.answers());
            backend(name).answerPaths(spec.byPath());
        });
        synchronized (journal) {
            journal.clear();
        }
    }

    private void write(EchoRequest request) {
        synchronized (journal) {
            journal.add(request);
        }
    }

    /**
     * What the case's own backends were asked since the last {@link #restart}, in order.
     *
     * @param atLeast how much there has to be of each; waits a while for it
     */
    List<EchoRequest> asked(Map<String, Integer> atLeast) {
        return Waiting.until(SOON, () -> Optional.of(journal()).filter(all -> hasAll(all, atLeast)))
                .orElseGet(this::journal);
    }

    private List<EchoRequest> journal() {
        synchronized (journal) {
            return List.copyOf(journal);
        }
    }

    private static boolean hasAll(List<EchoRequest> requests, Map<String, Integer> atLeast) {
        return atLeast.entrySet().stream()
                .allMatch(e -> requests.stream()
                                .filter(request -> request.backend().equals(e.getKey()))
                                .count()
                        >= e.getValue());
    }

    @Override
    public void close() {
        backends.values().forEach(EchoBackend::close);
    }
}
