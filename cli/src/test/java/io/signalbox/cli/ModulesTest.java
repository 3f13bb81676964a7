package io.signalbox.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.Test;

/** What the modules may know of each other. It stands here because only this module sees them all. */
class ModulesTest {
    private static final String CONTROL_PLANE = "io.signalbox.controlplane..";
    private static final String DATA_PLANE = "io.signalbox.dataplane..";
    private static final String ROUTING = "io.signalbox.routing..";
    private static final String CLI = "io.signalbox.cli..";

    private static final JavaClasses ALL = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.signalbox");

    @Test
    void theTwoPlanesShareNothingButTheProtos() {
        never(CONTROL_PLANE, DATA_PLANE, CLI).check(ALL);
        never(DATA_PLANE, CONTROL_PLANE, CLI).check(ALL);
    }

    @Test
    void conformanceKnowsBothPlanesFromOutsideOnly() {
        never("io.signalbox.conformance..", CONTROL_PLANE, DATA_PLANE, ROUTING, CLI)
                .check(ALL);
    }

    @Test
    void routingDecidesAndDoesNothingElse() {
        never(
                        ROUTING,
                        CONTROL_PLANE,
                        DATA_PLANE,
                        "io.netty..",
                        "io.grpc..",
                        "java.nio.file..",
                        "java.nio.channels..",
                        "java.net..",
                        "java.sql..")
                .check(ALL);
    }

    @Test
    void theseRulesCanFail() {
        assertThat(never(CLI, CONTROL_PLANE).evaluate(ALL).hasViolation()).isTrue();
        assertThat(never(DATA_PLANE, ROUTING).evaluate(ALL).hasViolation()).isTrue();
    }

    private static ArchRule never(String from, String... to) {
        return noClasses()
                .that()
                .resideInAPackage(from)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(to);
    }
}
