package io.signalbox.cli.quickstart;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What came of one row, plane by plane. For one thread. */
final class Findings {
    private final String row;
    private final Map<String, OfPlane> byPlane = new LinkedHashMap<>();

    Findings(String row) {
        this.row = row;
    }

    private static final class OfPlane {
        private int passed;
        private final List<String> failures = new ArrayList<>();
        private Optional<Duration> served = Optional.empty();
    }

    String row() {
        return row;
    }

    void add(Plane plane, String title, Optional<String> failure) {
        OfPlane of = of(plane);
        if (failure.isPresent()) {
            of.failures.add(title + ": " + failure.get());
        } else {
            of.passed++;
        }
    }

    void served(Plane plane, Duration afterWrite) {
        of(plane).served = Optional.of(afterWrite);
    }

    int passed(Plane plane) {
        return of(plane).passed;
    }

    List<String> failures(Plane plane) {
        return List.copyOf(of(plane).failures);
    }

    Optional<Duration> served(Plane plane) {
        return of(plane).served;
    }

    private OfPlane of(Plane plane) {
        return byPlane.computeIfAbsent(plane.title(), title -> new OfPlane());
    }
}
