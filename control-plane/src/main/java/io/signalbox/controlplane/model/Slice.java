package io.signalbox.controlplane.model;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Some of a layer's users, who have numbers from 0 to {@value #ALL} by the hash of their cookie: those from {@code from},
 * below {@code to}.
 *
 * @param variant whose they are
 */
public record Slice(String variant, int from, int to) {
    /** A hundred percent. */
    public static final int ALL = 100_000_000;

    /** In what populations are counted: ten-thousandths of a percent. */
    public static final int MILLION = 1_000_000;

    public int size() {
        return to - from;
    }

    public static long total(List<Slice> slices) {
        return slices.stream().mapToLong(Slice::size).sum();
    }

    /** What of some slices nobody else has. */
    static List<Slice> without(List<Slice> slices, List<Slice> taken) {
        List<Slice> left = slices;
        for (Slice each : taken) {
            left = left.stream().flatMap(slice -> slice.without(each).stream()).toList();
        }
        return left;
    }

    private List<Slice> without(Slice other) {
        List<Slice> left = new ArrayList<>();
        if (other.to <= from || other.from >= to) {
            left.add(this);
        } else {
            if (from < other.from) {
                left.add(new Slice(variant, from, other.from));
            }
            if (other.to < to) {
                left.add(new Slice(variant, other.to, to));
            }
        }
        return left;
    }

    /** The first of these, as many users as there are to be. */
    static List<Slice> first(List<Slice> slices, int size) {
        List<Slice> first = new ArrayList<>();
        int wanted = size;
        for (Slice slice : slices) {
            int some = Math.min(wanted, slice.size());
            if (some > 0) {
                first.add(new Slice(slice.variant, slice.from, slice.from + some));
                wanted -= some;
            }
        }
        return first;
    }

    /** In order, neighbours of one variant as one. */
    static List<Slice> joined(List<Slice> slices) {
        List<Slice> joined = new ArrayList<>();
        for (Slice slice :
                slices.stream().sorted(Comparator.comparingInt(Slice::from)).toList()) {
            int last = joined.size() - 1;
            if (last >= 0
                    && joined.get(last).to == slice.from
                    && joined.get(last).variant.equals(slice.variant)) {
                joined.set(last, new Slice(slice.variant, joined.get(last).from, slice.to));
            } else {
                joined.add(slice);
            }
        }
        return joined;
    }
}
