package io.tidemark.catalog.state;

import io.tidemark.schema.Bytes;
import io.tidemark.schema.RequestId;
import io.tidemark.schema.catalog.CatalogOutcome;
import java.util.Map;
import java.util.Optional;
import org.pcollections.HashPMap;
import org.pcollections.HashTreePMap;
import org.pcollections.TreePMap;

/**
 * The latest requests and their outcomes, bounded by count and by log time. Immutable.
 *
 * @param inOrder request ids by the order in which they came
 * @param next the number of the next request
 */
record RememberedRequests(HashPMap<RequestId, Remembered> byId, TreePMap<Long, RequestId> inOrder, long next) {
    static final RememberedRequests EMPTY = new RememberedRequests(HashTreePMap.empty(), TreePMap.empty(), 0);

    /** @param commandHash tells a repetition from another request with the same id */
    record Remembered(Bytes commandHash, CatalogOutcome outcome, long logTimeMs) {}

    Optional<Remembered> find(RequestId id) {
        return Optional.ofNullable(byId.get(id));
    }

    RememberedRequests plus(RequestId id, Remembered remembered) {
        return new RememberedRequests(byId.plus(id, remembered), inOrder.plus(next, id), next + 1)
                .forgetUntil(remembered.logTimeMs());
    }

    private RememberedRequests forgetUntil(long logTimeMs) {
        HashPMap<RequestId, Remembered> kept = byId;
        TreePMap<Long, RequestId> order = inOrder;
        while (kept.size() > CatalogLimits.MAX_REMEMBERED_REQUESTS || isOld(kept, order, logTimeMs)) {
            Map.Entry<Long, RequestId> oldest = order.firstEntry();
            kept = kept.minus(oldest.getValue());
            order = order.minus(oldest.getKey());
        }
        return new RememberedRequests(kept, order, next);
    }

    private static boolean isOld(
            HashPMap<RequestId, Remembered> kept, TreePMap<Long, RequestId> order, long logTimeMs) {
        Remembered oldest = order.isEmpty() ? null : kept.get(order.firstEntry().getValue());
        return oldest != null && logTimeMs - oldest.logTimeMs() > CatalogLimits.REMEMBERED_MS;
    }
}
