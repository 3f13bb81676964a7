package io.signalbox.controlplane;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.syntax.elements.ClassesShould;
import java.net.InetAddress;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds the table of packages in ARCHITECTURE.md. */
class LayeringTest {
    private static final String ROOT = "io.signalbox.controlplane";

    /** What each package may import of the others. Sub-packages that are not listed belong to the one above them. */
    private static final Map<String, Set<String>> MAY_IMPORT = new TreeMap<>(Map.ofEntries(
            Map.entry("model", Set.of()),
            Map.entry("json", Set.of("model")),
            Map.entry("access", Set.of("model", "json")),
            Map.entry("validation", Set.of("model", "load")),
            Map.entry("compile", Set.of("model")),
            Map.entry("load", Set.of()),
            Map.entry("xds", Set.of()),
            // A resolved config holds conditions and actions of the model as they are.
            Map.entry("xds.resource", Set.of("compile", "model", "xds")),
            Map.entry("xds.publish", Set.of("xds")),
            Map.entry("xds.constraint", Set.of("xds")),
            Map.entry("xds.serve", Set.of("xds", "xds.publish")),
            Map.entry("xds.load", Set.of("load")),
            Map.entry("xds.metrics", Set.of("load")),
            Map.entry("store", Set.of("model", "json", "access", "load")),
            Map.entry("authentication", Set.of("access", "store")),
            Map.entry("change", Set.of("model", "access", "validation", "compile", "store")),
            Map.entry("judge", Set.of()),
            Map.entry("prometheus", Set.of()),
            Map.entry("progress", Set.of("model", "change", "judge", "load", "prometheus")),
            Map.entry("alert", Set.of("model", "access", "store")),
            Map.entry(
                    "reconcile",
                    Set.of("model", "compile", "store", "xds", "xds.resource", "xds.constraint", "xds.publish")),
            Map.entry(
                    "rehearse",
                    Set.of(
                            "model",
                            "validation",
                            "compile",
                            "explain",
                            "change",
                            "xds",
                            "xds.resource",
                            "xds.constraint",
                            "xds.publish")),
            // Asks the routing library about the protos that proxies get.
            Map.entry("explain", Set.of("model", "validation", "compile", "xds", "xds.resource")),
            // Read views: of the store its revisions, of the ADS server its nodes.
            Map.entry(
                    "rest",
                    Set.of(
                            "model",
                            "json",
                            "access",
                            "alert",
                            "authentication",
                            "validation",
                            "change",
                            "judge",
                            "progress",
                            "explain",
                            "load",
                            "store",
                            "xds",
                            "xds.serve")),
            Map.entry(
                    "app",
                    Set.of(
                            "model",
                            "json",
                            "access",
                            "alert",
                            "authentication",
                            "validation",
                            "compile",
                            "xds",
                            "xds.resource",
                            "xds.publish",
                            "xds.serve",
                            "xds.load",
                            "xds.metrics",
                            "load",
                            "store",
                            "change",
                            "progress",
                            "prometheus",
                            "reconcile",
                            "rehearse",
                            "explain",
                            "rest"))));

    private static final Set<String> PURE =
            Set.of("model", "json", "access", "validation", "compile", "load", "judge", "xds", "xds.resource");

    private static final Predicate<JavaClass> PROTOS =
            in("com.google.protobuf", "io.envoyproxy", "com.github.xds", "io.grpc");
    private static final Predicate<JavaClass> SQL =
            in("java.sql", "javax.sql", "org.jdbi", "org.postgresql", "org.flywaydb");
    private static final Predicate<JavaClass> THREADS = in("java.util.concurrent")
            .or(type -> type.isEquivalentTo(Thread.class) || type.isEquivalentTo(ProcessBuilder.class));
    private static final Predicate<JavaClass> RANDOM = in("java.util.random")
            .or(type -> Set.of(
                            "java.util.Random",
                            "java.util.SplittableRandom",
                            "java.util.UUID",
                            "java.security.SecureRandom")
                    .contains(type.getName()));

    private static final JavaClasses PRODUCTION = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(ROOT);

    /** Test classes that break every rule. */
    private static final JavaClasses OFFENDERS = new ClassFileImporter()
            .withImportOption(location -> location.contains("LayeringOffender"))
            .importPackages(ROOT);

    static Set<String> rules() {
        return allRules().keySet();
    }

    @ParameterizedTest
    @MethodSource("rules")
    void holds(String rule) {
        rule(rule).check(PRODUCTION);
    }

    @ParameterizedTest
    @MethodSource("rules")
    void canFail(String rule) {
        // The rules of the table differ in names only; one offender stands for all of them.
        if (!rule.startsWith("imports of ") || rule.equals("imports of model")) {
            assertThat(rule(rule).evaluate(OFFENDERS).hasViolation()).isTrue();
        }
    }

