package io.tidemark.launcher.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.launcher.cluster.ConnectedCluster;
import io.tidemark.launcher.cluster.ControlHttp;
import io.tidemark.launcher.output.Output;
import io.tidemark.schema.catalog.CatalogException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What the verifier says of the cluster: how much it has covered, and what it owes.
 *
 * @param found absent if it does not answer
 * @param missing why it does not; empty if it does
 * @param expected whether somebody said where it is: then it is a fault that it does not answer
 */
record VerificationStatus(Optional<JsonNode> found, String missing, boolean expected) {
    static VerificationStatus ask(VerifierOptions verifier, ConnectedCluster cluster, Map<String, String> environment) {
        boolean named = verifier.named(environment).isPresent();
        try (ControlHttp http = verifier.connect(cluster, environment)) {
            Optional<JsonNode> found = http.get("/v1/verification");
            return new VerificationStatus(found, found.isPresent() ? "" : verifier.absent(cluster, environment), named);
        } catch (CatalogException e) {
            return new VerificationStatus(Optional.empty(), String.valueOf(e.getMessage()), named);
        }
    }

    boolean healthy() {
        return found.map(answer -> !answer.path("alarm").asBoolean(true)).orElse(!expected);
    }

    /** As the verifier answers; that nothing is known is said as well. */
    ObjectNode json() {
        ObjectNode json = Output.newObject().put("known", found.isPresent());
        found.ifPresentOrElse(answer -> json.setAll((ObjectNode) answer), () -> json.put("reason", missing));
        return json;
    }

    String text() {
        if (found.isEmpty()) {
            return "verification: unknown: " + missing + "\n";
        }
        JsonNode answer = found.get();
        StringBuilder text = new StringBuilder("verification: ")
                .append(answer.path("alarm").asBoolean(true) ? "ALARM: " : "")
                .append(covered(answer))
                .append("; not verified yet: ")
                .append(debt(answer))
                .append('\n');
        notEqual(answer).forEach(line -> text.append("  ").append(line).append('\n'));
        return text.toString();
    }

    private static String covered(JsonNode answer) {
        return answer.path("shards").isEmpty()
                ? "no shard has been verified so far"
                : String.format(
                        Locale.ROOT,
                        "%.0f %% of the shards equal when they were verified last",
                        100 * answer.path("coverage").asDouble());
    }

    private static List<String> notEqual(JsonNode answer) {
        List<String> lines = new ArrayList<>();
        answer.path("shards").forEach(shard -> {
            String verdict = shard.path("verdict").asText();
            if (!verdict.equals("equal")) {
                lines.add("shard " + shard.path("shard").asInt() + " was found " + verdict + " at "
                        + shard.path("startedAt").asText() + ": `tidemark verify` tells more");
            }
        });
        return lines;
    }

    private static String debt(JsonNode answer) {
        if (!answer.has("debtRecords")) {
            return "unknown, the log does not answer";
        }
        long records = answer.path("debtRecords").asLong();
        if (records == 0) {
            return "nothing";
        }
        String age = answer.has("debtAgeMs")
                ? ", the oldest "
                        + age(Duration.ofMillis(answer.path("debtAgeMs").asLong())) + " old"
                : ", the age of the oldest is not known";
        return String.format(Locale.ROOT, "%,d records%s", records, age);
    }

    private static String age(Duration age) {
        if (age.toMinutes() < 2) {
            return age.toSeconds() + " s";
        }
        return age.toHours() < 2 ? age.toMinutes() + " min" : age.toHours() + " h";
    }
}
