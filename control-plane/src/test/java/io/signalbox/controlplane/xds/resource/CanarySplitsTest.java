package io.signalbox.controlplane.xds.resource;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.re2j.Pattern;
import io.signalbox.controlplane.compile.ResolvedCanary;
import io.signalbox.controlplane.model.Action.Forward;
import io.signalbox.controlplane.model.Action.WeightedPool;
import io.signalbox.controlplane.model.CanarySpec.Assignment;
import io.signalbox.controlplane.model.CanarySpec.Cookie;
import io.signalbox.controlplane.xds.resource.CanarySplits.Split;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CanarySplitsTest {
    @Test
    void theBandsBelowAShareAreTheNumbersBelowIt() {
        for (int share = 0; share <= 100; share++) {
            int limit = share;
            String expression = CanarySplits.belowShare(share).orElse("none");
            Pattern bands = Pattern.compile(expression);
            assertThat(IntStream.range(0, 100)
                            .filter(band -> bands.matches("%02d".formatted(band)))
                            .boxed())
                    .as("%s %%: %s", share, expression)
                    .containsExactlyElementsOf(IntStream.range(0, limit).boxed().toList());
        }
    }

    @Test
    void whoHasNoCookieIsDividedAsTheShareSays() {
        for (Assignment assignment : List.of(new Assignment.ByUser(), new Assignment.ByRequest())) {
            for (int share = 0; share <= 100; share++) {
                Map<String, Integer> weights = weights(last(split(share, assignment)));
                assertThat(weights.getOrDefault("v2", 0)).isEqualTo(share * 3);
                assertThat(weights.getOrDefault("v1", 0)).isEqualTo((100 - share) * 3);
                assertThat(weights).containsEntry("other", 500);
            }
        }
    }

    @Test
    void eachBandIsOnTheSideThatItsCookieSaysItIs() {
        Split first = last(split(37, new Assignment.ByUser()));
        List<WeightedPool> bands = first.forward().pools().stream()
                .filter(pool -> !pool.pool().equals("other"))
                .toList();
        assertThat(bands).hasSize(100);
        for (int band = 0; band < 100; band++) {
            WeightedPool pool = bands.get(band);
            assertThat(pool.pool()).isEqualTo(band < 37 ? "v2" : "v1");
            assertThat(pool.headers().response().add())
                    .singleElement()
                    .satisfies(header -> assertThat(header.name()).isEqualTo("set-cookie"))
                    .extracting(header -> header.value())
                    .isEqualTo("canary-next=%02d; Path=/; Max-Age=2592000; SameSite=Lax".formatted(band));
        }
    }

    @Test
    void severalCanariesMultiplyAndKeepTheSharesOfTheRoute() {
        ResolvedCanary another =
                new ResolvedCanary("another", "other", "other2", 20, new Assignment.ByUser(), Cookie.USUAL);
        List<Split> splits = CanarySplits.of(forward(), List.of(canary(50, new Assignment.ByUser()), another));
        assertThat(splits).hasSize(25);
        Map<String, Integer> weights = weights(last(splits));
        int sum = weights.values().stream().mapToInt(weight -> weight).sum();
        assertThat(sum).isEqualTo(8 * 100 * 100);
        assertThat(weights.get("v1")).isEqualTo(sum * 3 / 16);
        assertThat(weights.get("v2")).isEqualTo(sum * 3 / 16);
        assertThat(weights.get("other2")).isEqualTo(sum / 8);
        assertThat(weights.get("other")).isEqualTo(sum / 2);
    }

    private static List<Split> split(int share, Assignment assignment) {
        return CanarySplits.of(forward(), List.of(canary(share, assignment)));
    }

    private static ResolvedCanary canary(int share, Assignment assignment) {
        return new ResolvedCanary("next", "v1", "v2", share, assignment, Cookie.USUAL);
    }

    private static Forward forward() {
        return new Forward(List.of(new WeightedPool("v1", 3), new WeightedPool("other", 5)));
    }

    private static Split last(List<Split> splits) {
        return splits.get(splits.size() - 1);
    }

    private static Map<String, Integer> weights(Split split) {
        assertThat(split.conditions()).isEmpty();
        return split.forward().pools().stream()
                .collect(Collectors.toMap(WeightedPool::pool, WeightedPool::weight, Integer::sum));
    }
}
