package io.tidemark.conformance.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.conformance.cluster.ClusterExtension;
import io.tidemark.conformance.cluster.Endpoint;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.enhanced.dynamodb.DynamoDbEnhancedClient;
import software.amazon.awssdk.enhanced.dynamodb.DynamoDbTable;
import software.amazon.awssdk.enhanced.dynamodb.Expression;
import software.amazon.awssdk.enhanced.dynamodb.Key;
import software.amazon.awssdk.enhanced.dynamodb.TableSchema;
import software.amazon.awssdk.enhanced.dynamodb.extensions.VersionedRecordExtension;
import software.amazon.awssdk.enhanced.dynamodb.mapper.StaticAttributeTags;
import software.amazon.awssdk.enhanced.dynamodb.mapper.StaticTableSchema;
import software.amazon.awssdk.enhanced.dynamodb.model.QueryConditional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;

/** The AWS SDK's enhanced client: beans for items, versions checked by conditions. */
@ExtendWith(ClusterExtension.class)
class EnhancedClientTest {
    /** A bean, as the enhanced client asks for one. */
    static final class Reading {
        private String station = "";
        private int minute;
        private double heightMetres;
        private List<String> notes = List.of();
        private Integer version;

        String station() {
            return station;
        }

        void setStation(String newStation) {
            station = newStation;
        }

        int minute() {
            return minute;
        }

        void setMinute(int newMinute) {
            minute = newMinute;
        }

        double heightMetres() {
            return heightMetres;
        }

        void setHeightMetres(double newHeightMetres) {
            heightMetres = newHeightMetres;
        }

        List<String> notes() {
            return notes;
        }

        void setNotes(List<String> newNotes) {
            notes = newNotes;
        }

        Integer version() {
            return version;
        }

        void setVersion(Integer newVersion) {
            version = newVersion;
        }
    }

    private static final TableSchema<Reading> SCHEMA = StaticTableSchema.builder(Reading.class)
            .newItemSupplier(Reading::new)
            .addAttribute(
                    String.class,
                    attribute -> attribute
                            .name("station")
                            .getter(Reading::station)
                            .setter(Reading::setStation)
                            .tags(StaticAttributeTags.primaryPartitionKey()))
            .addAttribute(
                    Integer.class,
                    attribute -> attribute
                            .name("minute")
                            .getter(Reading::minute)
                            .setter(Reading::setMinute)
                            .tags(StaticAttributeTags.primarySortKey()))
            .addAttribute(
                    Double.class,
                    attribute -> attribute
                            .name("heightMetres")
                            .getter(Reading::heightMetres)
                            .setter(Reading::setHeightMetres))
            .addAttribute(
                    software.amazon.awssdk.enhanced.dynamodb.EnhancedType.listOf(String.class),
                    attribute -> attribute.name("notes").getter(Reading::notes).setter(Reading::setNotes))
            .addAttribute(
                    Integer.class,
                    attribute -> attribute
                            .name("version")
                            .getter(Reading::version)
                            .setter(Reading::setVersion)
                            .tags(VersionedRecordExtension.AttributeTags.versionAttribute()))
            .build();

    @Test
    void beansAreWrittenReadAndGuardedByTheirVersion(Endpoint endpoint) {
        try (DynamoDbClient client = SyncClientTest.client(endpoint)) {
            DynamoDbTable<Reading> table = DynamoDbEnhancedClient.builder()
                    .dynamoDbClient(client)
                    .build()
                    .table("sdk-beans", SCHEMA);
            table.createTable();
            client.waiter().waitUntilTableExists(builder -> builder.tableName("sdk-beans"));

            for (int minute = 0; minute < 5; minute++) {
                Reading reading = new Reading();
                reading.setStation("Brest");
                reading.setMinute(minute);
                reading.setHeightMetres(minute / 2.0);
                reading.setNotes(List.of("calm", ""));
                table.putItem(reading);
            }
            Key key = Key.builder().partitionValue("Brest").sortValue(3).build();
            Reading first = table.getItem(builder -> builder.key(key).consistentRead(true));
            Reading second = table.getItem(builder -> builder.key(key).consistentRead(true));
            first.setHeightMetres(9.25);

            assertThat(table.updateItem(first).version()).isEqualTo(2);
            assertThatThrownBy(() -> table.updateItem(second)).isInstanceOf(ConditionalCheckFailedException.class);
            assertThat(table.query(builder -> builder.consistentRead(true)
                                    .limit(2)
                                    .queryConditional(QueryConditional.sortGreaterThan(Key.builder()
                                            .partitionValue("Brest")
                                            .sortValue(1)
                                            .build()))
                                    .filterExpression(Expression.builder()
                                            .expression("heightMetres > :least")
                                            .putExpressionValue(":least", AttributeValue.fromN("1.75"))
                                            .build()))
                            .items())
                    .extracting(Reading::minute, Reading::heightMetres, Reading::notes)
                    .containsExactly(
                            org.assertj.core.groups.Tuple.tuple(3, 9.25, List.of("calm", "")),
                            org.assertj.core.groups.Tuple.tuple(4, 2.0, List.of("calm", "")));
            assertThat(table.deleteItem(key).version()).isEqualTo(2);
            table.deleteTable();
        }
    }
}
