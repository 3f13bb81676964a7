package io.signalbox.routing;

import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads values with {@code %…%} in them; what is not supported is refused, so that nothing is silently left out. */
final class FormatParser {
    private static final Pattern COMMAND = Pattern.compile("%([A-Z_0-9]+)(?:\\(([^)]*)\\))?(?::([0-9]+))?%");
    private static final Pattern TIME = Pattern.compile("%([YmdbaHMSFTs%]|E[36]S|[369]f)");
    private static final String DEFAULT_TIME = "%Y-%m-%dT%H:%M:%E3SZ";

    private static final List<Format.Part> KNOWN = List.of(Format.Known.values());
    private static final List<Format.Part> KNOWN_OF_LOGS = Stream.<Format.Part>concat(
                    Arrays.stream(Format.Known.values()), Arrays.stream(Format.OfLog.values()))
            .toList();

    private FormatParser() {}

    static Format parse(String value, Field field) throws InvalidRouteConfiguration {
        field.requireHeaderValue(value);
        return parse(value, false, field);
    }

    /** With what only a log knows. */
    static Format parseLog(String value, Field field) throws InvalidRouteConfiguration {
        return parse(value, true, field);
    }

    private static Format parse(String value, boolean ofLog, Field field) throws InvalidRouteConfiguration {
        String wire = Ascii.wire(value);
        List<Format.Part> parts = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        Matcher command = COMMAND.matcher(wire);
        for (int at = 0; at < wire.length(); ) {
            char c = wire.charAt(at);
            if (c != '%') {
                text.append(c);
                at++;
            } else if (wire.startsWith("%%", at)) {
                text.append('%');
                at += 2;
            } else if (command.find(at) && command.start() == at) {
                flush(text, parts);
                parts.add(part(command.group(1), arguments(command), command.group(3), ofLog, field));
                at = command.end();
            } else {
                throw field.invalid(
                        "has a % at position " + at + " that begins no %COMMAND% (expected: %% for a percent sign)");
            }
        }
        flush(text, parts);
        return new Format(parts.isEmpty() ? List.of(new Format.Text("")) : parts);
    }

    private static Optional<String> arguments(Matcher command) {
        return Optional.ofNullable(command.group(2));
    }

    private static void flush(StringBuilder text, List<Format.Part> parts) {
        if (text.length() > 0) {
            parts.add(new Format.Text(text.toString()));
            text.setLength(0);
        }
    }

    private static Format.Part part(
            String name, Optional<String> arguments, @Nullable String length, boolean ofLog, Field field)
            throws InvalidRouteConfiguration {
        Format.Part part = switch (name) {
            case "REQ", "RESP" -> header(name, arguments, field);
            case "START_TIME" -> time(arguments.orElse(""), field);
            default -> known(name, arguments, ofLog, field);
        };
        if (length == null) {
            return part;
        }
        if (!(name.equals("REQ") || name.equals("RESP"))) {
            throw field.invalid("%" + name + "% takes no length");
        }
        return new Format.Shortened(part, Integer.parseInt(length));
    }

    private static Format.Part header(String command, Optional<String> arguments, Field field)
            throws InvalidRouteConfiguration {
        String[] names = arguments.orElse("").split("\\?", -1);
        if (names.length > 2 || names[0].isEmpty()) {
            throw field.invalid("%" + command + "% needs the name of a header, or two with a ? between them");
        }
        Optional<String> otherwise =
                names.length == 2 && !names[1].isEmpty() ? Optional.of(names[1]) : Optional.empty();
        return command.equals("REQ")
                ? new Format.RequestHeader(HeaderName.of(names[0]), otherwise.map(HeaderName::of))
                : new Format.ResponseHeader(Ascii.lower(names[0]), otherwise.map(Ascii::lower));
    }

    private static Format.Part known(String name, Optional<String> arguments, boolean ofLog, Field field)
            throws InvalidRouteConfiguration {
        for (Format.Part known : ofLog ? KNOWN_OF_LOGS : KNOWN) {
            if (known.toString().equals(name)) {
                if (arguments.isPresent()) {
                    throw field.invalid("%" + name + "% takes no arguments");
                }
                return known;
            }
        }
        throw field.invalid("%" + name + "% is not supported");
    }

    /** The part of strftime, with its extension for fractions of seconds, that people use in headers. */
    private static Format.Part time(String given, Field field) throws InvalidRouteConfiguration {
        String notation = given.isEmpty() ? DEFAULT_TIME : given;
        DateTimeFormatterBuilder builder = new DateTimeFormatterBuilder();
        Matcher specifier = TIME.matcher(notation);
        for (int at = 0; at < notation.length(); ) {
            if (notation.charAt(at) != '%') {
                builder.appendLiteral(notation.charAt(at));
                at++;
            } else if (specifier.find(at) && specifier.start() == at) {
                append(specifier.group(1), builder);
                at = specifier.end();
            } else {
                throw field.invalid(
                        "%START_TIME(" + given + ")% has a specifier that is not supported (expected: some of"
                                + " %Y %m %d %b %a %H %M %S %E3S %E6S %3f %6f %9f %F %T %s %%)");
            }
        }
        return new Format.StartTime(builder.toFormatter(Locale.ROOT));
    }

    private static void append(String specifier, DateTimeFormatterBuilder builder) {
        switch (specifier) {
            case "Y" -> builder.appendPattern("uuuu");
            case "m" -> builder.appendPattern("MM");
            case "d" -> builder.appendPattern("dd");
            case "b" -> builder.appendPattern("MMM");
            case "a" -> builder.appendPattern("EEE");
            case "H" -> builder.appendPattern("HH");
            case "M" -> builder.appendPattern("mm");
            case "S" -> builder.appendPattern("ss");
            case "E3S" -> builder.appendPattern("ss.SSS");
            case "E6S" -> builder.appendPattern("ss.SSSSSS");
            case "3f" -> builder.appendPattern("SSS");
            case "6f" -> builder.appendPattern("SSSSSS");
            case "9f" -> builder.appendPattern("SSSSSSSSS");
            case "F" -> builder.appendPattern("uuuu-MM-dd");
            case "T" -> builder.appendPattern("HH:mm:ss");
            case "s" -> builder.appendValue(ChronoField.INSTANT_SECONDS);
            default -> builder.appendLiteral('%');
        }
    }
}
