package io.signalbox.controlplane.validation;

import io.signalbox.controlplane.model.HeaderChanges;
import io.signalbox.controlplane.model.HeaderEdits;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What is changed about headers, on whatever level. */
final class HeaderRules {
    /** RFC 9110, section 7.6.1, and RFC 9112, section 6: they say where a message ends, or are for one connection. */
    private static final Set<String> OF_THE_CONNECTION = Set.of(
            "connection",
            "content-length",
            "keep-alive",
            "proxy-connection",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade");

    static final String TO_BE_PASSED_ON =
            "a header of the message, not one that says where it ends or how the connection is used";

    private final FormatRules.Place place;

    private HeaderRules(FormatRules.Place place) {
        this.place = place;
    }

    /** @param findings of the object that has {@code requestHeaders} and {@code responseHeaders} */
    static void check(HeaderEdits edits, Findings findings) {
        new HeaderRules(FormatRules.Place.REQUEST).check(edits.request(), findings.at("requestHeaders"));
        new HeaderRules(FormatRules.Place.RESPONSE).check(edits.response(), findings.at("responseHeaders"));
    }

    private void check(HeaderChanges changes, Findings findings) {
        checkOnce(changes.set(), "set", findings);
        checkOnce(changes.setIfPresent(), "setIfPresent", findings);
        checkOnce(changes.setIfAbsent(), "setIfAbsent", findings);
        checkValues(changes.add(), "add", findings);
        for (int i = 0; i < changes.remove().size(); i++) {
            checkName(changes.remove().get(i), findings.at("remove", i));
        }
    }

    /** Of two values for one name the proxy would take the last one. */
    private void checkOnce(List<HeaderChanges.Value> values, String field, Findings findings) {
        checkValues(values, field, findings);
        Map<String, Integer> seen = new HashMap<>();
        for (int i = 0; i < values.size(); i++) {
            String name = values.get(i).name();
            Integer first = seen.putIfAbsent(name, i);
            if (first != null) {
                findings.at(field, i)
                        .at("name")
                        .add(Findings.quote(name) + ", as in " + field + "[" + first + "]", "each header once");
            }
        }
    }

    private void checkValues(List<HeaderChanges.Value> values, String field, Findings findings) {
        for (int i = 0; i < values.size(); i++) {
            HeaderChanges.Value value = values.get(i);
            Findings here = findings.at(field, i);
            checkName(value.name(), here.at("name"));
            FormatRules.check(value.value(), place, here.at("value"));
        }
    }

    private void checkName(String name, Findings findings) {
        if (name.equals("host") && place == FormatRules.Place.REQUEST) {
            findings.add("\"host\"", "another header; Envoy does not let it be changed so");
        } else if (isOfConnection(name)) {
            findings.add(Findings.quote(name), TO_BE_PASSED_ON);
        }
    }

    /** Whether it says where a message goes or ends, or is for one connection. */
    static boolean isOfConnection(String name) {
        return name.equals("host") || OF_THE_CONNECTION.contains(name);
    }
}
