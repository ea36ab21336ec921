package io.tidemark.router.model;

import io.tidemark.router.error.ApiException;
import io.tidemark.router.error.ConstraintErrors;
import io.tidemark.router.operation.OperationName;
import java.util.List;

/**
 * How the constraints that a request breaks are told. Where something is missing, all are told, in the order of the shape, with
 * what was found. Otherwise operations on items have ways of their own.
 */
final class FaultReport {
    private static final String TABLE_NAME = "TableName";
    private static final String RETURN_VALUES = "ReturnValues";
    private static final String CONDITIONAL_OPERATOR = "ConditionalOperator";

    /** In the service's order and spelling. */
    private static final List<String> RETURN_VALUES_TOLD =
            List.of("ALL_OLD", "UPDATED_OLD", "ALL_NEW", "UPDATE_NEW", "NONE");

    /** In the service's spelling. */
    private static final List<String> CONDITIONAL_OPERATORS_TOLD = List.of("ALL", "OR");

    private FaultReport() {}

    /** @param faults one or more */
    static ApiException of(OperationName operation, List<Fault> faults) {
        if (faults.stream().anyMatch(Fault::isMissing)) {
            return ConstraintErrors.faults(faults.stream().map(Fault::text).toList());
        }
        if (operation == OperationName.Query && has(CONDITIONAL_OPERATOR, faults)) {
            return ApiException.validation(ConstraintErrors.fault(CONDITIONAL_OPERATORS_TOLD));
        }
        return ConstraintErrors.faults(told(operation, faults).stream()
                .map(fault -> text(operation, fault))
                .toList());
    }

    /** Some faults are told alone, or not beside others. */
    private static List<Fault> told(OperationName operation, List<Fault> faults) {
        List<Fault> ofEmptyTableName =
                faults.stream().filter(FaultReport::isEmptyTableName).toList();
        if (!ofEmptyTableName.isEmpty()) {
            return ofEmptyTableName;
        }
        if (operation == OperationName.UpdateItem && has(RETURN_VALUES, faults)) {
            return faults.stream().filter(fault -> fault.isOf(RETURN_VALUES)).toList();
        }
        if (operation == OperationName.BatchWriteItem) {
            List<Fault> others = faults.stream()
                    .filter(fault -> !(fault.constraint() instanceof Constraint.TableNameKeys))
                    .toList();
            return others.isEmpty() ? faults : others;
        }
        return faults;
    }

    private static String text(OperationName operation, Fault fault) {
        return switch (operation) {
            case PutItem, UpdateItem, DeleteItem -> ofWrite(fault);
            case Query, Scan -> isNumber(fault) ? fault.withoutValue() : fault.text();
            default -> fault.text();
        };
    }

    private static String ofWrite(Fault fault) {
        if (isEmptyTableName(fault)) {
            return fault.withoutValue();
        }
        if (fault.isOf(RETURN_VALUES)) {
            return ConstraintErrors.fault(RETURN_VALUES_TOLD);
        }
        return fault.isOf(CONDITIONAL_OPERATOR) ? ConstraintErrors.fault(CONDITIONAL_OPERATORS_TOLD) : fault.text();
    }

    private static boolean has(String parameter, List<Fault> faults) {
        return faults.stream().anyMatch(fault -> fault.isOf(parameter));
    }

    private static boolean isEmptyTableName(Fault fault) {
        return fault.isOf(TABLE_NAME)
                && fault.value() != null
                && fault.value().textValue().isEmpty();
    }

    private static boolean isNumber(Fault fault) {
        return fault.constraint() instanceof Constraint.MinValue || fault.constraint() instanceof Constraint.MaxValue;
    }
}
