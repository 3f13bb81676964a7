package io.signalbox.controlplane.validation;

import io.signalbox.controlplane.model.HealthCheck;
import io.signalbox.controlplane.model.LoadBalancing;
import io.signalbox.controlplane.model.LoadBalancing.RingHash;
import io.signalbox.controlplane.model.OutlierDetection;
import io.signalbox.controlplane.model.PoolSpec;
import io.signalbox.controlplane.model.SlowStart;
import io.signalbox.controlplane.model.Transport;
import io.signalbox.controlplane.model.UpstreamTls;
import java.math.BigInteger;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.Optional;

final class PoolRules {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration DAY = Duration.ofDays(1);
    private static final int CERTAIN = 50;

    private PoolRules() {}

    static void check(PoolSpec pool, Findings findings) {
        checkPolicy(pool.loadBalancing(), findings.at("loadBalancing"));
        checkTransport(pool.transport(), findings);
        pool.health().check().ifPresent(check -> checkHealth(check, findings.at("healthCheck")));
        if (pool.health().check().map(HealthCheck::probe).orElse(null) instanceof HealthCheck.Grpc
                && pool.transport().protocol() == Transport.Protocol.HTTP1) {
            findings.at("healthCheck.grpc")
                    .add("a pool that speaks HTTP/1", "protocol http2 or auto, as gRPC needs HTTP/2");
        }
        pool.health().outlierDetection().ifPresent(o -> checkOutliers(o, findings.at("outlierDetection")));
        if (pool.limits().retries().isPresent() && pool.limits().retryBudget().isPresent()) {
            findings.at("limits").add("both retries and retryBudget", "one of them");
        }
        EndpointRules.check(pool, findings);
    }

    private static void checkPolicy(LoadBalancing policy, Findings findings) {
        if (policy instanceof LoadBalancing.RoundRobin roundRobin) {
            checkSlowStart(roundRobin.slowStart(), findings.at("roundRobin"));
        } else if (policy instanceof LoadBalancing.LeastRequest leastRequest) {
            checkSlowStart(leastRequest.slowStart(), findings.at("leastRequest"));
        } else if (policy instanceof RingHash ring) {
            int minimum = ring.minimumSize().orElse(RingHash.USUAL_MINIMUM);
            int maximum = ring.maximumSize().orElse(RingHash.USUAL_MAXIMUM);
            if (minimum > maximum) {
                findings.at("ringHash.maximumSize").add("" + maximum, "at least the minimum size, " + minimum);
            }
        } else if (policy instanceof LoadBalancing.Maglev maglev) {
            maglev.tableSize().ifPresent(size -> {
                if (!BigInteger.valueOf(size).isProbablePrime(CERTAIN)) {
                    findings.at("maglev.tableSize").add("" + size, "a prime number");
                }
            });
        }
    }

    private static void checkSlowStart(Optional<SlowStart> slowStart, Findings findings) {
        slowStart.ifPresent(start -> DurationRules.check(start.window(), HOUR, findings.at("slowStart.window")));
    }

    private static void checkTransport(Transport transport, Findings findings) {
        transport
                .connectTimeout()
                .ifPresent(timeout -> DurationRules.check(timeout, MINUTE, findings.at("connectTimeout")));
        transport.tls().ifPresent(tls -> checkTls(tls, findings.at("tls")));
        if (transport.protocol() == Transport.Protocol.AUTO && transport.tls().isEmpty()) {
            findings.at("protocol").add("auto without tls", "tls, in whose handshake the protocol is chosen");
        }
    }

    private static void checkTls(UpstreamTls tls, Findings findings) {
        if (tls.trustedCertificates().isEmpty()) {
            if (!tls.names().isEmpty()) {
                findings.at("names")
                        .add("names, but no trusted certificates", "trustedCertificates to check them with");
            }
            return;
        }
        try {
            CertificateChain.parse(tls.trustedCertificates().get());
        } catch (CertificateException e) {
            findings.at("trustedCertificates").add(String.valueOf(e.getMessage()), "certificates in PEM");
        }
    }

    private static void checkHealth(HealthCheck check, Findings findings) {
        DurationRules.check(check.interval(), HOUR, findings.at("interval"));
        DurationRules.check(check.timeout(), HOUR, findings.at("timeout"));
    }

    private static void checkOutliers(OutlierDetection outliers, Findings findings) {
        outliers.interval().ifPresent(interval -> DurationRules.check(interval, HOUR, findings.at("interval")));
        outliers.baseEjectionTime().ifPresent(time -> {
            // Envoy's max_ejection_time, 300 s by default, bounds it too.
            DurationRules.check(time, DAY, findings.at("baseEjectionTime"));
        });
        if (outliers.consecutive5xx().isEmpty()
                && outliers.consecutiveGatewayFailures().isEmpty()) {
            findings.add("no rule", "at least one of consecutive5xx, consecutiveGatewayFailures");
        }
    }
}
