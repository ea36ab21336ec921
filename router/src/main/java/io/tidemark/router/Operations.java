package io.tidemark.router;

import io.tidemark.router.operation.AccessRule;
import io.tidemark.router.operation.Operation;
import io.tidemark.router.operation.OperationName;
import io.tidemark.router.operation.item.ItemOperations;
import io.tidemark.router.operation.table.CountedTables;
import io.tidemark.router.operation.table.TableContext;
import io.tidemark.router.operation.table.TableOperations;
import java.util.EnumMap;
import java.util.Map;

/** All operations that are carried out. */
public final class Operations {
    private Operations() {}

    public static Map<OperationName, Operation> all(RouterParts parts) {
        Map<OperationName, Operation> operations = new EnumMap<>(OperationName.class);
        AccessRule access = new AccessRule(parts.region());
        operations.putAll(ItemOperations.all(parts.client(), parts.routes(), parts.expressions(), access));
        operations.putAll(TableOperations.all(new TableContext(
                parts.tables(),
                new CountedTables(parts.client(), parts.clock()),
                parts.region(),
                parts.clock(),
                parts.random(),
                parts.endpoint(),
                TableContext.DEFAULT_SETTLE_LIMIT)));
        return operations;
    }
}
