package io.tidemark.launcher.process;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * A role that serves.
 *
 * @param address where it is reached, or what it is if it has no port
 * @param ready completes when it does what it is for, and not only listens
 * @param fault completes with the reason if it cannot go on: the process must end then
 */
public record RunningRole(String address, CompletionStage<Void> ready, CompletionStage<String> fault) {
    static RunningRole at(Object address) {
        return new RunningRole(address.toString(), CompletableFuture.completedStage(null), new CompletableFuture<>());
    }
}
