package io.signalbox.local;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** How an echo backend answers, settable while it runs, and what it counted. Any thread may call. */
final class EchoBehaviour {
    /** @param next the place of the next answer in the list */
    private record Script(List<EchoAnswer> answers, AtomicInteger next) {
        EchoAnswer take() {
            return answers.get(next.getAndUpdate(i -> Math.min(i + 1, answers.size() - 1)));
        }
    }

    private record Failures(double rate, int status) {}

    private final AtomicInteger inFlight = new AtomicInteger();
    private final AtomicLong total = new AtomicLong();
    private volatile Duration delay = Duration.ZERO;
    private volatile Failures failures = new Failures(0, EchoAnswer.OK.status());
    private volatile Script script = new Script(List.of(EchoAnswer.OK), new AtomicInteger());
    private volatile Map<String, EchoAnswer> byPath = Map.of();
    private volatile Optional<EchoAnswer> health = Optional.empty();
    private volatile Consumer<EchoRequest> journal = request -> {};

    void delay(Duration each) {
        delay = each;
    }

    void fail(double rate, int status) {
        if (!(rate >= 0 && rate <= 1)) {
            throw new IllegalArgumentException("a failure rate of " + rate + " (expected: 0 to 1)");
        }
        failures = new Failures(rate, status);
    }

    void answer(List<EchoAnswer> answers) {
        script = new Script(List.copyOf(answers), new AtomicInteger());
    }

    void answerPaths(Map<String, EchoAnswer> answers) {
        byPath = new LinkedHashMap<>(answers);
    }

    void health(EchoAnswer answer) {
        health = Optional.of(answer);
    }

    void tell(Consumer<EchoRequest> other) {
        journal = other;
    }

    int inFlight() {
        return inFlight.get();
    }

    long total() {
        return total.get();
    }

    /** Counts a request in and chooses its answer. */
    EchoAnswer received(String path) {
        inFlight.incrementAndGet();
        long before = total.getAndIncrement();
        Failures current = failures;
        boolean fails = Math.floor((before + 1) * current.rate()) > Math.floor(before * current.rate());
        EchoAnswer next = byPath.entrySet().stream()
                .filter(answer -> path.startsWith(answer.getKey()))
                .findFirst()
                .map(Map.Entry::getValue)
                .orElseGet(script::take);
        return next.with(fails ? current.status() : next.status(), next.delay().plus(delay));
    }

    /** What proxies get that ask whether the server is well, when that is not to count as a request. */
    Optional<EchoAnswer> health() {
        return health;
    }

    /** Tells of a request that was read to its end. */
    void asked(EchoRequest request) {
        journal.accept(request);
    }

    /** Counts a request out, answered or given up by the client. */
    void done() {
        inFlight.decrementAndGet();
    }
}
