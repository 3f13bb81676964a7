package io.signalbox.conformance;

import io.signalbox.local.EchoAnswer;
import io.signalbox.local.EchoOptions.Protocol;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the backends of a case file. */
final class BackendParser {
    private static final int OK = 200;
    private static final String STATUS = "status";
    private static final int MAX_BODY_BYTES = 16 << 20;
    private static final Pattern SECONDS = Pattern.compile("(\\d{1,3})(?:\\.(\\d{1,3}))?s");

    private final CaseNames names;

    BackendParser(CaseNames names) {
        this.names = names;
    }

    BackendSpec parse(Node node) {
        List<EchoAnswer> answers =
                node.list("answers", STATUS).stream().map(this::answer).toList();
        Map<String, EchoAnswer> byPath = new LinkedHashMap<>();
        node.children("byPath", STATUS).forEach((path, answer) -> byPath.put(path, answer(answer)));
        Optional<BackendSpec.Tls> tls = node.has("tls") ? Optional.of(tls(node.child("tls"))) : Optional.empty();
        Protocol protocol = protocol(node);
        if (protocol == Protocol.AUTO && tls.isEmpty()) {
            node.fault("protocol", "auto without tls (expected: http1 or http2)");
        }
        BackendSpec backend = new BackendSpec(
                answers.isEmpty() ? List.of(EchoAnswer.OK) : answers,
                byPath,
                node.find("health", STATUS).map(this::answer).orElse(EchoAnswer.OK),
                protocol,
                tls);
        node.refuseOthers();
        return backend;
    }

    private static Protocol protocol(Node node) {
        String text = node.text("protocol").orElse("http1");
        for (Protocol protocol : Protocol.values()) {
            if (protocol.name().toLowerCase(Locale.ROOT).equals(text)) {
                return protocol;
            }
        }
        node.fault("protocol", text + " (expected: http1, http2, auto or tcp)");
        return Protocol.HTTP1;
    }

    private BackendSpec.Tls tls(Node node) {
        BackendSpec.Tls tls = new BackendSpec.Tls(node.required("certificate"), node.text("clientAuthority"));
        CaseNames.check(node, "certificate", tls.certificate(), names.certificates());
        node.refuseOthers();
        return tls;
    }

    private EchoAnswer answer(Node node) {
        EchoAnswer answer = new EchoAnswer(
                node.integer(STATUS, OK),
                duration(node, "delay"),
                node.lists("headers"),
                node.optionalInteger("bodyBytes"),
                node.flag("close", false));
        answer.bodyBytes().ifPresent(bytes -> {
            if (bytes < 0 || bytes > MAX_BODY_BYTES) {
                node.fault("bodyBytes", bytes + " (expected: 0 to " + MAX_BODY_BYTES + ")");
            }
        });
        node.refuseOthers();
        return answer;
    }

    private static Duration duration(Node node, String field) {
        Optional<String> text = node.text(field);
        if (text.isEmpty()) {
            return Duration.ZERO;
        }
        Matcher matcher = SECONDS.matcher(text.get());
        if (!matcher.matches()) {
            node.fault(field, text.get() + " (expected: seconds, 1.5s)");
            return Duration.ZERO;
        }
        return Duration.parse("PT" + text.get().toUpperCase(Locale.ROOT));
    }
}
