package io.signalbox.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.conformance.Target;
import io.signalbox.conformance.fuzz.ExplainPairs;
import org.junit.jupiter.api.Test;

/**
 * What {@code POST /api/v1/explain} says a proxy does, a real Envoy does, on random configs and requests: 400 pairs of one
 * seed, or as many as {@code -Dsignalbox.pairs} says of {@code -Dsignalbox.seed}.
 */
class ExplainEqualsEnvoyTest {
    private static final int PAIRS = Integer.getInteger("signalbox.pairs", 400);
    private static final long SEED = Long.getLong("signalbox.seed", 4711);

    @Test
    void explainSaysWhatEnvoyDoes() throws Exception {
        System.out.println("explain beside Envoy: seed " + SEED + ", " + PAIRS + " pairs");

        ExplainPairs.Result result = new ExplainPairs(SEED, PAIRS).run(Target.parse("envoy"));

        System.out.println(result.compared() + " pairs on " + result.tables() + " tables, " + result.leftOut()
                + " requests left out, outcomes " + result.outcomes());
        assertThat(result.differences()).isEmpty();
        assertThat(result.compared()).isEqualTo(PAIRS);
        assertThat(result.outcomes()).containsKeys("forward", "redirect", "respond", "noRoute", "noHost", "rejected");
    }
}
