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
                .contains("nonsense (expected: one of [access-log, base, ", "or SUITE/CASE; see --list)");
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
                        testCase, "reference", List.of("a <b> & \"c\" \u0001", "second"), Duration.ofMillis(4), 0));

        Reports.writeJUnitXml(directory.resolve("junit.xml"), results);
        Reports.writeHtml(directory.resolve("index.html"), results);

        Element xml = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(directory.resolve("junit.xml").toFile())
                .getDocumentElement();
        assertThat(xml.getElementsByTagName("testsuite").getLength()).isEqualTo(2);
        assertThat(xml.getElementsByTagName("failure").item(0).getTextContent()).isEqualTo("a <b> & \"c\" ?\nsecond");
        assertThat(Files.readString(directory.resolve("index.html")))
                .contains("1 passed, 1 failed", "a &lt;b&gt; &amp; &quot;c&quot;")
                .contains("<th>envoy</th><th>reference</th>", "<details><summary>2 differences</summary>");
        assertThat(Reports.line(results.get(1)))
                .startsWith("FAIL  " + testCase.path() + "  reference")
                .endsWith("\n        second");
    }

    private int execute(String... arguments) {
        CommandLine command = new CommandLine(new ConformanceCommand());
        command.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        return command.execute(arguments);
    }
}
