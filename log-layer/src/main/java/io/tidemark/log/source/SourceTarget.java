package io.tidemark.log.source;

import io.tidemark.log.Log;
import io.tidemark.schema.key.TableRoute;
import java.util.function.Supplier;

/**
 * Where a binding's records go.
 *
 * @param log the write-ahead log; closed by its owner, after the binding
 * @param route the table's present route; asked often, so it must not block
 */
public record SourceTarget(Log log, Supplier<TableRoute> route, SourcePositions positions) {}
