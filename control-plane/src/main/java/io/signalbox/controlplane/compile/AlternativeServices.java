package io.signalbox.controlplane.compile;

import io.signalbox.controlplane.model.HeaderChanges;
import io.signalbox.controlplane.model.HeaderChanges.Value;
import io.signalbox.controlplane.model.HeaderEdits;
import io.signalbox.controlplane.model.Http3;
import io.signalbox.controlplane.model.ListenerSpec;
import io.signalbox.controlplane.model.ListenerSpec.Https;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How clients learn that a listener speaks HTTP/3, which they cannot ask for over TCP (RFC 7838, {@code alt-svc}). */
final class AlternativeServices {
    private static final String NAME = "alt-svc";

    /** Seconds for which clients remember it: a day, as is usual. */
    private static final int MAX_AGE = 86_400;

    private AlternativeServices() {}

    /** What is changed about headers on the listener, the header among it unless the listener sets it otherwise. */
    static HeaderEdits told(ListenerSpec listener) {
        HeaderChanges response = listener.headers().response();
        Optional<Http3> http3 =
                listener.protocol() instanceof Https https ? https.handshake().http3() : Optional.empty();
        boolean said = response.set().stream().anyMatch(value -> value.name().equals(NAME));
        if (http3.isEmpty() || said) {
            return listener.headers();
        }
        int port = http3.get().advertisedPort().orElse(listener.port());
        List<Value> set = new ArrayList<>(response.set());
        set.add(new Value(NAME, "h3=\":" + port + "\"; ma=" + MAX_AGE));
        return new HeaderEdits(
                listener.headers().request(),
                new HeaderChanges(
                        set, response.setIfPresent(), response.setIfAbsent(), response.add(), response.remove()));
    }
}
