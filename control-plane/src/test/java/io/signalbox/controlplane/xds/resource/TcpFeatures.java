package io.signalbox.controlplane.xds.resource;

import io.signalbox.controlplane.compile.ConfigDraft;
import io.signalbox.controlplane.model.AccessLog;
import io.signalbox.controlplane.model.HeaderEdits;
import io.signalbox.controlplane.model.Http2;
import io.signalbox.controlplane.model.Labels;
import io.signalbox.controlplane.model.ListenerEdge;
import io.signalbox.controlplane.model.ListenerSpec;
import io.signalbox.controlplane.model.Passthrough;
import io.signalbox.controlplane.model.TcpForward;
import io.signalbox.controlplane.model.TcpForward.Arm;
import io.signalbox.controlplane.model.TlsHandshake;
import io.signalbox.controlplane.model.Trust;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Connections that are passed on byte for byte. */
final class TcpFeatures {
    private TcpFeatures() {}

    /** All else as usual; and with shares, labels and limits, where the arm that takes nothing is not told. */
    static ConfigDraft tcp() {
        TcpForward split = new TcpForward(
                List.of(
                        new Arm("db", 95, new Labels(new TreeMap<>(Map.of("role", "primary")))),
                        new Arm("next", 5),
                        new Arm("old", 0)),
                Duration.ZERO,
                3,
                true);
        return pools().listener("plain", listener(new ListenerSpec.Tcp(new TcpForward(List.of(new Arm("db", 1))))))
                .listener(
                        "split",
                        new ListenerSpec(
                                "127.0.0.1",
                                0,
                                new ListenerSpec.Tcp(split),
                                ListenerEdge.DEFAULT,
                                HeaderEdits.NONE,
                                Optional.of(new AccessLog(
                                        new AccessLog.Text("%UPSTREAM_HOST% %BYTES_SENT%"), Optional.empty()))));
    }

    /** Beside clients of two kinds. */
    static ConfigDraft passthrough() {
        List<Passthrough> passthrough = List.of(
                new Passthrough(List.of("db.test", "*.db.test"), new TcpForward(List.of(new Arm("db", 1)))),
                new Passthrough(
                        List.of("next.test"),
                        new TcpForward(
                                List.of(new Arm("next", 1, new Labels(new TreeMap<>(Map.of("role", "primary"))))),
                                Duration.ofSeconds(30),
                                1,
                                false)));
        ListenerEdge edge = new ListenerEdge(
                Optional.of(new Trust(1, List.of("10.0.0.0/8"), List.of())), Optional.empty(), Http2.DEFAULT);
        return pools().certificate("shop", "a chain", "a key")
                .listener(
                        "edge",
                        new ListenerSpec(
                                "127.0.0.1",
                                0,
                                new ListenerSpec.Https(List.of("shop"), TlsHandshake.DEFAULT, passthrough),
                                edge,
                                HeaderEdits.NONE,
                                Optional.empty()));
    }

    private static ConfigDraft pools() {
        return new ConfigDraft().pool("db", 1).pool("next", 2).pool("old", 3);
    }

    private static ListenerSpec listener(ListenerSpec.Protocol protocol) {
        return new ListenerSpec("127.0.0.1", 0, protocol);
    }
}
