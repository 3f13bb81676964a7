package io.signalbox.conformance.fuzz;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Makes virtual hosts for the hosts of a table. */
final class HostGenerator {
    private final Dice dice;

    HostGenerator(Dice dice) {
        this.dice = dice;
    }

    /** At most one for each host, whatever its case. */
    List<Table.Entry> generate(List<String> hosts) {
        List<Table.Entry> made = new ArrayList<>();
        Set<String> taken = new HashSet<>();
        for (String host : hosts) {
            if (dice.percent(40) && taken.add(host.toLowerCase(Locale.ROOT))) {
                made.add(Table.Entry.virtualHost("h%02d".formatted(made.size()), virtualHost(host)));
            }
        }
        return made;
    }

    private ObjectNode virtualHost(String host) {
        ObjectNode spec = JsonNodeFactory.instance.objectNode();
        spec.putArray("hosts").add(host);
        new HeaderGenerator(dice).put(spec);
        new PolicyGenerator(dice).put(spec);
        if (dice.percent(40)) {
            ActionGenerator actions = new ActionGenerator(dice);
            ObjectNode unmatched = spec.putObject("unmatched");
            if (dice.percent(50)) {
                actions.respond(unmatched.putObject("respond"));
            } else {
                actions.redirect(unmatched.putObject("redirect"), false);
            }
        }
        return spec;
    }
}
