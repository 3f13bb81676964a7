package io.signalbox.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.junit.jupiter.api.Test;

class SpecDifferenceTest {
    @Test
    void namesEachFieldThatDiffersWithBothValues() throws Exception {
        List<String> difference = SpecDifference.between(
                json("{'labels':{'team':'a'},'spec':{'port':443,'pools':[{'pool':'x','weight':1}]},'revision':1}"),
                json("{'spec':{'port':8443,'pools':[{'pool':'x','weight':2},{'pool':'y'}]},'revision':2}"));

        assertThat(difference)
                .containsExactly(
                        "labels: {\"team\":\"a\"} -> (none)",
                        "spec.pools[0].weight: 1 -> 2",
                        "spec.pools[1]: (none) -> {\"pool\":\"y\"}",
                        "spec.port: 443 -> 8443");
    }

    private static JsonNode json(String text) throws Exception {
        return new ObjectMapper().readTree(text.replace('\'', '"'));
    }
}
