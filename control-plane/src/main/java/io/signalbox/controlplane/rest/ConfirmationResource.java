package io.signalbox.controlplane.rest;

import io.dropwizard.auth.Auth;
import io.signalbox.controlplane.access.Decision;
import io.signalbox.controlplane.access.Principal;
import io.signalbox.controlplane.access.Role;
import io.signalbox.controlplane.store.Confirmation;
import io.signalbox.controlplane.store.Confirmations;
import io.signalbox.controlplane.store.RevisionHistory;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.time.InstantSource;

/** Confirms revisions that would be reverted otherwise. */
@Path("/api/v1/revisions")
@Needs(Role.OPERATOR)
public final class ConfirmationResource {
    private final PastRevisions past;
    private final RevisionHistory history;
    private final Confirmations confirmations;
    private final InstantSource time;

    ConfirmationResource(PastRevisions past, RevisionHistory history, Confirmations confirmations, InstantSource time) {
        this.past = past;
        this.history = history;
        this.confirmations = confirmations;
        this.time = time;
    }

    /** Needs no precondition: it is for one revision, which does not change, and doing it twice is doing it once. */
    @POST
    @Path(RevisionsResource.REVISION + ":confirm")
    public Response confirm(@PathParam("revision") String revision, @Auth Caller caller) {
        long n = past.existing(revision);
        checkIsTheirs(caller.author(), n);
        Confirmation confirmation = confirmations
                .confirm(n, caller.author().name(), time.instant())
                .orElseThrow(
                        () -> conflict("Revision " + n + " was written without confirmWithin, so it stays anyway."));
        return switch (confirmation.state()) {
            case CONFIRMED ->
                Answers.json(200, RevisionView.toJson(confirmation).put("revision", n))
                        .build();
            case REVERTED ->
                throw conflict("Revision " + n + " was reverted by revision "
                        + confirmation.revertedBy().orElseThrow() + ".");
            case PENDING ->
                throw conflict("The time to confirm revision " + n + " ended at " + confirmation.deadline() + ".");
            case FAILED ->
                throw conflict("Nobody confirmed revision " + n + " in time; it stays all the same, as "
                        + confirmation.message().orElse(""));
        };
    }

    /** Whoever may write a part only does not know what the rest is to be. */
    private void checkIsTheirs(Principal caller, long n) {
        String author = history.find(n).orElseThrow().revision().author();
        if (!caller.scope().isEverything() && !caller.name().equals(author)) {
            throw new ProblemException(Forbidden.because(
                    caller,
                    new Decision.OutsideScope(caller.scope(), "revision " + n + ", which " + author + " wrote")));
        }
    }

    private static ProblemException conflict(String detail) {
        return new ProblemException(
                Problem.of(409, "not-awaiting-confirmation", "The revision does not wait to be confirmed", detail));
    }
}
