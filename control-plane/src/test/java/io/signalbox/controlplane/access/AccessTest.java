package io.signalbox.controlplane.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.controlplane.access.Decision.OutsideScope;
import io.signalbox.controlplane.access.Decision.Permitted;
import io.signalbox.controlplane.access.Decision.RoleTooLow;
import io.signalbox.controlplane.model.Action;
import io.signalbox.controlplane.model.Action.WeightedPool;
import io.signalbox.controlplane.model.CertificateSpec;
import io.signalbox.controlplane.model.Endpoint;
import io.signalbox.controlplane.model.LoadBalancing;
import io.signalbox.controlplane.model.PoolSpec;
import io.signalbox.controlplane.model.PrivateKeyPem;
import io.signalbox.controlplane.model.Resource;
import io.signalbox.controlplane.model.RouteMatch;
import io.signalbox.controlplane.model.RouteMatch.PathMatch;
import io.signalbox.controlplane.model.RouteSpec;
import io.signalbox.controlplane.model.Spec;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccessTest {
    private static final Map<String, String> PAY = Map.of("team", "pay");
    private static final Scope LABELS = new Scope(Optional.of("team=pay"), Optional.empty());
    private static final Scope HOSTS = new Scope(Optional.empty(), Optional.of("Pay.test"));
    private static final Scope BOTH = new Scope(Optional.of("team=pay"), Optional.of("pay.test"));

    private static Resource<?> resource(Map<String, String> labels, Spec spec) {
        return Resource.written(Optional.empty(), "r", labels, spec, 1, Instant.EPOCH);
    }

    private static Resource<?> route(Map<String, String> labels, String... hosts) {
        return resource(labels, forward(List.of(hosts), new WeightedPool("a", 1), new WeightedPool("b", 1)));
    }

    private static RouteSpec forward(List<String> hosts, WeightedPool... pools) {
        return new RouteSpec(
                hosts,
                List.of(),
                0,
                new RouteMatch(new PathMatch.Prefix("/"), List.of(), List.of(), List.of(), List.of()),
                new Action.Forward(List.of(pools)));
    }

    private static Resource<?> pool(LoadBalancing loadBalancing, int... ports) {
        return resource(
                PAY,
                new PoolSpec(
                        loadBalancing,
                        java.util.Arrays.stream(ports)
                                .mapToObj(port -> new Endpoint("10.0.0.1", port, 1))
                                .toList()));
    }

    private static Decision edit(Role role, Scope scope, Resource<?> before, Resource<?> after) {
        return Access.permit(new Principal("p", role, scope), Optional.of(before), Optional.of(after));
    }

    private static Decision create(Scope scope, Resource<?> after) {
        return Access.permit(new Principal("p", Role.EDITOR, scope), Optional.empty(), Optional.of(after));
    }

    private static Decision delete(Scope scope, Resource<?> before) {
        return Access.permit(new Principal("p", Role.EDITOR, scope), Optional.of(before), Optional.empty());
    }

    @ParameterizedTest
    @CsvSource({"VIEWER,1000", "OPERATOR,1100", "EDITOR,1110", "ADMIN,1111"})
    void eachRoleMayWhatTheOneBeforeItMay(Role role, String may) {
        for (Role needed : Role.values()) {
            Decision expected = may.charAt(needed.ordinal()) == '1' ? new Permitted() : new RoleTooLow(role, needed);
            assertThat(Access.permit(new Principal("p", role, Scope.EVERYTHING), needed))
                    .isEqualTo(expected);
        }
    }

    @Test
    void operatorsEditEndpointsAndWeights() {
        LoadBalancing turns = new LoadBalancing.RoundRobin();
        assertThat(operator(pool(turns, 1), pool(turns, 1, 2))).isEqualTo(new Permitted());
        assertThat(operator(pool(turns, 1), pool(turns))).isEqualTo(new Permitted());
        assertThat(operator(pool(turns, 1), pool(new LoadBalancing.LeastRequest(), 1)))
                .isInstanceOf(RoleTooLow.class);

        Resource<?> split = route(PAY, "a");
        RouteSpec shifted = forward(List.of("a"), new WeightedPool("a", 0), new WeightedPool("b", 9));
        assertThat(operator(split, resource(PAY, shifted))).isEqualTo(new Permitted());
        assertThat(operator(split, resource(Map.of(), shifted))).isInstanceOf(RoleTooLow.class);
        RouteSpec swapped = forward(List.of("a"), new WeightedPool("b", 1), new WeightedPool("a", 1));
        assertThat(operator(split, resource(PAY, swapped))).isInstanceOf(RoleTooLow.class);
        assertThat(operator(split, resource(PAY, forward(List.of("a"), new WeightedPool("a", 1)))))
                .isInstanceOf(RoleTooLow.class);
        assertThat(operator(split, route(PAY, "b"))).isInstanceOf(RoleTooLow.class);
    }

    @Test
    void aNewKeyIsNoOperationalEdit() {
        assertThat(operator(
                        resource(PAY, new CertificateSpec("chain", new PrivateKeyPem("old"))),
                        resource(PAY, new CertificateSpec("chain", new PrivateKeyPem("new")))))
                .isInstanceOf(RoleTooLow.class);
    }

    @Test
    void operatorsNeitherCreateNorDelete() {
        Principal operator = new Principal("p", Role.OPERATOR, Scope.EVERYTHING);
        Optional<Resource<?>> there = Optional.of(pool(new LoadBalancing.RoundRobin()));
        assertThat(Access.permit(operator, there, Optional.empty())).isInstanceOf(RoleTooLow.class);
        assertThat(Access.permit(operator, Optional.empty(), there)).isInstanceOf(RoleTooLow.class);
    }

    @Test
    void operatorsKeepToTheirScope() {
        Resource<?> theirs = route(Map.of("team", "web"), "a");
        Resource<?> shifted = resource(
                Map.of("team", "web"), forward(List.of("a"), new WeightedPool("a", 0), new WeightedPool("b", 9)));
        assertThat(edit(Role.OPERATOR, LABELS, theirs, shifted)).isInstanceOf(OutsideScope.class);
    }

    @ParameterizedTest
    @CsvSource({
        "pay.test,true",
        "a.pay.test,true",
        "a.b.pay.test,true",
        "*.pay.test,true",
        "*.a.pay.test,true",
        "test,false",
        "*.test,false",
        "*,false",
        "pay.*,false",
        "pay.test.*,false",
        "evilpay.test,false",
        "pay.test.evil.com,false"
    })
    void hostsAreUnderTheSuffixOrNot(String host, boolean within) {
        assertThat(create(HOSTS, route(PAY, "a.pay.test", host)))
                .isEqualTo(within ? new Permitted() : new OutsideScope(HOSTS, "the host " + host));
    }

    @Test
    void whatHasNoHostsIsJudgedByLabels() {
        Resource<?> pool = pool(new LoadBalancing.RoundRobin());
        assertThat(create(LABELS, pool)).isEqualTo(new Permitted());
        assertThat(create(BOTH, pool)).isEqualTo(new Permitted());
        assertThat(create(HOSTS, pool)).isEqualTo(new OutsideScope(HOSTS, "a pool, which has no hosts"));
        assertThat(create(LABELS, route(Map.of(), "a"))).isEqualTo(new OutsideScope(LABELS, "no labels"));
    }

    @Test
    void bothBeforeAndAfterMustBeWithin() {
        Resource<?> mine = route(PAY, "a.pay.test");
        for (Resource<?> theirs : List.of(route(PAY, "www.test"), route(Map.of("team", "web"), "a.pay.test"))) {
            assertThat(edit(Role.EDITOR, BOTH, mine, theirs)).isInstanceOf(OutsideScope.class);
            assertThat(edit(Role.EDITOR, BOTH, theirs, mine)).isInstanceOf(OutsideScope.class);
            assertThat(delete(BOTH, theirs)).isInstanceOf(OutsideScope.class);
            assertThat(create(BOTH, theirs)).isInstanceOf(OutsideScope.class);
        }
        assertThat(edit(Role.EDITOR, BOTH, mine, route(PAY, "b.pay.test"))).isEqualTo(new Permitted());
        assertThat(delete(BOTH, mine)).isEqualTo(new Permitted());
    }

    @Test
    void noScopePromisesMoreThanItKeeps() {
        for (Role role : List.of(Role.ADMIN, Role.VIEWER)) {
            assertThatThrownBy(() -> new Principal("p", role, LABELS)).hasMessageContaining("expected: none");
        }
        assertThatThrownBy(() -> new Scope(Optional.of("a=b=c"), Optional.empty()))
                .hasMessageContaining("labelSelector a=b=c (expected");
        assertThatThrownBy(() -> new Scope(Optional.empty(), Optional.of("*.pay.test")))
                .hasMessageContaining("hostSuffix *.pay.test (expected");
        assertThat(BOTH.describe()).isEqualTo("labels team=pay, hosts under pay.test");
        assertThat(Scope.EVERYTHING.describe()).isEqualTo("everything");
    }

    private static Decision operator(Resource<?> before, Resource<?> after) {
        return edit(Role.OPERATOR, Scope.EVERYTHING, before, after);
    }
}
