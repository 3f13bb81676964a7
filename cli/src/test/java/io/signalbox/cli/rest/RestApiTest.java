package io.signalbox.cli.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.signalbox.cli.rest.RestApi.Answer;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What people read when the control plane refuses. */
final class RestApiTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            'violations':[{'field':'spec.port','message':'0 (expected: 1)'}]                            | spec.port: 0 (expected: 1)
            'referrers':[{'kind':'route','name':'r','field':'spec.x','target':{'kind':'pool','name':'p'}}] | pool p is named by route r in spec.x
            'failures':[{'kind':'route','name':'r','expected':'"17"','found':'"19"'}]                   | route r: "19" (expected: "17")
            'brokenRouteTests':[{'name':'t','found':'pool a','expected':'pool b'}]                      | route-test t: pool a (expected: pool b)
            """)
    void namesEveryFaultOnALineOfItsOwn(String faults, String line) throws JsonProcessingException {
        String problem = ("{'title':'No','detail':'why'," + faults.strip() + "}")
                .replace("\"", "\\\"")
                .replace('\'', '"');

        assertThat(RestApi.describe(new Answer(409, Optional.empty(), RestApi.JSON.readTree(problem))))
                .isEqualTo("No: why" + System.lineSeparator() + "  " + line);
    }
}
