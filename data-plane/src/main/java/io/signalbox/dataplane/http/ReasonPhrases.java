package io.signalbox.dataplane.http;

import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.Map;

/** Status lines as Envoy writes them: its own phrase for each status, whatever the backend's was. */
final class ReasonPhrases {
    private static final Map<Integer, String> DIFFERENT = Map.of(
            208, "Already Reported",
            226, "IM Used",
            413, "Payload Too Large",
            414, "URI Too Long",
            416, "Range Not Satisfiable",
            425, "Too Early",
            508, "Loop Detected",
            599, "Last Unassigned Server Error Code");

    /** Netty knows it, Envoy does not. */
    private static final HttpResponseStatus[] BY_CODE = new HttpResponseStatus[600];

    static {
        for (int code = 200; code < BY_CODE.length; code++) {
            BY_CODE[code] = create(code);
        }
    }

    private ReasonPhrases() {}

    static HttpResponseStatus status(int code) {
        return code >= 200 && code < BY_CODE.length ? BY_CODE[code] : new HttpResponseStatus(code, "Unknown");
    }

    private static HttpResponseStatus create(int code) {
        String own = DIFFERENT.get(code);
        if (own != null) {
            return new HttpResponseStatus(code, own);
        }
        HttpResponseStatus netty = HttpResponseStatus.valueOf(code);
        // Netty names unknown ones after their class: "Client Error (499)".
        boolean known = netty.reasonPhrase().indexOf('(') < 0;
        return known ? netty : new HttpResponseStatus(code, "Unknown");
    }
}