    @Test
    void everyPackageIsInTheTable() {
        Set<String> packages = new TreeSet<>();
        PRODUCTION.forEach(type -> packages.add(packageInTable(type)));
        assertThat(packages).isEqualTo(MAY_IMPORT.keySet());
    }

    private static ArchRule rule(String name) {
        return Objects.requireNonNull(allRules().get(name));
    }

    private static Map<String, ArchRule> allRules() {
        Map<String, ArchRule> rules = new TreeMap<>();
        MAY_IMPORT.forEach((from, to) -> rules.put("imports of " + from, imports(from, to)));
        rules.put("no cycles", slices().matching(ROOT + ".(**)").should().beFreeOfCycles());
        rules.put("protos and gRPC in xds and explain only", only("xds", PROTOS, List.of("xds", "explain")));
        // The application creates the data source and closes it.
        rules.put("SQL in store only", only("SQL", SQL, List.of("store", "app")));
        rules.put("no I/O in pure packages", pure().dependOnClassesThat(describe("do I/O", LayeringTest::doesInput)));
        rules.put("no threads in pure packages", pure().dependOnClassesThat(describe("run threads", THREADS)));
        rules.put("no dice in pure packages", pure().dependOnClassesThat(describe("are random", RANDOM)));
        rules.put(
                "no clock in pure packages",
                pure().callMethodWhere(describe("reads a clock", LayeringTest::readsClock)));
        rules.put(
                "no environment in pure packages",
                pure().callMethodWhere(describe("asks the environment", LayeringTest::asksEnvironment)));
        return rules;
    }

    private static ArchRule imports(String from, Set<String> to) {
        return classes()
                .that(describe("are in " + from, type -> packageInTable(type).equals(from)))
                .should()
                .onlyDependOnClassesThat(describe("are in " + to + " or none of ours", type -> {
                    String target = packageInTable(type);
                    return target.isEmpty() || target.equals(from) || to.contains(target);
                }))
                .allowEmptyShould(true);
    }

    private static ArchRule only(String what, Predicate<JavaClass> library, List<String> packages) {
        return noClasses()
                .that(describe(
                        "are not in " + packages,
                        type -> packages.stream()
                                .noneMatch(p -> type.getPackageName().equals(ROOT + "." + p)
                                        || type.getPackageName().startsWith(ROOT + "." + p + "."))))
                .should()
                .dependOnClassesThat(describe("are " + what, library));
    }

    private static ClassesShould pure() {
        return noClasses()
                .that(describe("are in " + PURE, type -> PURE.contains(packageInTable(type))))
                .should();
    }

    /** The longest package of the table that the type is in; empty for types that are not ours. */
    private static String packageInTable(JavaClass type) {
        String name = type.getBaseComponentType().getPackageName();
        if (!name.startsWith(ROOT + ".")) {
            return "";
        }
        String own = name.substring(ROOT.length() + 1);
        return MAY_IMPORT.keySet().stream()
                .filter(p -> own.equals(p) || own.startsWith(p + "."))
                .max(Comparator.comparingInt(String::length))
                .orElse(own);
    }

    private static Predicate<JavaClass> in(String... packages) {
        return type -> Stream.of(packages).anyMatch(p -> (type.getPackageName() + ".").startsWith(p + "."));
    }

    /** Streams and readers over memory are no I/O, and neither is an address that nobody connects to. */
    private static boolean doesInput(JavaClass type) {
        boolean files = type.getPackageName().equals("java.io")
                && (type.getSimpleName().startsWith("File")
                        || type.getSimpleName().equals("RandomAccessFile"));
        boolean network = type.getPackageName().equals("java.net")
                && !Set.of("InetAddress", "Inet4Address", "Inet6Address", "URI", "URISyntaxException")
                        .contains(type.getSimpleName());
        return files
                || network
                || in("java.nio.file", "java.nio.channels", "javax.net", "io.netty")
                        .test(type);
    }

    private static boolean readsClock(JavaMethodCall call) {
        JavaClass owner = call.getTargetOwner();
        boolean now = owner.getPackageName().equals("java.time")
                && (call.getName().equals("now") || owner.getSimpleName().equals("Clock"));
        boolean system = owner.isEquivalentTo(System.class)
                && Set.of("currentTimeMillis", "nanoTime").contains(call.getName());
        return now || system;
    }

    private static boolean asksEnvironment(JavaMethodCall call) {
        JavaClass owner = call.getTargetOwner();
        boolean system = owner.isEquivalentTo(System.class)
                && Set.of("getenv", "getProperty", "getProperties").contains(call.getName());
        boolean names = owner.isEquivalentTo(InetAddress.class)
                && Set.of("getByName", "getAllByName", "getLocalHost").contains(call.getName());
        boolean dice = owner.isEquivalentTo(Math.class) && call.getName().equals("random");
        return system || names || dice;
    }
}
