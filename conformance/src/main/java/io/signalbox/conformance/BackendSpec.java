package io.signalbox.conformance;

import io.signalbox.local.EchoAnswer;
import io.signalbox.local.EchoOptions.Protocol;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A backend of a case's own.
 *
 * @param answers given one after the other, from the first one again for each request of the case, however often that is
 *     made; the last one for ever
 * @param byPath given instead to requests whose path begins so; the first that fits
 * @param health what health checks get, which count for nothing else
 */
record BackendSpec(
        List<EchoAnswer> answers,
        Map<String, EchoAnswer> byPath,
        EchoAnswer health,
        Protocol protocol,
        Optional<Tls> tls) {
    BackendSpec {
        answers = List.copyOf(answers);
        byPath = new LinkedHashMap<>(byPath);
    }

    /**
     * @param certificate by its name in the case
     * @param clientAuthority by whom clients must have a certificate
     */
    record Tls(String certificate, Optional<String> clientAuthority) {}
}
