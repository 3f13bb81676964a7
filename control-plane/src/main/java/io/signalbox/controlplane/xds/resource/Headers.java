package io.signalbox.controlplane.xds.resource;

import io.envoyproxy.envoy.config.core.v3.HeaderValue;
import io.envoyproxy.envoy.config.core.v3.HeaderValueOption;
import io.envoyproxy.envoy.config.core.v3.HeaderValueOption.HeaderAppendAction;
import io.envoyproxy.envoy.config.route.v3.Route;
import io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import io.envoyproxy.envoy.config.route.v3.VirtualHost;
import io.envoyproxy.envoy.config.route.v3.WeightedCluster.ClusterWeight;
import io.signalbox.controlplane.model.HeaderChanges;
import io.signalbox.controlplane.model.HeaderEdits;
import java.util.ArrayList;
import java.util.List;

/**
 * Header changes on the four levels that Envoy has for them. Those of a listener stand in its route table, so that a change
 * closes no connection.
 *
 * <p>The narrower level goes first, Envoy's default: the wider one can set a default with {@code setIfAbsent} and has the
 * last word with {@code set}. Envoy: {@code HeaderValueOption}, "Custom request/response headers".
 */
final class Headers {
    private Headers() {}

    static void set(RouteConfiguration.Builder proto, HeaderEdits edits) {
        proto.addAllRequestHeadersToAdd(added(edits.request()))
                .addAllRequestHeadersToRemove(edits.request().remove())
                .addAllResponseHeadersToAdd(added(edits.response()))
                .addAllResponseHeadersToRemove(edits.response().remove());
    }

    static void set(VirtualHost.Builder proto, HeaderEdits edits) {
        proto.addAllRequestHeadersToAdd(added(edits.request()))
                .addAllRequestHeadersToRemove(edits.request().remove())
                .addAllResponseHeadersToAdd(added(edits.response()))
                .addAllResponseHeadersToRemove(edits.response().remove());
    }

    static void set(Route.Builder proto, HeaderEdits edits) {
        proto.addAllRequestHeadersToAdd(added(edits.request()))
                .addAllRequestHeadersToRemove(edits.request().remove())
                .addAllResponseHeadersToAdd(added(edits.response()))
                .addAllResponseHeadersToRemove(edits.response().remove());
    }

    static void set(ClusterWeight.Builder proto, HeaderEdits edits) {
        proto.addAllRequestHeadersToAdd(added(edits.request()))
                .addAllRequestHeadersToRemove(edits.request().remove())
                .addAllResponseHeadersToAdd(added(edits.response()))
                .addAllResponseHeadersToRemove(edits.response().remove());
    }

    private static List<HeaderValueOption> added(HeaderChanges changes) {
        List<HeaderValueOption> added = new ArrayList<>();
        add(changes.set(), HeaderAppendAction.OVERWRITE_IF_EXISTS_OR_ADD, added);
        add(changes.setIfPresent(), HeaderAppendAction.OVERWRITE_IF_EXISTS, added);
        add(changes.setIfAbsent(), HeaderAppendAction.ADD_IF_ABSENT, added);
        add(changes.add(), HeaderAppendAction.APPEND_IF_EXISTS_OR_ADD, added);
        return added;
    }

    private static void add(List<HeaderChanges.Value> values, HeaderAppendAction action, List<HeaderValueOption> to) {
        for (HeaderChanges.Value value : values) {
            to.add(HeaderValueOption.newBuilder()
                    .setHeader(HeaderValue.newBuilder().setKey(value.name()).setValue(value.value()))
                    .setAppendAction(action)
                    .build());
        }
    }
}
