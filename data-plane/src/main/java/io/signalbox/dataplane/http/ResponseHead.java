package io.signalbox.dataplane.http;

import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;

/**
 * The head of a final response, before its protocol's framing.
 *
 * @param headers lower-case, to be changed freely; without hop-by-hop headers
 * @param bodiless whether no body follows: it is empty by its length, or the request or the status allow none
 */
record ResponseHead(HttpResponseStatus status, HttpHeaders headers, boolean bodiless) {
    int code() {
        return status.code();
    }
}
