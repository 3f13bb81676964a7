package io.signalbox.controlplane.validation;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Values with {@code %…%} in them: the part of Envoy's format strings that docs/headers.md lists, which both data planes
 * read alike. Envoy: "Access logging / Format strings".
 */
final class FormatRules {
    private static final Pattern COMMAND = Pattern.compile("%([A-Z][A-Z0-9_]*)(?:\\(([^)]*)\\))?(?::([0-9]+))?%");
    private static final Pattern HEADERS = Pattern.compile("(" + header() + ")(?:\\?(" + header() + "))?");
    private static final Pattern TIME = Pattern.compile("(?:[^%]|%(?:[YmdbaHMSFTs%]|E[36]S|[369]f))*");
    private static final Pattern LENGTH = Pattern.compile("[1-9][0-9]{0,3}");

    private static final List<String> WITHOUT_ARGUMENTS = List.of(
            "DOWNSTREAM_REMOTE_ADDRESS",
            "DOWNSTREAM_REMOTE_ADDRESS_WITHOUT_PORT",
            "DOWNSTREAM_REMOTE_PORT",
            "DOWNSTREAM_DIRECT_REMOTE_ADDRESS",
            "DOWNSTREAM_DIRECT_REMOTE_ADDRESS_WITHOUT_PORT",
            "DOWNSTREAM_LOCAL_ADDRESS",
            "DOWNSTREAM_LOCAL_ADDRESS_WITHOUT_PORT",
            "DOWNSTREAM_LOCAL_PORT",
            "DOWNSTREAM_PEER_SUBJECT",
            "DOWNSTREAM_PEER_FINGERPRINT_256",
            "DOWNSTREAM_PEER_URI_SAN",
            "DOWNSTREAM_PEER_DNS_SAN",
            "PROTOCOL",
            "ROUTE_NAME",
            "UPSTREAM_CLUSTER");

    private static final List<String> OF_LOGS =
            List.of("BYTES_RECEIVED", "BYTES_SENT", "DURATION", "RESPONSE_CODE", "RESPONSE_FLAGS", "UPSTREAM_HOST");

    private static final String KNOWN = "%% for a percent sign, or one of %REQ(NAME?OTHER):LENGTH%,"
            + " %RESP(NAME?OTHER):LENGTH% (of responses), %START_TIME(FORMAT)%, %"
            + String.join("%, %", WITHOUT_ARGUMENTS)
            + "%";

    private static final String KNOWN_OF_LOGS = KNOWN + ", %" + String.join("%, %", OF_LOGS) + "%";

    /** Where a value stands, which decides what is known there. */
    enum Place {
        REQUEST,
        RESPONSE,
        LOG;

        private boolean knows(String command) {
            return WITHOUT_ARGUMENTS.contains(command) || this == LOG && OF_LOGS.contains(command);
        }

        private String known() {
            return this == LOG ? KNOWN_OF_LOGS : KNOWN;
        }
    }

    private FormatRules() {}

    private static String header() {
        return ":(?:path|method|scheme|authority)|[!#$&'*+.^_`|~0-9A-Za-z-]+";
    }

    static void check(String value, Place place, Findings findings) {
        Matcher command = COMMAND.matcher(value);
        for (int at = value.indexOf('%'); at >= 0; at = value.indexOf('%', at)) {
            if (value.startsWith("%%", at)) {
                at += 2;
            } else if (command.find(at) && command.start() == at) {
                check(command, place, findings);
                at = command.end();
            } else {
                findings.add(Findings.quote(value.substring(at)), place.known());
                return;
            }
        }
    }

    private static void check(Matcher command, Place place, Findings findings) {
        String name = command.group(1);
        String found = Findings.quote(command.group());
        boolean header = name.equals("REQ") || name.equals("RESP");
        if (command.group(3) != null
                && !(header && LENGTH.matcher(command.group(3)).matches())) {
            findings.add(found, "a length from 1 to 9999, and only after %REQ(…) or %RESP(…)");
        } else if (header) {
            checkHeaders(name, command.group(2), place, found, findings);
        } else if (name.equals("START_TIME")) {
            if (command.group(2) != null && !TIME.matcher(command.group(2)).matches()) {
                findings.add(found, "a time of %Y %m %d %b %a %H %M %S %E3S %E6S %3f %6f %9f %F %T %s and %%");
            }
        } else if (!place.knows(name)) {
            findings.add(found, place.known());
        } else if (command.group(2) != null) {
            findings.add(found, "%" + name + "%, which takes no arguments");
        }
    }

    private static void checkHeaders(String name, String arguments, Place place, String found, Findings findings) {
        if (name.equals("RESP") && place == Place.REQUEST) {
            findings.add(found, "nothing of the response, which is not there yet");
        } else if (arguments == null
                || !HEADERS.matcher(arguments).matches()
                || (name.equals("RESP") && arguments.contains(":"))) {
            findings.add(
                    found, "the name of a header, or two with a ? between them, as %" + name + "(x-user?x-client)%");
        }
    }
}
