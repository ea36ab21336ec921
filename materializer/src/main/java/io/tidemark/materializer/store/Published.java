package io.tidemark.materializer.store;

import io.tidemark.materializer.core.TableState;
import io.tidemark.schema.TableId;
import java.util.Map;

/** What the owner tells readers after each batch; immutable. */
record Published(Position position, Map<TableId, TableState> tables) {}
