package io.tidemark.router;

import io.tidemark.client.RouteSource;
import io.tidemark.client.TidemarkClient;
import io.tidemark.router.expression.Expressions;
import io.tidemark.schema.catalog.TableAdmin;

/**
 * What the operations work with. They close none of it.
 *
 * @param routes the same that the client has
 * @param region of the tables' resource names
 */
public record RouterParts(
        TidemarkClient client, RouteSource routes, TableAdmin tables, Expressions expressions, String region) {}
