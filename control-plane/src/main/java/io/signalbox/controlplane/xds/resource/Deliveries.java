package io.signalbox.controlplane.xds.resource;

import com.google.protobuf.Any;
import com.google.protobuf.UInt32Value;
import io.envoyproxy.envoy.config.core.v3.RuntimeFractionalPercent;
import io.envoyproxy.envoy.config.route.v3.RetryPolicy;
import io.envoyproxy.envoy.config.route.v3.RouteAction;
import io.envoyproxy.envoy.config.route.v3.RouteAction.RequestMirrorPolicy;
import io.envoyproxy.envoy.extensions.retry.host.previous_hosts.v3.PreviousHostsPredicate;
import io.envoyproxy.envoy.type.v3.FractionalPercent;
import io.envoyproxy.envoy.type.v3.FractionalPercent.DenominatorType;
import io.signalbox.controlplane.model.Delivery;
import java.util.ArrayList;
import java.util.List;

/** Timeouts, retries and mirrors. Envoy: {@code RouteAction}, {@code RetryPolicy}, {@code RequestMirrorPolicy}. */
final class Deliveries {
    private static final String STATUSES = "retriable-status-codes";
    private static final String HEADERS = "retriable-headers";

    /** How often a server that was tried before is drawn again before it is taken; Envoy's documentation suggests 5. */
    private static final int DRAWS = 5;

    private Deliveries() {}

    static void set(RouteAction.Builder proto, Delivery delivery) {
        delivery.timeout().map(Clusters::duration).ifPresent(proto::setTimeout);
        delivery.idleTimeout().map(Clusters::duration).ifPresent(proto::setIdleTimeout);
        delivery.retry().map(Deliveries::retry).ifPresent(proto::setRetryPolicy);
        delivery.mirrors().forEach(mirror -> proto.addRequestMirrorPolicies(mirror(mirror)));
    }

    private static RetryPolicy retry(Delivery.Retry retry) {
        List<String> on = new ArrayList<>(retry.on());
        if (!retry.statuses().isEmpty()) {
            on.add(STATUSES);
        }
        if (!retry.headers().isEmpty()) {
            on.add(HEADERS);
        }
        RetryPolicy.Builder proto = RetryPolicy.newBuilder()
                .setRetryOn(String.join(",", on))
                .addAllRetriableStatusCodes(retry.statuses())
                .setNumRetries(UInt32Value.of(retry.attempts()));
        retry.headers().forEach(header -> proto.addRetriableHeaders(Conditions.header(header)));
        retry.onlyRequestsWith().forEach(header -> proto.addRetriableRequestHeaders(Conditions.header(header)));
        retry.perTryTimeout().map(Clusters::duration).ifPresent(proto::setPerTryTimeout);
        retry.backOff().ifPresent(backOff -> {
            proto.getRetryBackOffBuilder().setBaseInterval(Clusters.duration(backOff.base()));
            backOff.max().map(Clusters::duration).ifPresent(proto.getRetryBackOffBuilder()::setMaxInterval);
        });
        if (retry.otherHost()) {
            proto.addRetryHostPredicateBuilder()
                    .setName("envoy.retry_host_predicates.previous_hosts")
                    .setTypedConfig(Any.pack(PreviousHostsPredicate.getDefaultInstance()));
            proto.setHostSelectionRetryMaxAttempts(DRAWS);
        }
        return proto.build();
    }

    private static RequestMirrorPolicy mirror(Delivery.Mirror mirror) {
        return RequestMirrorPolicy.newBuilder()
                .setCluster(mirror.pool())
                .setRuntimeFraction(RuntimeFractionalPercent.newBuilder()
                        .setDefaultValue(FractionalPercent.newBuilder()
                                .setNumerator(mirror.millionths())
                                .setDenominator(DenominatorType.MILLION)))
                .build();
    }
}
