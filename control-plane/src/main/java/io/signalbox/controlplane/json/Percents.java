package io.signalbox.controlplane.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** Percentages to a ten-thousandth, as Envoy has them: so many of a million. */
final class Percents {
    private static final int DECIMALS = 4;

    private Percents() {}

    static BigDecimal ofMillionths(int millionths) {
        BigDecimal percent = BigDecimal.valueOf(millionths, DECIMALS).stripTrailingZeros();
        return percent.scale() < 0 ? percent.setScale(0) : percent;
    }

    static int toMillionths(JsonNode percent) {
        return new BigDecimal(percent.asText())
                .movePointRight(DECIMALS)
                .setScale(0, RoundingMode.HALF_UP)
                .intValue();
    }
}
