package io.tidemark.router.http;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpObject;
import io.tidemark.router.error.ProtocolErrors;
import java.io.ByteArrayOutputStream;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/** Reads a body of unknown length; what is read is reserved as it comes. */
final class ChunkedBody implements Subscriber<HttpObject> {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final CompletableFuture<byte[]> whole = new CompletableFuture<>();
    private final LongPredicate reserve;
    private @Nullable Subscription subscription;

    /** @param reserve takes a number of bytes; false if there is no room for them */
    ChunkedBody(LongPredicate reserve) {
        this.reserve = reserve;
    }

    /** Fails with an {@link io.tidemark.router.error.ApiException} if it is too long or there is no room. */
    CompletableFuture<byte[]> whole() {
        return whole;
    }

    @Override
    public void onSubscribe(Subscription newSubscription) {
        subscription = newSubscription;
        newSubscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(HttpObject part) {
        if (!(part instanceof HttpData data) || whole.isDone()) {
            return;
        }
        if (bytes.size() + data.length() > RouterServer.MAX_REQUEST_BYTES) {
            refuse(ProtocolErrors.requestTooLarge(RouterServer.MAX_REQUEST_BYTES));
        } else if (!reserve.test(data.length())) {
            refuse(ProtocolErrors.overloaded());
        } else {
            bytes.writeBytes(data.array());
        }
    }

    private void refuse(RuntimeException refusal) {
        whole.completeExceptionally(refusal);
        if (subscription != null) {
            subscription.cancel();
        }
    }

    @Override
    public void onError(Throwable failure) {
        whole.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
        whole.complete(bytes.toByteArray());
    }
}
