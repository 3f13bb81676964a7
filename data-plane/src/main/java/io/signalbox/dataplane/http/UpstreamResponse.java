package io.signalbox.dataplane.http;

import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;

/** The head of a backend's response as the filters get it. */
final class UpstreamResponse {
    private UpstreamResponse() {}

    static ResponseHead head(RequestHead request, HttpResponse response) {
        int status = response.status().code();
        boolean bodiless = request.method().equals("HEAD")
                || status == 204
                || status == 304
                || "0".equals(response.headers().get(HeaderNames.CONTENT_LENGTH));
        HttpHeaders headers = HopByHop.strip(response.headers(), status == ResponseRules.SWITCHING_PROTOCOLS);
        return new ResponseHead(ReasonPhrases.status(status), headers, bodiless);
    }
}
