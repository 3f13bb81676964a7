package io.signalbox.controlplane.rest;

import io.signalbox.controlplane.rest.body.Found;
import io.signalbox.controlplane.validation.Violation;
import jakarta.ws.rs.core.HttpHeaders;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a write is to be done.
 *
 * @param patience how long to wait at most until the proxies have it; empty to not wait
 * @param reason for the history
 * @param representation whether the author prefers to see what a dry run of a deletion would do (RFC 7240, section 4.2)
 * @param confirmWithin after what time it is reverted if nobody confirms it; empty for never
 * @param overrideRouteTests whether route tests may break; takes a reason
 */
record WriteOptions(
        boolean dryRun,
        Optional<Duration> patience,
        Optional<String> reason,
        boolean representation,
        Optional<Duration> confirmWithin,
        boolean overrideRouteTests) {
    static final String DRY_RUN = "dryRun";
    static final String WAIT = "wait";
    static final String TIMEOUT = "timeout";
    static final String CONFIRM_WITHIN = "confirmWithin";
    static final String OVERRIDE_ROUTE_TESTS = "overrideRouteTests";
    static final String REASON_HEADER = "Signalbox-Reason";
    static final String PREFER_HEADER = "Prefer";
    static final String REPRESENTATION = "return=representation";

    private static final Duration USUAL_TIMEOUT = Duration.ofSeconds(5);
    /** As in the OpenAPI document: up to a minute. */
    private static final Pattern DURATION =
            Pattern.compile("([0-9]{1,4}|[1-5][0-9]{4}|60000)ms|((?:[0-9]|[1-5][0-9])(?:\\.[0-9]{1,3})?|60)s|([01])m");

    /** As in the OpenAPI document. */
    private static final Pattern CONFIRM_TIME =
            Pattern.compile("([1-9][0-9]{0,3})s|([1-9][0-9]{0,2})m|([1-9]|1[0-9]|2[0-4])h");

    private static final Pattern REASON = Pattern.compile("[!-~]([ -~]{0,998}[!-~])?");

    static WriteOptions of(Query query, HttpHeaders headers) {
        boolean dryRun = query.flag(DRY_RUN);
        Duration timeout = query.find(TIMEOUT).map(WriteOptions::duration).orElse(USUAL_TIMEOUT);
        Optional<Duration> wait = query.find(WAIT).map(value -> {
            if (!value.equals("applied")) {
                throw Query.wrong(WAIT, value, "applied");
            }
            return timeout;
        });
        // A dry run sends nothing to wait for.
        return new WriteOptions(
                dryRun,
                dryRun ? Optional.empty() : wait,
                reason(headers),
                prefersRepresentation(headers),
                confirmWithin(query),
                query.flag(OVERRIDE_ROUTE_TESTS));
    }

    WriteOptions withReason(Optional<String> other) {
        return new WriteOptions(
                dryRun, patience, other.or(() -> reason), representation, confirmWithin, overrideRouteTests);
    }

    /** What cannot be understood is ignored, as with any preference. */
    private static boolean prefersRepresentation(HttpHeaders headers) {
        return Optional.ofNullable(headers.getHeaderString(PREFER_HEADER)).stream()
                .flatMap(value -> Arrays.stream(value.split(",", -1)))
                .map(preference ->
                        preference.split(";", -1)[0].replace("\"", "").strip())
                .anyMatch(REPRESENTATION::equalsIgnoreCase);
    }

    private static Optional<Duration> confirmWithin(Query query) {
        return query.find(CONFIRM_WITHIN).map(text -> {
            if (!CONFIRM_TIME.matcher(text).matches()) {
                throw Query.wrong(
                        CONFIRM_WITHIN,
                        text,
                        "a whole number of seconds, minutes or hours up to 24h, as 90s, 10m or 1h");
            }
            return Duration.parse("PT" + text);
        });
    }

    private static Duration duration(String text) {
        Matcher matcher = DURATION.matcher(text);
        if (matcher.matches()) {
            return matcher.group(1) != null
                    ? Duration.ofMillis(Integer.parseInt(matcher.group(1)))
                    : matcher.group(2) != null
                            ? Duration.ofMillis(new BigDecimal(matcher.group(2))
                                    .movePointRight(3)
                                    .intValueExact())
                            : Duration.ofMinutes(Integer.parseInt(matcher.group(3)));
        }
        throw Query.wrong(TIMEOUT, text, "a duration up to 60s, as 500ms, 1.5s or 1m");
    }

    private static Optional<String> reason(HttpHeaders headers) {
        Optional<String> reason = Optional.ofNullable(headers.getHeaderString(REASON_HEADER));
        reason.filter(text -> !REASON.matcher(text).matches()).ifPresent(text -> {
            throw new ProblemException(Problem.invalid(new Violation(
                    "header." + REASON_HEADER, Found.quote(text), "1 to 1000 characters of printable ASCII")));
        });
        return reason;
    }
}
