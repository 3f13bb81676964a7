package io.signalbox.controlplane.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.dropwizard.auth.AuthValueFactoryProvider;
import io.dropwizard.core.setup.Environment;
import io.dropwizard.jersey.setup.JerseyEnvironment;
import io.signalbox.api.OpenApiDocument;
import io.signalbox.controlplane.authentication.Authenticator;
import io.signalbox.controlplane.authentication.Tokens;
import io.signalbox.controlplane.change.ApplyChanges;
import io.signalbox.controlplane.change.Head;
import io.signalbox.controlplane.change.Rollback;
import io.signalbox.controlplane.load.Ledger;
import io.signalbox.controlplane.progress.CanaryController;
import io.signalbox.controlplane.progress.ExperimentWatch;
import io.signalbox.controlplane.rest.body.RequestSchemas;
import io.signalbox.controlplane.rest.events.EventStreams;
import io.signalbox.controlplane.store.Confirmations;
import io.signalbox.controlplane.store.LatencyStore;
import io.signalbox.controlplane.store.LoadStore;
import io.signalbox.controlplane.store.RevisionHistory;
import io.signalbox.controlplane.store.TokenStore;
import io.signalbox.controlplane.xds.serve.Nodes;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;

/**
 * The admin API, put together. It needs a server with {@code registerDefaultExceptionMappers: false}, as all errors are
 * its own problems, and with a request log that leaves out nothing but headers: no secret is ever in a URL.
 */
public final class AdminApi {
    private AdminApi() {}

    /**
     * What the API is a face of.
     *
     * @param head what reads are answered from
     * @param hasPrometheus whether canaries can be judged by what one says
     */
    public record Services(
            Head head,
            ApplyChanges changes,
            RevisionHistory history,
            Rollback rollback,
            Confirmations confirmations,
            InstantSource time,
            Nodes nodes,
            Loads loads,
            EventStreams events,
            CanaryController canaries,
            ExperimentWatch experiments,
            boolean hasPrometheus,
            Entrance entrance) {}

    /**
     * What proxies report.
     *
     * @param here what they told this control plane
     */
    public record Loads(Ledger here, LoadStore all, LatencyStore latencies) {}

    /**
     * Who gets in.
     *
     * @param authenticator of whatever comes as a bearer token
     */
    public record Entrance(Authenticator authenticator, Tokens tokens, TokenStore tokenStore, RequestLimits limits) {}

    public static void register(Environment environment, Services services) {
        register(environment.jersey(), services, ForkJoinPool.commonPool());
        new DocumentationPage().register(environment);
        environment.getApplicationContext().setErrorHandler(new ProblemErrorHandler());
        environment.lifecycle().addServerLifecycleListener(server -> server.setErrorHandler(new ProblemErrorHandler()));
    }

    private static void register(JerseyEnvironment jersey, Services services, Executor answering) {
        String yaml = OpenApiDocument.yaml();
        JsonNode document = parse(yaml);
        RequestSchemas schemas = new RequestSchemas(document);
        Drafts drafts = new Drafts(schemas, services.hasPrometheus());
        Entrance entrance = services.entrance();
        Writes writes = new Writes(services.head(), services.changes(), services.nodes(), answering);
        PastRevisions past = new PastRevisions(services.head(), services.history());
        jersey.register(new AccessFeature(entrance.authenticator(), new RateLimits(entrance.limits())));
        jersey.register(new AuthValueFactoryProvider.Binder<>(Caller.class));
        jersey.register(QueryFilter.class);
        jersey.register(UnreadBody.class);
        jersey.register(new FailureMapper());
        jersey.register(new KindResource(services.head(), past, drafts, writes));
        Actions actions = new Actions(services.head(), writes);
        jersey.register(new CanaryActionResource(actions, services.time()));
        jersey.register(new PoolLoadResource(services.head(), services.loads(), services.time()));
        jersey.register(new CanaryAnalysisResource(services.head(), services.canaries()));
        jersey.register(new ExperimentReportResource(
                services.head(),
                services.experiments(),
                services.loads().latencies(),
                services.nodes(),
                services.time()));
        ExperimentActions experiments = new ExperimentActions(actions);
        jersey.register(new ExperimentStartResource(experiments, services.time()));
        jersey.register(new ExperimentStopResource(experiments));
        jersey.register(new ChangesetResource(services.head(), drafts, writes));
        jersey.register(new ConfigResource(services.head(), drafts, writes));
        jersey.register(new NodesResource(services.nodes(), services.loads().here()));
        jersey.register(new RevisionsResource(services.history(), services.confirmations(), past));
        jersey.register(new RollbackResource(services.head(), past, services.rollback(), writes));
        jersey.register(new ConfirmationResource(past, services.history(), services.confirmations(), services.time()));
        jersey.register(new TokensResource(entrance.tokens(), schemas, services.time()));
        jersey.register(new TokenEventsResource(entrance.tokenStore()));
        jersey.register(new ExplainResource(services.head(), past, schemas));
        jersey.register(new WarningsResource(services.head()));
        jersey.register(new PropagationResource(services.nodes(), past));
        jersey.register(new EventsResource(services.head(), services.events()));
        jersey.register(new DocumentResource(yaml, document));
    }

    private static JsonNode parse(String yaml) {
        try {
            return YAMLMapper.builder().build().readTree(yaml);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the OpenAPI document is broken", e);
        }
    }
}
