package io.signalbox.testkit;

import io.signalbox.local.EmbeddedDatabase;
import java.util.HashSet;
import java.util.Set;

/**
 * Databases for tests, all on one embedded server that starts with the first and ends with the JVM. Making one takes some
 * tens of milliseconds. Any thread may call.
 */
public final class Databases {
    private static final Databases SHARED = new Databases();

    private final Set<String> templates = new HashSet<>();
    private int made;

    private Databases() {}

    public static Databases shared() {
        return SHARED;
    }

    /** Fills a database that is to be copied, mostly by migrating it. Must leave no connection open. */
    public interface Preparation {
        void prepare(TestDatabase template) throws Exception;
    }

    /** An empty database. */
    public synchronized TestDatabase create() {
        String name = nextName();
        Server.DATABASE.createDatabase(name);
        return describe(name);
    }

    /**
     * A copy of a template.
     *
     * @param template the template's name; the first call of a JVM makes it
     */
    public synchronized TestDatabase create(String template, Preparation preparation) throws Exception {
        String templateName = "template_" + template;
        if (!templates.contains(template)) {
            Server.DATABASE.dropDatabase(templateName);
            Server.DATABASE.createDatabase(templateName);
            preparation.prepare(describe(templateName));
            templates.add(template);
        }
        String name = nextName();
        Server.DATABASE.createDatabase(name, templateName);
        return describe(name);
    }

    /** Removes a database, cutting its connections. */
    public synchronized void drop(TestDatabase database) {
        Server.DATABASE.dropDatabase(database.name());
    }

    private String nextName() {
        made++;
        return "test_" + made;
    }

    private static TestDatabase describe(String name) {
        EmbeddedDatabase server = Server.DATABASE;
        return new TestDatabase(name, server.jdbcUrl(name), server.user(), server.password());
    }

    /** Starts when it is first asked for; ends with the JVM, as every child process of {@code local} does. */
    private static final class Server {
        static final EmbeddedDatabase DATABASE = EmbeddedDatabase.start(EmbeddedDatabase.Options.THROWAWAY);
    }
}
