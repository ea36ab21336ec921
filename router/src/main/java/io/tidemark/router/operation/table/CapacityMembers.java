package io.tidemark.router.operation.table;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.router.error.TableErrors;
import io.tidemark.schema.catalog.Capacity;
import java.util.Optional;

/**
 * The members {@code BillingMode} and {@code ProvisionedThroughput} of an input.
 *
 * @param payPerRequest empty if no billing mode is given
 */
record CapacityMembers(Optional<Boolean> payPerRequest, Optional<JsonNode> throughput) {
    private static final String READ = "ReadCapacityUnits";
    private static final String WRITE = "WriteCapacityUnits";
    private static final String PAY_PER_REQUEST = "PAY_PER_REQUEST";

    static CapacityMembers of(ObjectNode parameters) {
        return new CapacityMembers(
                TableCalls.member(parameters, "BillingMode")
                        .map(mode -> mode.asText().equals(PAY_PER_REQUEST)),
                TableCalls.member(parameters, "ProvisionedThroughput"));
    }

    boolean isEmpty() {
        return payPerRequest.isEmpty() && throughput.isEmpty();
    }

    /** Of a table that is made: provisioned unless said otherwise. */
    Capacity ofNewTable() {
        if (payPerRequest.orElse(false)) {
            refuseUnits();
            return Capacity.ON_DEMAND;
        }
        return throughput.map(CapacityMembers::provisioned).orElseThrow(TableErrors::noUnits);
    }

    /** What a table is changed to; whether the table admits it is not looked at. */
    Capacity ofChange() {
        if (payPerRequest.orElse(false)) {
            refuseUnits();
            return Capacity.ON_DEMAND;
        }
        return throughput.map(CapacityMembers::provisioned).orElseThrow(TableErrors::noThroughput);
    }

    /** A table without provisioned capacity gets some only together with the billing mode. */
    void requireAdmissible(Capacity current) {
        if (payPerRequest.isEmpty() && current.equals(Capacity.ON_DEMAND)) {
            refuseUnits();
        }
    }

    private void refuseUnits() {
        if (throughput.isPresent()) {
            throw TableErrors.unitsOnDemand();
        }
    }

    private static Capacity provisioned(JsonNode throughput) {
        return new Capacity.Provisioned(units(throughput, READ), units(throughput, WRITE));
    }

    /** The input's shape has seen to it that the units are there and positive. */
    private static long units(JsonNode throughput, String name) {
        long units = throughput.path(name).asLong();
        if (units < 1 || units > Capacity.Provisioned.MAX_UNITS) {
            throw TableErrors.unitsOutOfBounds(units, name);
        }
        return units;
    }
}
