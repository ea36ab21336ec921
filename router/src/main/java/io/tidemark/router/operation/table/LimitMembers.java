package io.tidemark.router.operation.table;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.router.error.ApiException;
import io.tidemark.router.error.TableErrors;
import io.tidemark.schema.catalog.Capacity;
import io.tidemark.schema.catalog.LimitChange;
import io.tidemark.schema.catalog.OnDemandLimits;
import io.tidemark.schema.catalog.TableChange;
import java.util.Optional;

/** The member {@code OnDemandThroughput} of an input. One without members is as good as none. */
record LimitMembers(Optional<Long> read, Optional<Long> write) {
    static final String MEMBER = "OnDemandThroughput";

    private static final String READ = "MaxReadRequestUnits";
    private static final String WRITE = "MaxWriteRequestUnits";
    private static final long REMOVED = -1;

    static LimitMembers of(ObjectNode parameters) {
        Optional<JsonNode> limits = TableCalls.member(parameters, MEMBER);
        return new LimitMembers(
                limits.flatMap(given -> TableCalls.member(given, READ)).map(JsonNode::asLong),
                limits.flatMap(given -> TableCalls.member(given, WRITE)).map(JsonNode::asLong));
    }

    boolean isEmpty() {
        return read.isEmpty() && write.isEmpty();
    }

    /** @throws ApiException if the table has provisioned capacity, or a limit is none */
    OnDemandLimits ofNewTable(Capacity capacity) {
        if (!isEmpty() && !capacity.equals(Capacity.ON_DEMAND)) {
            throw TableErrors.limitOfNewProvisioned(firstMember());
        }
        read.ifPresent(units -> requireInRange(units, READ));
        write.ifPresent(units -> requireInRange(units, WRITE));
        return new OnDemandLimits(read, write);
    }

    /**
     * Whether the table admits it is not looked at.
     *
     * @throws ApiException if the same update gives it provisioned capacity, or a limit is none
     */
    TableChange ofChange(CapacityMembers capacity) {
        boolean toOnDemand = capacity.payPerRequest().orElse(false);
        if (!capacity.isEmpty() && !toOnDemand) {
            throw TableErrors.limitOfProvisioned(firstMember());
        }
        return new TableChange.SetOnDemandLimits(change(read, READ), change(write, WRITE), toOnDemand);
    }

    /** What the answer to an update has: what was removed, too, as it was asked for. */
    void writeRemoved(ObjectNode table) {
        write(table, READ, read.filter(units -> units == REMOVED));
        write(table, WRITE, write.filter(units -> units == REMOVED));
    }

    static void write(ObjectNode table, OnDemandLimits limits) {
        write(table, READ, limits.maxReadUnits());
        write(table, WRITE, limits.maxWriteUnits());
    }

    private static void write(ObjectNode table, String name, Optional<Long> units) {
        units.ifPresent(given -> table.withObjectProperty(MEMBER).put(name, given));
    }

    private String firstMember() {
        return read.isPresent() ? READ : WRITE;
    }

    private static LimitChange change(Optional<Long> units, String name) {
        if (units.isEmpty()) {
            return LimitChange.KEEP;
        }
        if (units.get() == REMOVED) {
            return LimitChange.REMOVE;
        }
        requireInRange(units.get(), name);
        return new LimitChange.Replace(units.get());
    }

    private static void requireInRange(long units, String name) {
        if (units < 1 || units > Capacity.Provisioned.MAX_UNITS) {
            throw TableErrors.limitOutOfRange(name);
        }
    }
}
