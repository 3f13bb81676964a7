package io.signalbox.dataplane.http;

import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.signalbox.dataplane.upstream.UpstreamFailure;
import io.signalbox.routing.Forwarding.Retries;
import io.signalbox.routing.HeaderCondition;
import io.signalbox.routing.RandomValue;
import io.signalbox.routing.RequestView;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whether a request is tried again, and how many tries are left. Confined to the exchange's event loop. Envoy: "Router",
 * {@code x-envoy-retry-on} and {@code x-envoy-retry-grpc-on}.
 */
final class RetryState {
    private static final Set<String> GRPC = Set.of("1", "4", "13", "8", "14");
    private static final int MOST_DOUBLINGS = 30;

    private final Retries policy;
    private final Set<String> on;
    private long left;
    private int made;
    private boolean refused;

    RetryState(Retries policy) {
        this.policy = policy;
        this.on = new HashSet<>(policy.on());
        this.left = policy.attempts();
    }

    /** Whether it is a request to be tried again at all; as it is when the route has changed its headers. */
    void admit(RequestView request) {
        List<HeaderCondition> conditions = policy.requestHeaders();
        refused = !conditions.isEmpty() && conditions.stream().noneMatch(condition -> condition.holds(request));
    }

    Retries policy() {
        return policy;
    }

    /** Whether an answer is one to try again for, if any tries are left. */
    boolean isFor(HttpResponse head) {
        if (refused || head.headers().contains(HeaderNames.OVERLOADED)) {
            return false;
        }
        int status = head.status().code();
        return on.contains("5xx") && status >= 500
                || on.contains("gateway-error") && status >= 502 && status <= 504
                || on.contains("retriable-4xx") && status == 409
                || on.contains("retriable-status-codes") && policy.statuses().contains(status)
                || on.contains("retriable-headers") && isForHeaders(head.headers())
                || isForGrpc(head.headers().get("grpc-status"));
    }

    private boolean isForHeaders(HttpHeaders answer) {
        RequestView view = new AnswerView(answer);
        return policy.headers().stream().anyMatch(condition -> condition.holds(view));
    }

    /** Envoy looks at the status only where it comes in the response's head. */
    private boolean isForGrpc(@Nullable String status) {
        return status != null
                && GRPC.contains(status)
                && on.contains(
                        switch (status) {
                            case "1" -> "cancelled";
                            case "4" -> "deadline-exceeded";
                            case "8" -> "resource-exhausted";
                            case "13" -> "internal";
                            default -> "unavailable";
                        });
    }

    /** Whether having no answer is a reason to try again, if any tries are left. */
    boolean isFor(UpstreamFailure failure) {
        return !refused
                && switch (failure) {
                    case OVERFLOW -> false;
                    case CONNECT_FAILED, CONNECT_TIMEOUT -> on.contains("connect-failure") || isForAny();
                    case REMOTE_REFUSED -> on.contains("refused-stream") || isForAny();
                    case DISCONNECTED, PROTOCOL_ERROR, REMOTE_RESET -> isForAny();
                };
    }

    /** Whether an answer that takes too long is a reason to try again. */
    boolean isForSlowTries() {
        return !refused && isForAny();
    }

    private boolean isForAny() {
        return on.contains("5xx") || on.contains("gateway-error") || on.contains("reset");
    }

    /** Takes one of the tries that are left; false if there is none. */
    boolean take() {
        if (left == 0) {
            return false;
        }
        left--;
        made++;
        return true;
    }

    /** How long to wait before the try that was taken last: at random, up to 1, 3, 7 … times the base. */
    Duration wait(RandomValue random) {
        long factor = (1L << Math.min(made, MOST_DOUBLINGS)) - 1;
        long most = Math.max(
                1,
                Math.min(
                        policy.baseInterval().toMillis() * factor,
                        policy.maxInterval().toMillis()));
        return Duration.ofMillis(Long.remainderUnsigned(random.next(), most));
    }
}
