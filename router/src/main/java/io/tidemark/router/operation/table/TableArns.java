package io.tidemark.router.operation.table;

import io.tidemark.router.error.ApiException;
import io.tidemark.router.error.ErrorType;
import io.tidemark.schema.catalog.TableName;
import java.util.regex.Pattern;

/**
 * The Amazon Resource Names of this cluster's tables.
 *
 * @param region as clients sign for it
 * @param accountId 12 digits
 */
public record TableArns(String region, String accountId) {
    private static final Pattern REGION = Pattern.compile("[a-z0-9-]{1,63}");
    private static final Pattern ACCOUNT = Pattern.compile("[0-9]{12}");

    private static final String ARN = "arn:";
    private static final String SERVICE = "dynamodb";
    private static final String TABLE = "table/";
    /** Of {@code arn:partition:service:region:account:resource}. */
    private static final int PARTS = 6;

    public TableArns {
        if (!REGION.matcher(region).matches() || !ACCOUNT.matcher(accountId).matches()) {
            throw new IllegalArgumentException(
                    "a region looks like us-east-1 and an account has 12 digits, not " + region + " and " + accountId);
        }
    }

    String of(String tableName) {
        return ARN + "aws:" + SERVICE + ":" + region + ":" + accountId + ":" + TABLE + tableName;
    }

    /**
     * The table that a request names as {@code TableName}, by its name or by its ARN.
     *
     * @throws ApiException if it is an ARN of somewhere else, or of what is no table
     */
    String nameOf(String nameOrArn) {
        if (!nameOrArn.startsWith(ARN)) {
            return nameOrArn;
        }
        String[] parts = nameOrArn.split(":", PARTS);
        if (parts.length < PARTS || !parts[2].equals(SERVICE)) {
            throw invalid("Valid ARN format is arn:aws:dynamodb:region:account-id:table/table-name", nameOrArn);
        }
        if (!parts[4].equals(accountId)) {
            throw new ApiException(ErrorType.ACCESS_DENIED, "Access is denied");
        }
        if (!parts[3].equals(region)) {
            throw invalid("Invalid AWS region in", nameOrArn);
        }
        if (!isTable(parts[PARTS - 1])) {
            throw invalid("Invalid resource type in", nameOrArn);
        }
        return parts[PARTS - 1].substring(TABLE.length());
    }

    /**
     * The table that a request names as {@code ResourceArn}.
     *
     * @throws ApiException if it is none of this cluster's
     */
    String tableOf(String resourceArn) {
        if (!resourceArn.startsWith(ARN)) {
            throw ApiException.validation(
                    "One or more parameter values were invalid: ARNs must start with 'arn:': " + resourceArn);
        }
        String[] parts = resourceArn.split(":", PARTS);
        if (parts.length < PARTS || !parts[2].equals(SERVICE) || !parts[PARTS - 1].startsWith(TABLE)) {
            throw ApiException.validation(
                    "One or more parameter values were invalid: Provided Arn is not a DynamoDB resource arn: "
                            + resourceArn);
        }
        if (!parts[4].equals(accountId)) {
            throw new ApiException(ErrorType.ACCESS_DENIED, "Access is denied");
        }
        String resource = parts[PARTS - 1];
        if (resource.indexOf('/', TABLE.length()) >= 0) {
            throw ApiException.validation("One or more parameter values were invalid: Invalid resource arn provided,"
                    + " only table or stream is accepted. Provided resource arn: " + resourceArn);
        }
        if (!parts[3].equals(region) || !isTable(resource)) {
            throw ApiException.validation("Invalid TableArn: Invalid ResourceArn provided as input " + resourceArn);
        }
        return resource.substring(TABLE.length());
    }

    private static boolean isTable(String resource) {
        return resource.startsWith(TABLE) && TableName.isValid(resource.substring(TABLE.length()));
    }

    private static ApiException invalid(String problem, String arn) {
        return ApiException.validation("1 validation error detected: " + problem + " '" + arn + "'");
    }
}
