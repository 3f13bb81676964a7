package io.signalbox.conformance.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Adds to requests what canaries and experiments tell users apart by, in every form that it may come in. */
final class AssignmentGenerator {
    private static final String VISITOR = "signalbox-visitor";

    private final Dice dice;
    private final List<Table.Entry> divisions;

    AssignmentGenerator(Dice dice, List<Table.Entry> divisions) {
        this.dice = dice;
        this.divisions = divisions;
    }

    WireRequest assigned(WireRequest request) {
        List<String> pairs = new ArrayList<>();
        WireRequest assigned = request;
        for (Table.Entry entry : divisions) {
            if (entry.kind().equals("canary")) {
                canary(entry, pairs);
                JsonNode header = entry.spec().at("/assignment/header");
                if (header.isObject() && dice.percent(70)) {
                    assigned = assigned.withLine(header.path("name").asText() + ": " + value(header));
                }
            } else {
                experiment(entry, pairs);
            }
        }
        if (dice.percent(10)) {
            assigned = assigned.withLine("x-experiment: " + dice.of("e0=control", "a", ""));
        }
        return pairs.isEmpty() ? assigned : lines(assigned, pairs);
    }

    private void canary(Table.Entry entry, List<String> pairs) {
        String force = entry.spec().at("/cookie/name").asText("canary");
        if (dice.percent(25)) {
            pair(pairs, force, dice.of("true", "true", "false", "TRUE", "1", "", " true"));
        }
        if (dice.percent(60)) {
            String band = dice.of("00", "01", "04", "05", "09", "10", "36", "37", "49", "50", "89", "90", "98", "99");
            String odd = dice.of("", "5", "100", "-1", "0x", "4 ", "٠١");
            pair(pairs, force + "-${canary " + entry.name() + "}", dice.percent(85) ? band : odd);
        }
        JsonNode cookie = entry.spec().at("/assignment/cookie");
        if (cookie.isObject() && dice.percent(70)) {
            pair(pairs, cookie.path("name").asText(), value(cookie));
        }
    }

    private String value(JsonNode outside) {
        JsonNode values = outside.path("values");
        return dice.percent(70) ? values.get(dice.below(values.size())).asText() : dice.of("a", "z", "aXb", "", "a|b");
    }

    private void experiment(Table.Entry entry, List<String> pairs) {
        if (dice.percent(65) && pairs.stream().noneMatch(pair -> pair.startsWith(VISITOR))) {
            pair(pairs, VISITOR, dice.percent(75) ? "u" + dice.below(1000) : oddVisitor());
        }
        JsonNode cookie = entry.spec().path("cookie");
        if (cookie.isObject() && dice.percent(40)) {
            JsonNode variants = entry.spec().path("variants");
            String name = variants.get(dice.below(variants.size())).path("name").asText();
            String odd = dice.of("", "other", name.toUpperCase(Locale.ROOT), name.substring(1), name + " ");
            pair(pairs, cookie.path("name").asText(), dice.percent(75) ? name : odd);
        }
    }

    private String oddVisitor() {
        return dice.of(
                "",
                "x".repeat(200),
                "x".repeat(201),
                "0a1b2c3d-0000-4000-8000-000000000000",
                "a b",
                "a,b",
                "a=b==",
                "._~+/=-",
                "ü",
                "a\tb",
                " a",
                "\"",
                "a\"b",
                "%61");
    }

    /** One pair, in quotes now and then, or several of one name. */
    private void pair(List<String> pairs, String name, String value) {
        switch (dice.below(12)) {
            case 0, 1 -> pairs.add(name + "=\"" + value + "\"");
            case 2 -> {
                pairs.add(name + "=" + value);
                pairs.add(name + "=" + dice.of("true", "00", "99", "u1", "", value));
            }
            case 3 -> pairs.add(dice.of("x" + name, upper(name), name + " ") + "=" + value);
            case 4 -> pairs.add(name + "=" + dice.of("\"" + value, value + "\"", "\"\"" + value + "\"\""));
            default -> pairs.add(name + "=" + value);
        }
    }

    /** But for what stands for the name of a canary. */
    private static String upper(String name) {
        int end = name.indexOf('$') < 0 ? name.length() : name.indexOf('$');
        return name.substring(0, end).toUpperCase(Locale.ROOT) + name.substring(end);
    }

    /** In one line or in several, among other cookies. */
    private WireRequest lines(WireRequest request, List<String> pairs) {
        List<String> all = new ArrayList<>(pairs);
        if (dice.percent(30)) {
            all.add(dice.below(all.size() + 1), dice.of("z=1", "$Version=\"1\"", "$Path=\"/\"", "z", "", "a b=c"));
        }
        if (all.size() > 1 && dice.percent(15)) {
            int cut = 1 + dice.below(all.size() - 1);
            return request.withLine("Cookie: " + joined(all.subList(0, cut)))
                    .withLine("Cookie: " + joined(all.subList(cut, all.size())));
        }
        return request.withLine((dice.percent(80) ? "Cookie: " : "cookie: ") + joined(all));
    }

    private String joined(List<String> pairs) {
        return String.join(dice.percent(80) ? "; " : dice.of(";", ";  ", " ; ", ", ", ";\t"), pairs);
    }
}
