package io.signalbox.dataplane.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.signalbox.dataplane.config.Encoding;
import io.signalbox.dataplane.config.FilterConfig.Compressor;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the compressors of one exchange agree on: which of them compresses, if any. It is decided when the first of them sees the
 * response. Confined to the exchange's event loop.
 */
final class Encodings {
    private final @Nullable String wanted;
    private final List<Compressor> offers = new ArrayList<>(3);
    private @Nullable Optional<String> chosen;

    /** @param wanted the request's {@code accept-encoding} as it came; null for none */
    Encodings(@Nullable String wanted) {
        this.wanted = wanted;
    }

    /** In the order of filters. */
    void offer(Compressor compressor) {
        offers.add(compressor);
    }

    boolean isChosen(Encoding encoding, HttpHeaders response) {
        if (chosen == null) {
            chosen = choose(response);
        }
        return chosen.filter(encoding.token()::equals).isPresent();
    }

    private Optional<String> choose(HttpHeaders response) {
        List<Compressor> fitting =
                offers.stream().filter(offer -> fits(offer, response)).toList();
        Set<String> first = fitting.stream()
                .filter(Compressor::chooseFirst)
                .map(offer -> offer.encoding().token())
                .collect(Collectors.toSet());
        return AcceptEncoding.choose(
                wanted,
                fitting.stream()
                        .map(offer -> offer.encoding().token())
                        .distinct()
                        .toList(),
                first);
    }

    /** Whether the type of the response is one that it compresses. */
    static boolean fits(Compressor compressor, HttpHeaders response) {
        String type = response.get(HttpHeaderNames.CONTENT_TYPE);
        return type == null
                || type.isEmpty()
                || compressor
                        .contentTypes()
                        .contains(type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT));
    }
}
