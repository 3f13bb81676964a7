package io.signalbox.controlplane.alert;

import static io.signalbox.controlplane.alert.Canaries.at;
import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.controlplane.change.Changes;
import io.signalbox.controlplane.model.CanarySpec;
import io.signalbox.controlplane.model.Spec;
import io.signalbox.controlplane.store.Revision;
import io.signalbox.controlplane.store.RevisionChanges;
import io.signalbox.controlplane.store.RevisionChanges.ResourceChange;
import io.signalbox.controlplane.store.RevisionChanges.State;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class CanaryAlertTest {
    private static final Revision REVISION = new Revision(
            17, "signalbox", Optional.of("Abort canary c: 9 of 100"), Instant.parse("2026-01-01T12:00:00Z"));

    static List<Arguments> moves() {
        return List.of(
                Arguments.of(at("initialized", 0), at("progressing", 0), "started"),
                Arguments.of(at("failed", 2), at("progressing", 0), "started"),
                Arguments.of(at("progressing", 0), at("progressing", 1), "advanced"),
                Arguments.of(at("progressing", 1), at("progressing", 1, 50), "held"),
                Arguments.of(at("progressing", 1, 50), at("progressing", 1), "resumed"),
                Arguments.of(at("progressing", 0, 20), at("progressing", 1), "resumed"),
                Arguments.of(at("progressing", 1), at("progressing", 1, 51), "changed"),
                Arguments.of(at("progressing", 1, 50), at("progressing", 1, 0), "changed"),
                Arguments.of(at("progressing", 1), at("progressing", 0), "changed"),
                Arguments.of(at("progressing", 0), at("initialized", 0), "changed"),
                Arguments.of(at("progressing", 2), at("promoted", 2), "promoted"),
                Arguments.of(at("progressing", 1, 7), at("promoted", 2), "promoted"),
                Arguments.of(at("promoted", 2), at("succeeded", 2), "succeeded"),
                Arguments.of(at("promoted", 2), at("failed", 2), "failed"),
                Arguments.of(at("progressing", 1), at("failed", 1), "failed"));
    }

    @ParameterizedTest
    @MethodSource("moves")
    void isToldHowACanaryMoves(CanarySpec before, CanarySpec after, String word) {
        assertThat(alerts(Optional.of(before), Optional.of(after)))
                .singleElement()
                .satisfies(alert -> assertThat(alert.transition().word()).isEqualTo(word));
    }

    static List<Arguments> others() {
        return List.of(
                Arguments.of(at("progressing", 1), at("progressing", 1)),
                Arguments.of(at("progressing", 1, 50), at("progressing", 1, 50)),
                Arguments.of(at("initialized", 0), at("initialized", 0, 30)),
                Arguments.of(at("failed", 1, 20), at("failed", 1)),
                Arguments.of(at("promoted", 2), at("promoted", 2)));
    }

    @ParameterizedTest
    @MethodSource("others")
    void whereItStaysThereIsNothingToTell(CanarySpec before, CanarySpec after) {
        assertThat(alerts(Optional.of(before), Optional.of(after))).isEmpty();
    }

    @Test
    void creationAndDeletionOfWhatIsNotOnItsWayAreNoMovesAndNeitherAreOtherKinds() {
        for (String phase : List.of("initialized", "succeeded", "failed")) {
            assertThat(alerts(Optional.empty(), Optional.of(at(phase, 1)))).isEmpty();
            assertThat(alerts(Optional.of(at(phase, 1)), Optional.empty())).isEmpty();
        }
        ResourceChange pool = new ResourceChange(
                Changes.pool("v1"), Optional.of(state(Changes.port(1))), Optional.of(state(Changes.port(2))));
        assertThat(CanaryAlert.of(new RevisionChanges(REVISION, List.of(pool)))).isEmpty();
    }

    @Test
    void whatIsOnItsWayAndGoneIsToldWithWhereItWas() {
        for (String phase : List.of("progressing", "promoted")) {
            CanaryAlert alert =
                    alerts(Optional.of(at(phase, 2)), Optional.empty()).get(0);
            assertThat(Canaries.json(alert.data().toString()))
                    .isEqualTo(Canaries.json("{'name':'c','transition':'deleted','before':{'phase':'" + phase
                            + "','step':2,'weight':100},'reason':'Abort canary c: 9 of 100','revision':17,"
                            + "'author':'signalbox','time':'2026-01-01T12:00:00Z'}"));
        }
    }

    @Test
    void whatARollbackBringsBackOnItsWayIsTold() {
        CanaryAlert alert =
                alerts(Optional.empty(), Optional.of(at("progressing", 1))).get(0);
        assertThat(alert.transition()).isEqualTo(Transition.STARTED);
        assertThat(alert.data().path("weight").asInt()).isEqualTo(50);
        assertThat(alert.data().has("before")).isFalse();
        assertThat(alerts(Optional.empty(), Optional.of(at("promoted", 2))))
                .extracting(CanaryAlert::transition)
                .containsExactly(Transition.PROMOTED);
    }

    @Test
    void saysAllThatThereIsToKnow() {
        CanaryAlert alert = alerts(Optional.of(at("progressing", 1)), Optional.of(at("failed", 1)))
                .get(0);

        String data = "{'name':'c','transition':'failed','phase':'failed','step':1,'weight':0,"
                + "'before':{'phase':'progressing','step':1,'weight':50},'reason':'Abort canary c: 9 of 100',"
                + "'revision':17,'author':'signalbox','time':'2026-01-01T12:00:00Z'}";
        assertThat(Canaries.json(alert.data().toString())).isEqualTo(Canaries.json(data));
        assertThat(Canaries.json(alert.body()))
                .isEqualTo(Canaries.json(
                        "{'type':'canary.failed','timestamp':'2026-01-01T12:00:00Z','data':" + data + "}"));
    }

    private static List<CanaryAlert> alerts(Optional<CanarySpec> before, Optional<CanarySpec> after) {
        ResourceChange change = new ResourceChange(
                Canaries.key("c"), before.map(CanaryAlertTest::state), after.map(CanaryAlertTest::state));
        return CanaryAlert.of(new RevisionChanges(REVISION, List.of(change)));
    }

    private static State state(Spec spec) {
        return new State(Collections.emptySortedMap(), spec);
    }
}
