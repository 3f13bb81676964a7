package io.signalbox.controlplane.explain;

import com.google.common.net.InetAddresses;
import io.signalbox.controlplane.model.SampleRequest;
import io.signalbox.routing.ConnectionView;
import io.signalbox.routing.ForwardedFor;
import io.signalbox.routing.RepeatedHeaders;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;

/**
 * Where a request comes from.
 *
 * @param peer who connected
 * @param client whom the listener takes for the client: the peer, or whom trusted hops name
 */
record EdgeClient(InetAddress peer, InetAddress client) implements ConnectionView {
    /** @param lines of the request, without what the listener removes */
    static EdgeClient of(SampleRequest sample, EdgePolicy.Trust trust, Map<String, List<String>> lines) {
        InetAddress peer = InetAddresses.forString(sample.client().orElse(EdgeRequest.CLIENT));
        String before = RepeatedHeaders.join(lines.getOrDefault("x-forwarded-for", List.of("")));
        return new EdgeClient(
                peer,
                ForwardedFor.client(before, trust.edge() ? trust.hops() : 0)
                        .filter(text -> text.indexOf('%') < 0 && InetAddresses.isInetAddress(text))
                        .map(InetAddresses::forString)
                        .orElse(peer));
    }

    @Override
    public String remoteAddress() {
        return InetAddresses.toUriString(client) + ":0";
    }

    @Override
    public String directRemoteAddress() {
        return InetAddresses.toUriString(peer) + ":0";
    }
}
