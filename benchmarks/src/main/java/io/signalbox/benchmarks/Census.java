package io.signalbox.benchmarks;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Where the users of a kind were found while a share stood. Each asked all proxies, then the first of them again.
 *
 * @param onCanary by the last answer
 * @param changed users whose answers were not all of one arm
 * @param apart users whom two proxies answered differently
 * @param failed users who got an answer of neither arm
 */
public record Census(int users, int onCanary, int changed, int apart, int failed) {

    /** @param answers of each user: by each proxy, then by the first again */
    static Census of(List<List<String>> answers, Set<String> arms, String canary) {
        int onCanary = 0;
        int changed = 0;
        int apart = 0;
        int failed = 0;
        for (List<String> own : answers) {
            int last = own.size() - 1;
            onCanary += own.get(last).equals(canary) ? 1 : 0;
            changed += new HashSet<>(own).size() > 1 ? 1 : 0;
            apart += new HashSet<>(own.subList(0, last)).size() > 1 ? 1 : 0;
            failed += arms.containsAll(own) ? 0 : 1;
        }
        return new Census(answers.size(), onCanary, changed, apart, failed);
    }

    ObjectNode toJson() {
        return Report.object()
                .put("users", users)
                .put("onCanary", onCanary)
                .put("changed", changed)
                .put("apart", apart)
                .put("failed", failed);
    }
}
