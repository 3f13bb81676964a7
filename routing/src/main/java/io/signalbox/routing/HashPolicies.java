package io.signalbox.routing;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * What a route hashes requests by, bit by bit as Envoy does: the parts' hashes are taken in their order, what there is so
 * far rotated left by one bit and combined by exclusive or. Immutable.
 *
 * <p>Envoy asks for the hash that picks a host when it has made the route's changes to the request's headers and path, so
 * a data plane gives the changed request here.
 */
public final class HashPolicies {
    static final HashPolicies NONE = new HashPolicies(List.of());

    private final List<HashPolicy> policies;

    HashPolicies(List<HashPolicy> policies) {
        this.policies = List.copyOf(policies);
    }

    public boolean isEmpty() {
        return policies.isEmpty();
    }

    boolean includes(HeaderName header) {
        return policies.stream()
                .anyMatch(policy -> policy.source() instanceof HashPolicy.Header of
                        && of.name().equals(header));
    }

    /** The request's hash; empty when it has nothing of what is hashed, and a host is picked by chance. */
    public OptionalLong hash(RequestView request) {
        boolean any = false;
        long hash = 0;
        for (int i = 0; i < policies.size(); i++) {
            HashPolicy policy = policies.get(i);
            OptionalLong part = policy.source().hash(request);
            if (part.isPresent()) {
                hash = Long.rotateLeft(hash, 1) ^ part.getAsLong();
                any = true;
            }
            if (any && policy.terminal()) {
                break;
            }
        }
        return any ? OptionalLong.of(hash) : OptionalLong.empty();
    }

    /** The {@code set-cookie} values that the response must carry, for cookies that were generated for the hash. */
    public List<String> generatedCookies(RequestView request) {
        List<String> lines = List.of();
        boolean any = false;
        for (int i = 0; i < policies.size(); i++) {
            HashPolicy policy = policies.get(i);
            if (policy.source() instanceof HashPolicy.Cookie cookie) {
                String line = cookie.toSet(request);
                if (line != null) {
                    lines = lines.isEmpty() ? new ArrayList<>() : lines;
                    lines.add(line);
                }
            }
            any = any || policy.source().hash(request).isPresent();
            if (any && policy.terminal()) {
                break;
            }
        }
        return lines;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof HashPolicies that && policies.equals(that.policies);
    }

    @Override
    public int hashCode() {
        return policies.hashCode();
    }

    @Override
    public String toString() {
        return policies.toString();
    }
}
