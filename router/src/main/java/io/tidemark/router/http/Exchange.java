package io.tidemark.router.http;

import com.linecorp.armeria.common.AggregatedHttpRequest;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.netty.util.Timeout;
import io.tidemark.router.error.ApiException;
import io.tidemark.router.error.ErrorType;
import io.tidemark.router.error.ProtocolErrors;
import io.tidemark.router.operation.Answer;
import io.tidemark.router.operation.Call;
import io.tidemark.router.operation.Operation;
import io.tidemark.router.operation.OperationName;
import io.tidemark.router.operation.ReadToken;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One request of the API, from its head to its answer. It is answered once: by its operation, by a refusal, or by its deadline. */
final class Exchange {
    private static final Logger LOGGER = LoggerFactory.getLogger(Exchange.class);
    /** Longer bodies are worked on elsewhere: they would keep the event loop's other connections waiting. */
    private static final int MAX_EVENT_LOOP_BYTES = 256 << 10;

    private final ExchangeParts parts;
    private final ServiceRequestContext context;
    private final Envelope envelope;
    private final Connection connection;
    /** Of the metrics' clock. */
    private final long startNanos;

    private final long headNanos = System.nanoTime();
    private final CompletableFuture<HttpResponse> response = new CompletableFuture<>();

    private volatile @Nullable OperationName operation;
    /** Of the body; null as long as it has not. */
    private volatile @Nullable Long arrivedNanos;

    /** Set before the response is complete. */
    private volatile long answeredNanos;

    /** Guarded by this. */
    private @Nullable Timeout timeout;
    /** Guarded by this. */
    private long reservedBytes;
    /** Guarded by this. */
    private boolean over;

    Exchange(ExchangeParts parts, ServiceRequestContext context, Envelope envelope, Connection connection) {
        this.parts = parts;
        this.context = context;
        this.envelope = envelope;
        this.connection = connection;
        startNanos = parts.metrics().nanoTime();
    }

    /** Answers without having read the body. */
    HttpResponse refuse(ApiException refusal) {
        connection.answeredEarly();
        fail(refusal);
        return HttpResponse.of(response);
    }

    /** Reads the body, for which there is a place; gives the place back when the answer has left. */
    HttpResponse serve(HttpRequest request) {
        long announced = request.headers().contentLength();
        if (announced > 0 && !tryReserve(announced)) {
            return refuse(ProtocolErrors.overloaded());
        }
        RouterConfig.Timeouts timeouts = parts.timeouts();
        arm(Math.min(timeouts.receive().toNanos(), timeouts.request().toNanos()));
        CompletionStage<byte[]> body;
        if (announced >= 0) {
            body = request.aggregate().thenApply(Exchange::content);
        } else {
            ChunkedBody chunks = new ChunkedBody(this::tryReserve);
            request.subscribe(chunks, context.eventLoop());
            body = chunks.whole();
        }
        body.whenComplete((bytes, failure) -> {
            if (failure == null) {
                arrived(new ApiRequest(request.headers(), bytes));
            } else {
                connection.answeredEarly();
                brokeOff(failure);
            }
        });
        return HttpResponse.of(response);
    }

    /** The answer has left, or nobody waits for it any more. */
    synchronized void end() {
        Timeout pending = timeout;
        if (pending != null) {
            pending.cancel();
        }
        over = true;
        parts.inFlight().release(reservedBytes);
        reservedBytes = 0;
        parts.inFlight().leave();
    }

    private static byte[] content(AggregatedHttpRequest request) {
        return request.content().array();
    }

    private void brokeOff(Throwable failure) {
        Throwable cause = peel(failure);
        if (cause instanceof ApiException refusal) {
            fail(refusal);
        } else {
            // The connection broke, or the deadline has answered: nobody reads this.
            fail(ProtocolErrors.requestTooSlow(parts.timeouts().receive()));
        }
    }

    private void arrived(ApiRequest request) {
        arrivedNanos = System.nanoTime();
        if (request.body().length > MAX_EVENT_LOOP_BYTES) {
            context.blockingTaskExecutor().execute(() -> call(request));
        } else {
            call(request);
        }
    }

