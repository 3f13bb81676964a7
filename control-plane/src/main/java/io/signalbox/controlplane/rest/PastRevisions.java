package io.signalbox.controlplane.rest;

import io.signalbox.controlplane.change.Head;
import io.signalbox.controlplane.model.Config;
import io.signalbox.controlplane.store.RevisionHistory;
import java.util.Optional;

/** The config at the revision that a request names. Any thread. */
final class PastRevisions {
    /** The query parameter. */
    static final String REVISION = "revision";

    private final Head head;
    private final RevisionHistory history;

    PastRevisions(Head head, RevisionHistory history) {
        this.head = head;
        this.history = history;
    }

    /** @return empty for a text that is no revision's number */
    static Optional<Long> number(String text) {
        return text.matches("[1-9][0-9]{0,17}") ? Optional.of(Long.parseLong(text)) : Optional.empty();
    }

    static ProblemException unknown() {
        return new ProblemException(Problem.notFound("There is no such revision."));
    }

    /** The config at the revision that the query names, or the newest one if it names none. */
    Config asked(Query query) {
        return query.find(REVISION)
                .map(text -> {
                    if (!text.matches("[1-9][0-9]{0,18}")) {
                        throw Query.wrong(REVISION, text, "the number of a revision");
                    }
                    return config(text);
                })
                .orElseGet(head::get);
    }

    /** @throws ProblemException 404 when there is no such revision */
    Config config(String revision) {
        long n = existing(revision);
        return history.configAt(n, head.get());
    }

    /** @throws ProblemException 404 when there is no such revision; afterwards {@link #head} is at least there */
    long existing(String revision) {
        return number(revision).filter(this::isCommitted).orElseThrow(PastRevisions::unknown);
    }

    /** Another replica may have committed it a moment ago. */
    private boolean isCommitted(long n) {
        return n <= head.get().revision() || n <= head.refresh().revision();
    }
}
