package io.tidemark.launcher.process;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * A role that serves.
 *
 * @param address where it is reached, or what it is if it has no port
 * @param fault completes with the reason if it cannot go on: the process must end then
 */
public record RunningRole(String address, CompletionStage<String> fault) {
    static RunningRole at(Object address) {
        return new RunningRole(address.toString(), new CompletableFuture<>());
    }
}