    private void call(ApiRequest request) {
        if (response.isDone()) {
            return;
        }
        try {
            if (!CallDecoder.isApiRequest(request)) {
                finish(envelope.notFound(), ErrorType.UNKNOWN_OPERATION);
                return;
            }
            OperationName name = parts.decoder().operation(request);
            operation = name;
            Operation called = name == null ? null : parts.operations().get(name);
            Call call = parts.decoder().decode(request);
            if (called == null) {
                throw ProtocolErrors.unknownOperation();
            }
            called.call(call).whenComplete((answer, failure) -> {
                if (failure == null) {
                    succeed(answer);
                } else {
                    failed(peel(failure));
                }
            });
        } catch (Throwable failure) {
            failed(failure);
        }
    }

    private void succeed(Answer answer) {
        try {
            hold(answer.json().length());
            finish(envelope.json(200, answer.json().array(), answer.readToken()), null);
        } catch (RuntimeException unexpected) {
            failed(unexpected);
        }
    }

    private void failed(Throwable failure) {
        if (failure instanceof ApiException known) {
            fail(known);
            return;
        }
        LOGGER.atError()
                .addKeyValue("requestId", envelope.requestId())
                .addKeyValue("operation", operation)
                .setCause(Redacted.of(failure))
                .log("a request failed unexpectedly");
        fail(ProtocolErrors.internal());
    }

    private void fail(ApiException error) {
        finish(envelope.json(error.type().httpStatus(), ErrorBody.of(error), ReadToken.NONE), error.type());
    }

    private void finish(HttpResponse answer, @Nullable ErrorType error) {
        if (!response.isDone()) {
            answeredNanos = System.nanoTime();
        }
        if (!response.complete(answer)) {
            answer.abort();
            return;
        }
        parts.metrics().record(operation, error, startNanos);
    }

    private synchronized void arm(long delayNanos) {
        if (over) {
            return;
        }
        timeout = parts.timer().newTimeout(fired -> timedOut(), delayNanos, TimeUnit.NANOSECONDS);
    }

    /** Comes by when the next limit may have been reached: of arriving, of being answered, of the answer being taken. */
    private void timedOut() {
        Long arrived = arrivedNanos;
        if (response.isDone()) {
            answerNotTaken();
            return;
        }
        long remainingNanos = arrived == null
                ? headNanos + parts.timeouts().receive().toNanos() - System.nanoTime()
                : arrived + parts.timeouts().request().toNanos() - System.nanoTime();
        if (remainingNanos > 0) {
            arm(remainingNanos);
        } else if (arrived == null) {
            if (!context.sessionProtocol().isMultiplex()) {
                CompletionStage<Void> closed = context.initiateConnectionShutdown();
                closed.exceptionally(alreadyClosed -> null);
            }
            fail(ProtocolErrors.requestTooSlow(parts.timeouts().receive()));
            arm(parts.timeouts().request().toNanos());
        } else {
            fail(ProtocolErrors.deadlinePassed());
            arm(parts.timeouts().request().toNanos());
        }
    }

    /** Else clients that never read would fill every place. */
    private void answerNotTaken() {
        long remainingNanos = answeredNanos + parts.timeouts().request().toNanos() - System.nanoTime();
        if (remainingNanos > 0) {
            arm(remainingNanos);
        } else {
            connection.close();
        }
    }

    /** Of an answer: what a slow reader keeps waiting counts, though it cannot be refused any more. */
    private synchronized void hold(long sizeBytes) {
        if (!over) {
            parts.inFlight().reserve(sizeBytes);
            reservedBytes += sizeBytes;
        }
    }

    private synchronized boolean tryReserve(long sizeBytes) {
        if (over || !parts.inFlight().tryReserve(sizeBytes)) {
            return false;
        }
        reservedBytes += sizeBytes;
        return true;
    }

    private static Throwable peel(Throwable failure) {
        Throwable cause = failure;
        while (cause instanceof CompletionException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }
}
