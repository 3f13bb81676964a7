package io.signalbox.testkit;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives a test class a database of its own; a parameter of type {@link TestDatabase} gets it as well.
 *
 * <pre>{@code
 * @RegisterExtension
 * static final PostgresExtension POSTGRES = PostgresExtension.copyOf("signalbox", db -> Migrations.run(db.jdbcUrl()));
 * }</pre>
 *
 * <p>In a static field it is one database for the class, in an instance field one for each test.
 */
public final class PostgresExtension
        implements BeforeAllCallback, AfterAllCallback, BeforeEachCallback, AfterEachCallback, ParameterResolver {
    private final Optional<Template> template;
    private boolean forClass;
    private @Nullable TestDatabase database;

    private PostgresExtension(Optional<Template> template) {
        this.template = template;
    }

    private record Template(String name, Databases.Preparation preparation) {}

    /** An empty database. */
    public static PostgresExtension empty() {
        return new PostgresExtension(Optional.empty());
    }

    /** A copy of a template that is made once in a JVM. */
    public static PostgresExtension copyOf(String template, Databases.Preparation preparation) {
        return new PostgresExtension(Optional.of(new Template(template, preparation)));
    }

    public TestDatabase database() {
        return Objects.requireNonNull(database, "no test is running");
    }

    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        forClass = true;
        create();
    }

    @Override
    public void beforeEach(ExtensionContext context) throws Exception {
        if (!forClass) {
            create();
        }
    }

    @Override
    public void afterEach(ExtensionContext context) {
        if (!forClass) {
            drop();
        }
    }

    @Override
    public void afterAll(ExtensionContext context) {
        drop();
    }

    private void create() throws Exception {
        database = template.isPresent()
                ? Databases.shared()
                        .create(template.get().name(), template.get().preparation())
                : Databases.shared().create();
    }

    private void drop() {
        if (database != null) {
            Databases.shared().drop(database);
            database = null;
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == TestDatabase.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return database();
    }
}
