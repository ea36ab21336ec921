package io.tidemark.router.model;

import io.tidemark.router.operation.OperationName;
import java.util.List;

/** What of the DynamoDB API is there, operation by parameter, as the code has it. */
public final class CompatibilityPage {
    /** Operations of the API, version 2012-08-10, that answer UnknownOperationException. */
    private static final List<String> ABSENT_OPERATIONS = List.of(
            "BatchExecuteStatement",
            "CreateBackup",
            "CreateGlobalTable",
            "DeleteBackup",
            "DeleteResourcePolicy",
            "DescribeBackup",
            "DescribeContinuousBackups",
            "DescribeContributorInsights",
            "DescribeExport",
            "DescribeGlobalTable",
            "DescribeGlobalTableSettings",
            "DescribeImport",
            "DescribeKinesisStreamingDestination",
            "DescribeTableReplicaAutoScaling",
            "DisableKinesisStreamingDestination",
            "EnableKinesisStreamingDestination",
            "ExecuteStatement",
            "ExecuteTransaction",
            "ExportTableToPointInTime",
            "GetResourcePolicy",
            "ImportTable",
            "ListBackups",
            "ListContributorInsights",
            "ListExports",
            "ListGlobalTables",
            "ListImports",
            "PutResourcePolicy",
            "RestoreTableFromBackup",
            "RestoreTableToPointInTime",
            "TransactGetItems",
            "TransactWriteItems",
            "UpdateContinuousBackups",
            "UpdateContributorInsights",
            "UpdateGlobalTable",
            "UpdateGlobalTableSettings",
            "UpdateKinesisStreamingDestination",
            "UpdateTableReplicaAutoScaling");

    private CompatibilityPage() {}

    /** Ends with a line feed. */
    public static String markdown() {
        StringBuilder page = new StringBuilder()
                .append("# Compatibility with the DynamoDB API\n\n")
                .append("Generated from the code: the operations of the DynamoDB API, version 2012-08-10, and their")
                .append(" parameters.\n\n")
                .append("- **supported**: as in DynamoDB.\n")
                .append("- **kept**: accepted and told by DescribeTable, without further effect.\n")
                .append("- **ignored**: accepted, without effect.\n")
                .append("- **refused**: a ValidationException says that it is not supported.\n")
                .append("- **absent**: answered as DynamoDB answers where there is nothing of the kind.\n\n")
                .append("Parameters that are not listed are ignored, as DynamoDB ignores what it does not know.\n");
        for (OperationName operation : OperationName.values()) {
            operation(page, operation);
        }
        page.append("\n## Operations that are absent\n\nThey answer UnknownOperationException: ")
                .append(String.join(", ", ABSENT_OPERATIONS))
                .append(".\n");
        return page.toString();
    }

    private static void operation(StringBuilder page, OperationName operation) {
        page.append("\n## ").append(operation.name()).append('\n');
        List<Member> members = Shapes.input(operation).members();
        if (members.isEmpty()) {
            page.append("\nHas no parameters.\n");
            return;
        }
        page.append("\n| parameter | | |\n|---|---|---|\n");
        for (Member member : members) {
            page.append("| ")
                    .append(member.name())
                    .append(" | ")
                    .append(support(member.support()))
                    .append(" |\n");
        }
    }

    private static String support(Support support) {
        return switch (support) {
            case Support.Supported ignored -> "supported | ";
            case Support.Kept kept -> "kept | " + kept.reason();
            case Support.Ignored ignored -> "ignored | " + ignored.reason();
            case Support.Refused refused -> "refused | " + refused.what();
            case Support.Absent absent -> "absent | " + absent.how();
        };
    }
}
