package io.signalbox.cli.routecheck;

import io.signalbox.routing.HeaderCondition;
import java.util.List;
import java.util.Map;

/**
 * One test. Source: Envoy, "Route table check tool".
 *
 * @param randomValue what the dice show
 * @param runtime the key of the runtime setting that is enabled; empty for none
 * @param response the headers of the response before the route changes them
 * @param expected what is expected, by the field's name in the format
 */
record RouteTest(
        String name,
        CheckedRequest request,
        long randomValue,
        String runtime,
        CheckedRequest response,
        Map<String, String> expected,
        List<HeaderCheck> headers) {

    /** A condition on one header of the request as it is sent, or of the response. */
    record HeaderCheck(boolean ofRequest, String text, HeaderCondition condition) {}
}
