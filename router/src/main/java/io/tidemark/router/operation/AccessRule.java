package io.tidemark.router.operation;

import io.tidemark.router.error.ApiException;
import io.tidemark.router.error.ItemErrors;
import io.tidemark.router.model.TableArn;
import io.tidemark.router.operation.TableAccess.Right;

/**
 * Sees to it that callers do only what their key pairs may. Thread-safe.
 *
 * @param region as the messages have it
 */
public record AccessRule(String region) {
    /**
     * To be asked before anything about the table is told.
     *
     * @throws ApiException ACCESS_DENIED
     */
    public void require(Call call, Right right, String tableName) {
        if (!call.access().allows(right, tableName)) {
            throw ItemErrors.accessDenied(
                    call.accessKeyId().orElse("anonymous"),
                    call.operation().name(),
                    TableArn.of(region, tableName).toString());
        }
    }
}
