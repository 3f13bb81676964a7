package io.signalbox.routing;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Headers of a test: lines in their order. */
record HeaderLines(List<Request.Line> lines) implements MutableHeaders {
    static HeaderLines read(String head) {
        HeaderLines headers = new HeaderLines(new ArrayList<>());
        for (String line : head.split("\r\n")) {
            int colon = line.indexOf(": ");
            if (colon > 0 || line.endsWith(":")) {
                String name = line.substring(0, line.indexOf(':')).toLowerCase(Locale.ROOT);
                headers.add(name, colon < 0 ? "" : line.substring(colon + 2));
            }
        }
        return headers;
    }

    HeaderLines only(Set<String> names) {
        return new HeaderLines(lines.stream()
                .filter(line -> names.contains(line.name()))
                .sorted((a, b) -> a.name().compareTo(b.name()))
                .toList());
    }

    @Override
    public List<String> get(String name) {
        return lines.stream()
                .filter(line -> line.name().equals(name))
                .map(Request.Line::value)
                .toList();
    }

    @Override
    public void set(String name, String value) {
        remove(name);
        add(name, value);
    }

    @Override
    public void add(String name, String value) {
        lines.add(new Request.Line(name, value));
    }

    @Override
    public void remove(String name) {
        lines.removeIf(line -> line.name().equals(name));
    }
}
