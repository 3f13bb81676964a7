package io.signalbox.conformance;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Finds case files: {@code SUITE/CASE.yaml}. */
public final class CaseFiles {
    private static final String RESOURCES = "cases";
    private static final String ENDING = ".yaml";

    private CaseFiles() {}

    /** The cases that come with this program, by suite and name. */
    public static List<ConformanceCase> shipped() throws IOException, InvalidCaseException {
        URL location = CaseFiles.class.getResource(RESOURCES);
        if (location == null) {
            throw new IOException("this program was built without its conformance cases");
        }
        try {
            URI uri = location.toURI();
            if (!uri.getScheme().equals("jar")) {
                return in(Path.of(uri));
            }
            try (FileSystem jar = FileSystems.newFileSystem(uri, Map.of())) {
                return in(jar.provider().getPath(uri));
            }
        } catch (URISyntaxException e) {
            throw new IOException("cannot read " + location, e);
        }
    }

    /**
     * The cases of a directory of suites.
     *
     * @throws InvalidCaseException with the faults of all files
     */
    public static List<ConformanceCase> in(Path directory) throws IOException, InvalidCaseException {
        List<ConformanceCase> cases = new ArrayList<>();
        List<String> faults = new ArrayList<>();
        for (Path file : files(directory)) {
            Path name = directory.relativize(file);
            int last = name.getNameCount() - 1;
            String suite = name.subpath(0, last).toString();
            String id = name.getName(last).toString();
            try {
                String text = Files.readString(file);
                cases.add(
                        CaseParser.parse(suite, id.substring(0, id.length() - ENDING.length()), name.toString(), text));
            } catch (InvalidCaseException e) {
                faults.add(e.getMessage());
            }
        }
        if (!faults.isEmpty()) {
            throw new InvalidCaseException(faults);
        }
        return cases;
    }

    private static List<Path> files(Path directory) throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            return all.filter(file -> file.toString().endsWith(ENDING))
                    .filter(file -> directory.relativize(file).getNameCount() > 1)
                    .sorted(Comparator.comparing(Path::toString))
                    .toList();
        }
    }
}
