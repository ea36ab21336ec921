package io.tidemark.router.operation.table;

import io.tidemark.router.error.ApiException;
import io.tidemark.router.error.TableErrors;
import io.tidemark.router.model.TableArn;
import io.tidemark.schema.catalog.TableName;
import java.util.Optional;

/** What a request names as {@code ResourceArn}. */
final class ResourceArns {
    private static final String ARN = "arn:";
    private static final String TABLE = ":table/";
    /** Of {@code arn:partition:service:region:account:resource}. */
    private static final int PARTS = 6;

    private ResourceArns() {}

    /**
     * The name of the table. Region and account are not looked at.
     *
     * @throws ApiException if it is the ARN of something else
     */
    static String tableName(String arn) {
        if (!arn.startsWith(ARN)) {
            throw TableErrors.noArn(arn);
        }
        String[] parts = arn.split(":", PARTS);
        if (parts.length < PARTS || !parts[2].equals("dynamodb")) {
            throw TableErrors.foreignArn(arn);
        }
        int table = arn.indexOf(TABLE);
        if (table >= 0 && arn.indexOf('/', table + TABLE.length()) >= 0) {
            throw TableErrors.arnOfNoTable(arn);
        }
        Optional<String> name = TableArn.parse(arn).map(TableArn::tableName).filter(TableName::isValid);
        return name.orElseThrow(() -> TableErrors.invalidArn(arn));
    }
}
