package io.tidemark.client;

import io.tidemark.client.ShardPlan.Target;
import io.tidemark.client.UnavailableException.Failure;
import io.tidemark.schema.RequestId;
import io.tidemark.schema.ShardId;
import io.tidemark.schema.node.NodeException;
import io.tidemark.schema.node.NodeException.Kind;
import io.tidemark.schema.node.NodeReply;
import io.tidemark.schema.node.NodeRequest;
import io.tidemark.schema.wire.RecordHeader;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * One request on its way from node to node. A step at a time: each is begun by the end of the one before, so that there is no
 * lock although steps run on different threads.
 */
final class ShardCall {
    private record NodeKey(int zoneNumber, int nodeNumber) {}

    private final ShardCalls calls;
    private final ShardId shard;
    private final NodeRequest request;
    private final long startNanos;
    private final long deadlineNanos;
    private final CompletableFuture<NodeReply> result = new CompletableFuture<>();
    private final Map<NodeKey, Failure> failures = new LinkedHashMap<>();

    private Deque<Target> targets = new ArrayDeque<>();
    private int rounds;
    private boolean worthAnotherRound = true;
    private boolean effectUnknown;

    ShardCall(ShardCalls calls, ShardId shard, NodeRequest request, Duration deadline) {
        this.calls = calls;
        this.shard = shard;
        this.request = request;
        this.startNanos = calls.nanos();
        this.deadlineNanos = startNanos + deadline.toNanos();
    }

    CompletableFuture<NodeReply> result() {
        return result;
    }

    void start() {
        beginRound();
    }

    private void beginRound() {
        targets = calls.plan().round(shard);
        rounds++;
        worthAnotherRound = false;
        askNext();
    }

    private void askNext() {
        Duration remaining = remaining();
        if (result.isDone()) {
            return;
        }
        if (!remaining.isPositive()) {
            fail();
            return;
        }
        @Nullable Target target = targets.poll();
        if (target == null) {
            endRound();
            return;
        }
        Duration attempt = min(calls.config().attemptTimeout(), remaining);
        CompletionStage<NodeReply> answer = calls.ask(target.node(), request, attempt);
        answer.whenComplete((reply, failure) -> {
            if (reply != null) {
                calls.plan().served(target, shard);
                result.complete(reply);
            } else {
                failed(target, (NodeException) failure);
            }
        });
    }

    private void failed(Target target, NodeException failure) {
        failures.put(
                new NodeKey(target.zoneNumber(), target.nodeNumber()),
                new Failure(
                        target.zone().zone(),
                        target.node().toString(),
                        failure.kind(),
                        String.valueOf(failure.getMessage())));
        switch (failure.kind()) {
            case NOT_SERVING -> {
                calls.plan().doesNotServe(target, shard);
                worthAnotherRound = true;
                askNext();
            }
            case TIMEOUT -> {
                effectUnknown = true;
                worthAnotherRound = true;
                calls.plan().didNotAnswer(target);
                askOthersOfZoneLast(target);
                askNext();
            }
            case OVERLOADED -> {
                worthAnotherRound = true;
                pause(this::askNext);
            }
            case CORRUPT -> {
                worthAnotherRound = true;
                calls.plan().doesNotServe(target, shard);
                askNext();
            }
            case INTERNAL -> {
                effectUnknown = true;
                askNext();
            }
            case INVALID_REQUEST, UNKNOWN_TABLE, WRONG_RANGE, EXPIRED -> result.completeExceptionally(failure);
        }
    }

    /** What did not answer may be the whole zone; but it may be one node that does not even have the shard. */
    private void askOthersOfZoneLast(Target target) {
        Deque<Target> reordered = new ArrayDeque<>();
        targets.stream()
                .filter(other -> other.zoneNumber() != target.zoneNumber())
                .forEach(reordered::add);
        targets.stream()
                .filter(other -> other.zoneNumber() == target.zoneNumber())
                .forEach(reordered::add);
        targets = reordered;
    }

    private void endRound() {
        if (worthAnotherRound && rounds < calls.config().maxRounds()) {
            pause(this::beginRound);
        } else {
            fail();
        }
    }

    private void pause(Runnable then) {
        Duration backoff = calls.backoff(rounds - 1);
        if (backoff.compareTo(remaining()) >= 0) {
            fail();
        } else {
            calls.later(backoff, then);
        }
    }

    private void fail() {
        long elapsedMs = Duration.ofNanos(calls.nanos() - startNanos).toMillis();
        List<Failure> reasons = List.copyOf(failures.values());
        Optional<RequestId> requestId = writeId();
        String message = "shard " + shard + " could not be served within " + elapsedMs + " ms, " + rounds + " round"
                + (rounds == 1 ? "" : "s");
        if (!reasons.isEmpty() && reasons.stream().allMatch(reason -> reason.kind() == Kind.INTERNAL)) {
            result.completeExceptionally(new InternalErrorException(message + ": " + reasons));
        } else {
            result.completeExceptionally(
                    new UnavailableException(message, reasons, requestId, requestId.isPresent() && effectUnknown));
        }
    }

    private Optional<RequestId> writeId() {
        if (!(request instanceof NodeRequest.Write write)) {
            return Optional.empty();
        }
        return write.payload().headers().stream()
                .filter(header -> header.key().equals(RecordHeader.REQUEST_ID)
                        && header.value().length() == RequestId.SIZE_BYTES)
                .map(header -> RequestId.fromBytes(header.value().array()))
                .reduce((first, last) -> last);
    }

    private Duration remaining() {
        return Duration.ofNanos(deadlineNanos - calls.nanos());
    }

    private static Duration min(Duration left, Duration right) {
        return left.compareTo(right) <= 0 ? left : right;
    }
}
