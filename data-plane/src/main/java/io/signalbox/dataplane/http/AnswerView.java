package io.signalbox.dataplane.http;

import io.netty.handler.codec.http.HttpHeaders;
import io.signalbox.routing.UnknownRequest;
import java.util.List;

/** The headers of an answer, for conditions that are the same for both sides. There is nothing else to look at. */
record AnswerView(HttpHeaders headers) implements UnknownRequest {
    @Override
    public List<String> headers(String lowerCaseName) {
        return headers.getAll(lowerCaseName);
    }
}
