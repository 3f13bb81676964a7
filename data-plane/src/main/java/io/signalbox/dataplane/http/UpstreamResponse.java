package io.signalbox.dataplane.http;

import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponse;

/** The head of a backend's response as the filters get it. */
final class UpstreamResponse {
    private static final int FIRST_ERROR = 400;

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

    /** Whether a server that was asked for another protocol answers as if it had not been, and without an error either. */
    static boolean leavesUpgradeOut(RequestHead request, HttpResponse response) {
        int status = response.status().code();
        return request.upgrade()
                && !request.verb().equals(HttpMethod.CONNECT)
                && status != ResponseRules.SWITCHING_PROTOCOLS
                && status < FIRST_ERROR;
    }

    /** Whether bytes of another protocol follow. */
    static boolean opensTunnel(RequestHead request, HttpResponse response) {
        int status = response.status().code();
        return request.verb().equals(HttpMethod.CONNECT)
                ? status / 100 == 2
                : status == ResponseRules.SWITCHING_PROTOCOLS;
    }
}
