package io.tidemark.router.operation.table;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.router.error.ApiException;
import io.tidemark.router.error.TableErrors;
import io.tidemark.schema.catalog.TableClass;
import java.util.Arrays;
import java.util.Optional;

/** The member {@code TableClass} of an input. */
final class TableClassMember {
    private TableClassMember() {}

    /** @throws ApiException if there is no such class */
    static Optional<TableClass> of(ObjectNode parameters) {
        return TableCalls.member(parameters, "TableClass").map(name -> named(name.asText()));
    }

    private static TableClass named(String name) {
        return Arrays.stream(TableClass.values())
                .filter(tableClass -> tableClass.name().equals(name))
                .findFirst()
                .orElseThrow(TableErrors::tableClass);
    }
}
