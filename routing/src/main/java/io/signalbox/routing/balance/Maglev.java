package io.signalbox.routing.balance;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Envoy's Maglev table: hosts take turns filling it, each by a permutation of the places of its own, heavier ones more
 * often. Memory: 4 bytes for each place.
 */
public final class Maglev implements HashTable {
    /** Envoy's default of {@code table_size}. */
    public static final int DEFAULT_SIZE = 65_537;

    private final int[] places;

    private Maglev(int[] places) {
        this.places = places;
    }

    /**
     * @param hosts one at least; their order does not matter
     * @param tableSize a prime number, at most 5,000,011
     */
    public static Maglev of(List<HashedHost> hosts, int tableSize) {
        return ofShares(HashTable.shares(hosts), tableSize);
    }

    /** As {@link #of}, with parts in place of weights. */
    public static Maglev ofShares(List<Share> hosts, int tableSize) {
        if (hosts.isEmpty() || tableSize < 2) {
            throw new IllegalArgumentException(hosts.size() + " hosts in a table of " + tableSize);
        }
        double heaviest = hosts.stream().mapToDouble(Share::part).max().orElseThrow();
        List<Turns> turns = IntStream.range(0, hosts.size())
                .boxed()
                .sorted(Comparator.comparing(i -> hosts.get(i).key()))
                .map(i -> new Turns(i, hosts.get(i).key(), hosts.get(i).part(), tableSize))
                .toList();
        int[] places = new int[tableSize];
        Arrays.fill(places, -1);
        int filled = 0;
        for (long round = 1; filled < tableSize; round++) {
            for (int i = 0; i < turns.size() && filled < tableSize; i++) {
                if (turns.get(i).take(round, heaviest, places)) {
                    filled++;
                }
            }
        }
        return new Maglev(places);
    }

    /** One host while the table is built. */
    private static final class Turns {
        private final int host;
        private final long offset;
        private final long skip;
        private final double weight;
        private double due;
        private long next;

        Turns(int host, String key, double weight, int tableSize) {
            this.host = host;
            this.weight = weight;
            this.offset = Long.remainderUnsigned(XxHash.of(key), tableSize);
            this.skip = Long.remainderUnsigned(XxHash.second(key), tableSize - 1) + 1;
        }

        /** The heaviest host takes a place in every round, one of a third of its weight in every third. */
        boolean take(long round, double heaviest, int[] places) {
            if (round * weight < due) {
                return false;
            }
            due += heaviest;
            int place = nextPlace(places.length);
            while (places[place] >= 0) {
                place = nextPlace(places.length);
            }
            places[place] = host;
            return true;
        }

        private int nextPlace(int size) {
            return (int) ((offset + skip * next++) % size);
        }
    }

    @Override
    public int pick(long hash, int attempt) {
        // Retries flip the high bits, so that all of them do not lead to one place.
        long tried = attempt == 0 ? hash : hash ^ -attempt;
        return places[(int) Long.remainderUnsigned(tried, places.length)];
    }
}
