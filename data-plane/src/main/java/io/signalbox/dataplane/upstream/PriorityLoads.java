package io.signalbox.dataplane.upstream;

/**
 * How many percent of the requests go to each priority, and which of them ignore health. Envoy: "Priority levels" and
 * "Panic threshold", in its whole numbers.
 */
final class PriorityLoads {
    /** A priority counts as whole with 100/140 of its hosts healthy. Envoy: overprovisioning factor. */
    private static final int OVERPROVISIONING = 140;

    private static final int ALL = 100;

    private final int[] loads;
    private final boolean[] panics;

    private PriorityLoads(int[] loads, boolean[] panics) {
        this.loads = loads;
        this.panics = panics;
    }

    /**
     * @param hosts how many each priority has
     * @param healthy how many of them are healthy
     */
    static PriorityLoads of(int[] hosts, int[] healthy, double panicThreshold) {
        int[] health = new int[hosts.length];
        int sum = 0;
        for (int i = 0; i < hosts.length; i++) {
            health[i] = hosts[i] == 0 ? 0 : Math.min(ALL, OVERPROVISIONING * healthy[i] / hosts[i]);
            sum += health[i];
        }
        int whole = Math.min(ALL, sum);
        boolean[] panics = new boolean[hosts.length];
        boolean total = panicThreshold > 0 || whole > 0;
        for (int i = 0; i < hosts.length; i++) {
            double percent = hosts[i] == 0 ? 0 : 100.0 * healthy[i] / hosts[i];
            panics[i] = whole < ALL && percent < panicThreshold;
            total = total && panics[i];
        }
        return new PriorityLoads(total ? byHosts(hosts) : byHealth(health, whole), panics);
    }

    /** As much as possible to the first, the rest to the next. What rounding leaves goes to the first that has any. */
    private static int[] byHealth(int[] health, int whole) {
        int[] loads = new int[health.length];
        int left = ALL;
        int first = -1;
        for (int i = 0; whole > 0 && i < health.length; i++) {
            first = first < 0 && health[i] > 0 ? i : first;
            loads[i] = Math.min(left, health[i] * ALL / whole);
            left -= loads[i];
        }
        loads[Math.max(0, first)] += left;
        return loads;
    }

    private static int[] byHosts(int[] hosts) {
        int[] loads = new int[hosts.length];
        int all = 0;
        for (int count : hosts) {
            all += count;
        }
        int left = ALL;
        int first = -1;
        for (int i = 0; all > 0 && i < hosts.length; i++) {
            first = first < 0 && hosts[i] > 0 ? i : first;
            loads[i] = ALL * hosts[i] / all;
            left -= loads[i];
        }
        loads[Math.max(0, first)] += left;
        return loads;
    }

    int load(int priority) {
        return loads[priority];
    }

    boolean panics(int priority) {
        return panics[priority];
    }

    /** @param random any number */
    int pick(long random) {
        long draw = Long.remainderUnsigned(random, ALL);
        int sum = 0;
        for (int i = 0; i < loads.length; i++) {
            sum += loads[i];
            if (draw < sum) {
                return i;
            }
        }
        return 0;
    }
}
