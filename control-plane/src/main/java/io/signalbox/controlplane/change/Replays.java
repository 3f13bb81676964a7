package io.signalbox.controlplane.change;

import io.signalbox.controlplane.store.KeyedAnswer;
import io.signalbox.controlplane.store.KeyedAnswer.Id;
import io.signalbox.controlplane.store.KeyedAnswers;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The answers to keyed requests during one attempt to decide a batch: those that are stored, and those of the batch
 * itself. Of one thread.
 *
 * <p>They are read after the config that the attempt starts from. So an answer that came with that config or before is
 * among them, and one that comes later comes with a revision that makes the attempt fail.
 */
final class Replays {
    private final Map<Id, KeyedAnswer> known;
    private final List<KeyedAnswer> fresh = new ArrayList<>();
    private final Instant now;

    private Replays(Map<Id, KeyedAnswer> known, Instant now) {
        this.known = new HashMap<>(known);
        this.now = now;
    }

    static Replays read(KeyedAnswers answers, List<ChangeRequest> requests, Instant now) {
        List<Id> ids = requests.stream()
                .flatMap(request -> request.keyed().map(keyed -> id(request, keyed)).stream())
                .distinct()
                .toList();
        return new Replays(answers.find(ids, now), now);
    }

    /** What to answer without looking at the request any further. */
    Optional<Outcome> find(ChangeRequest request) {
        return request.keyed()
                .flatMap(keyed -> Optional.ofNullable(known.get(id(request, keyed)))
                        .map(stored -> stored.fingerprint().equals(keyed.fingerprint())
                                ? new Outcome.Replayed(stored.answer())
                                : new Outcome.KeyReused(keyed.key())));
    }

    /** Remembers what the request is answered, if it is done. */
    void remember(ChangeRequest request, Outcome outcome) {
        if (outcome instanceof Outcome.Applied applied) {
            request.keyed().ifPresent(keyed -> {
                KeyedAnswer answer = new KeyedAnswer(
                        id(request, keyed),
                        keyed.fingerprint(),
                        keyed.answering().apply(applied),
                        now.plus(Keyed.KEPT));
                known.put(answer.id(), answer);
                fresh.add(answer);
            });
        }
    }

    /** What is to be stored with the attempt. */
    List<KeyedAnswer> fresh() {
        return List.copyOf(fresh);
    }

    private static Id id(ChangeRequest request, Keyed keyed) {
        return new Id(request.author().name(), keyed.key());
    }
}
