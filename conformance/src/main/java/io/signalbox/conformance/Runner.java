package io.signalbox.conformance;

import io.signalbox.envoy.EnvoyNotFoundException;
import io.signalbox.local.ApiClient;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;

/**
 * Runs conformance cases on targets. Targets that can follow one control plane do; otherwise there are several, which work
 * side by side.
 */
public final class Runner {
    private final List<ConformanceCase> cases;
    private final Optional<ApiClient> api;

    /**
     * @param api the control plane of targets that run already
     */
    public Runner(List<ConformanceCase> cases, Optional<ApiClient> api) {
        this.cases = List.copyOf(cases);
        this.api = api;
    }

    /**
     * Runs every case on every target.
     *
     * @param progress is told each result, by any thread but by one at a time
     * @return all results, by case and target
     * @throws EnvoyNotFoundException if a target needs an Envoy and there is none
     */
    public List<CaseResult> run(List<Target> targets, Consumer<CaseResult> progress)
            throws EnvoyNotFoundException, InterruptedException {
        List<CaseResult> results = Collections.synchronizedList(new ArrayList<>());
        Consumer<CaseResult> both = result -> {
            synchronized (results) {
                results.add(result);
                progress.accept(result);
            }
        };
        List<List<Target>> groups = groups(targets);
        ExecutorService threads = Executors.newFixedThreadPool(
                Math.min(groups.size(), Math.max(2, Runtime.getRuntime().availableProcessors())));
        try (Backends backends = new Backends()) {
            List<Future<Void>> runs = new ArrayList<>();
            for (List<Target> group : groups) {
                Callable<Void> task = () -> runGroup(group, backends, both);
                runs.add(threads.submit(task));
            }
            for (Future<Void> one : runs) {
                await(one);
            }
        } finally {
            threads.shutdownNow();
        }
        results.sort(Comparator.comparing((CaseResult r) -> r.testCase().path()).thenComparing(CaseResult::target));
        return List.copyOf(results);
    }

    private Void runGroup(List<Target> group, Backends backends, Consumer<CaseResult> results)
            throws EnvoyNotFoundException {
        try (Bench bench = bench(group)) {
            String run = "r" + Integer.toString(ThreadLocalRandom.current().nextInt(36 * 36 * 36), 36);
            CaseRun cases = new CaseRun(bench, backends, run);
            this.cases.forEach(testCase -> cases.run(testCase, results));
            cases.cleanUp();
            return null;
        }
    }

    private Bench bench(List<Target> group) throws EnvoyNotFoundException {
        if (group.get(0) instanceof Target.Url url) {
            return Bench.of(
                    url,
                    api.orElseThrow(() -> new IllegalArgumentException(
                            url.name() + " needs to be told its control plane (expected: --api and --token)")));
        }
        return Bench.start(group);
    }

    private static void await(Future<Void> run) throws EnvoyNotFoundException, InterruptedException {
        try {
            run.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof EnvoyNotFoundException notFound) {
                throw notFound;
            }
            if (e.getCause() instanceof RuntimeException fault) {
                throw fault;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    /** Two proxies of one kind cannot follow one control plane here: they would get the same listeners, on the same ports. */
    static List<List<Target>> groups(List<Target> targets) {
        List<List<Target>> groups = new ArrayList<>();
        for (Target target : targets) {
            Optional<List<Target>> free = groups.stream()
                    .filter(group -> !(target instanceof Target.Url))
                    .filter(group ->
                            group.stream().noneMatch(t -> t instanceof Target.Url || t.getClass() == target.getClass()))
                    .findFirst();
            free.orElseGet(() -> {
                        List<Target> group = new ArrayList<>();
                        groups.add(group);
                        return group;
                    })
                    .add(target);
        }
        return groups;
    }
}
