package io.tidemark.router;

import io.tidemark.client.RouteSource;
import io.tidemark.client.TidemarkClient;
import io.tidemark.router.expression.Expressions;
import io.tidemark.schema.catalog.TableAdmin;
import java.time.InstantSource;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * What the operations work with. They close none of it.
 *
 * @param routes the same that the client has
 * @param region of the tables' resource names
 * @param clock says which day is today
 * @param random must be thread-safe
 * @param endpoint host and port of this router, asked for after it has started
 */
public record RouterParts(
        TidemarkClient client,
        RouteSource routes,
        TableAdmin tables,
        Expressions expressions,
        String region,
        InstantSource clock,
        RandomGenerator random,
        Supplier<String> endpoint) {}
