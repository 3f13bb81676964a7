package io.signalbox.controlplane.rest;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.google.common.net.InetAddresses;
import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.signalbox.controlplane.access.Principal;
import io.signalbox.controlplane.rest.RequestLimits.Rate;
import jakarta.ws.rs.core.HttpHeaders;
import java.net.Inet6Address;
import java.time.Duration;
import java.util.Arrays;

/** Counts requests, for each replica by itself. Any thread. Who asks too often gets 429. */
final class RateLimits {
    /** Who was quiet for so long starts with a full bucket anyhow. */
    private static final Duration FORGET = Duration.ofMinutes(10);

    private static final int MOST_CALLERS = 50_000;

    private final Buckets reads;
    private final Buckets writes;
    private final Buckets failures;

    RateLimits(RequestLimits limits) {
        reads = new Buckets(limits.reads());
        writes = new Buckets(limits.writes());
        failures = new Buckets(limits.failures());
    }

    /** @throws ProblemException 429 */
    void count(Principal principal, boolean write) {
        Buckets buckets = write ? writes : reads;
        buckets.take(
                principal.name(),
                "The limit of " + buckets.describe() + (write ? " writes" : " reads") + " for " + principal.name()
                        + " is reached.");
    }

    /** @throws ProblemException 429 */
    void countFailure(String address) {
        failures.take(network(address), "Too many wrong tokens come from " + address + ".");
    }

    /** Of IPv6 the first 64 bits: whoever has one address mostly has all that begin like it. */
    static String network(String address) {
        return InetAddresses.isInetAddress(address) && InetAddresses.forString(address) instanceof Inet6Address six
                ? Arrays.toString(Arrays.copyOf(six.getAddress(), 8))
                : address;
    }

    private static final class Buckets {
        private final Rate rate;
        private final Cache<String, Bucket> buckets = Caffeine.newBuilder()
                .expireAfterAccess(FORGET)
                .maximumSize(MOST_CALLERS)
                .build();

        Buckets(Rate rate) {
            this.rate = rate;
        }

        void take(String key, String message) {
            ConsumptionProbe probe = buckets.get(key, this::newBucket).tryConsumeAndReturnRemaining(1);
            if (!probe.isConsumed()) {
                long seconds = Duration.ofNanos(probe.getNanosToWaitForRefill()).toSeconds() + 1;
                throw new ProblemException(Problem.of(429, "too-many-requests", "Too many requests", message)
                        .withHeader(HttpHeaders.RETRY_AFTER, Long.toString(seconds)));
            }
        }

        private Bucket newBucket(String key) {
            return Bucket.builder()
                    .addLimit(Bandwidth.builder()
                            .capacity(rate.burst())
                            .refillGreedy(rate.perSecond(), Duration.ofSeconds(1))
                            .build())
                    .build();
        }

        String describe() {
            return rate.perSecond() + " a second";
        }
    }
}
