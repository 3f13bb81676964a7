package io.signalbox.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;
import picocli.CommandLine;

class ConformanceCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    Path directory;

    @Test
    void listsWhatIsChosen() {
        assertThat(execute("--list", "--suite", "base", "--suite", "routing-traps/cookie-look-alikes"))
                .isZero();

        assertThat(out.toString().lines())
                .anyMatch(line -> line.startsWith("base/tls-termination  "))
                .anyMatch(line -> line.startsWith("routing-traps/cookie-look-alikes  "))
                .noneMatch(line -> line.startsWith("routing-traps/host-"));
    }

    @Test
    void refusesWhatCannotBeRun() {
        assertThat(execute("--suite", "nonsense")).isEqualTo(2);
        assertThat(err.toString())
                .contains("nonsense (expected: one of [access-log, ", " base, ", "or SUITE/CASE; see --list)");
        assertThat(execute("--target", "nginx")).isEqualTo(2);
        assertThat(err.toString()).contains("nginx (expected: reference, envoy");
        assertThat(execute("--target", "http://127.0.0.1:1")).isEqualTo(2);
        assertThat(err.toString()).contains("needs --api and --token");
    }

    @Test
    void writesReports() throws Exception {
        ConformanceCase testCase = CaseFiles.shipped().get(0);
        List<CaseResult> results = List.of(
                new CaseResult(testCase, "envoy", List.of(), Duration.ofMillis(3), 1),
                new CaseResult(
                        testCase, "reference", List.of("a <b> & \"c\" \u0001", "second"), Duration.ofMillis(4), 0),
                CaseResult.leftOut(testCase, "old", "for Envoy since 1.39"));

        Reports.writeJUnitXml(directory.resolve("junit.xml"), results);
        Reports.writeHtml(directory.resolve("index.html"), results);
        Certificate.write(directory.resolve("certificate.md"), results);

        Element xml = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(directory.resolve("junit.xml").toFile())
                .getDocumentElement();
        assertThat(xml.getElementsByTagName("testsuite").getLength()).isEqualTo(3);
        assertThat(xml.getElementsByTagName("failure").item(0).getTextContent()).isEqualTo("a <b> & \"c\" ?\nsecond");
        Element skipped = (Element) xml.getElementsByTagName("skipped").item(0);
        assertThat(skipped.getAttribute("message")).isEqualTo("for Envoy since 1.39");
        assertThat(((Element) skipped.getParentNode().getParentNode()).getAttribute("skipped"))
                .isEqualTo("1");
        assertThat(Files.readString(directory.resolve("certificate.md")))
                .contains("1 passed, 1 failed, 1 left out", "| 1 of 1 | 0 of 0, 1 left out | **0 of 1** |")
                .contains("- " + testCase.path() + " (for Envoy since 1.39): old");
        assertThat(Files.readString(directory.resolve("index.html")))
                .contains(
                        "1 passed, 1 failed, 1 left out",
                        "left out: for Envoy since 1.39",
                        "a &lt;b&gt; &amp; &quot;c&quot;")
                .contains("<th>envoy</th><th>reference</th><th>old</th>", "<details><summary>2 differences</summary>");
        assertThat(Reports.line(results.get(1)))
                .startsWith("FAIL  " + testCase.path() + "  reference")
                .endsWith("\n        second");
        assertThat(Reports.line(results.get(2)))
                .isEqualTo("left  " + testCase.path() + "  old (left out: for Envoy since 1.39)");
    }

    private int execute(String... arguments) {
        CommandLine command = new CommandLine(new ConformanceCommand());
        command.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        return command.execute(arguments);
    }
}
