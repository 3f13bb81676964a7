package io.signalbox.controlplane.app;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.signalbox.controlplane.access.Role;
import io.signalbox.controlplane.access.Scope;
import io.signalbox.controlplane.authentication.OidcConfig;
import io.signalbox.controlplane.rest.RequestLimits;
import io.signalbox.controlplane.rest.RequestLimits.Rate;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** What the configuration file says about who may use the API, and how often. */
final class AccessSections {
    private AccessSections() {}

    static Role role(String where, String word) {
        return Role.find(word)
                .orElseThrow(() -> new IllegalArgumentException(
                        where + ": role " + word + " (expected: one of viewer, operator, editor, admin)"));
    }

    record Oidc(
            @JsonProperty(required = true) URI issuer,
            @JsonProperty(required = true) String audience,
            Optional<String> nameClaim,
            Optional<String> prefix,
            @JsonProperty(required = true) List<Grant> grants) {
        OidcConfig toConfig() {
            return new OidcConfig(
                    issuer,
                    audience,
                    nameClaim.orElse("sub"),
                    prefix.orElse("oidc"),
                    grants.stream().map(Grant::toGrant).toList());
        }
    }

    record Grant(
            @JsonProperty(required = true) String claim,
            Optional<String> value,
            @JsonProperty(required = true) String role,
            Optional<String> labelSelector,
            Optional<String> hostSuffix) {
        OidcConfig.Grant toGrant() {
            return new OidcConfig.Grant(
                    claim, value, AccessSections.role("oidc.grants", role), new Scope(labelSelector, hostSuffix));
        }
    }

    record Limits(Optional<Limit> reads, Optional<Limit> writes, Optional<Limit> failures) {
        RequestLimits toLimits() {
            RequestLimits standard = RequestLimits.DEFAULT;
            return new RequestLimits(
                    reads.map(Limit::toRate).orElse(standard.reads()),
                    writes.map(Limit::toRate).orElse(standard.writes()),
                    failures.map(Limit::toRate).orElse(standard.failures()));
        }
    }

    record Limit(
            @JsonProperty(required = true) int perSecond,
            @JsonProperty(required = true) int burst) {
        Rate toRate() {
            return new Rate(perSecond, burst);
        }
    }
}
