package io.tidemark.launcher.operations;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpResponseWriter;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.QueryParams;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.server.ServerBuilder;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.tidemark.launcher.output.Output;
import io.tidemark.launcher.roles.VerifierRole;
import io.tidemark.schema.ShardId;
import io.tidemark.verifier.VerificationRequest;
import io.tidemark.verifier.report.ReportJson;
import io.tidemark.verifier.report.ReportTable;
import io.tidemark.verifier.report.VerificationDebt;
import io.tidemark.verifier.report.VerificationMode;
import io.tidemark.verifier.report.VerificationReport;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Verifications over HTTP. {@code POST /v1/verify?mode=deep|quick&heal=true&shard=0} answers one JSON object a line: how far it
 * is, and last the report. {@code GET /v1/verification} tells what the verifier found last, and what it owes.
 */
public final class VerificationService implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(VerificationService.class);
    /** Verifications run one after the other: few may wait. */
    private static final int MAX_WAITING = 4;

    private static final MediaType JSON_LINES = MediaType.parse("application/x-ndjson");

    private final VerifierRole role;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Semaphore permits = new Semaphore(MAX_WAITING);

    /** @param role stays the caller's to close */
    public VerificationService(VerifierRole role) {
        this.role = role;
    }

    public void addTo(ServerBuilder server) {
        server.route().post("/v1/verify").build((context, request) -> verify(context));
        server.route()
                .get("/v1/verification")
                .build((context, request) -> HttpResponse.of(CompletableFuture.supplyAsync(
                        () -> HttpResponse.of(HttpStatus.OK, MediaType.JSON_UTF_8, Output.compact(last())), threads)));
    }

    private HttpResponse verify(ServiceRequestContext context) {
        VerificationRequest asked;
        try {
            asked = request(context.queryParams());
            role.verification().shards(asked);
        } catch (IllegalArgumentException e) {
            return error(HttpStatus.BAD_REQUEST, "INVALID_REQUEST", String.valueOf(e.getMessage()));
        }
        if (!permits.tryAcquire()) {
            return error(
                    HttpStatus.TOO_MANY_REQUESTS,
                    "OVERLOADED",
                    MAX_WAITING + " verifications are under way or waiting already");
        }
        // A verification takes as long as it takes; what it waits for is bounded by its settings.
        context.clearRequestTimeout();
        HttpResponseWriter writer = HttpResponse.streaming();
        writer.write(
                ResponseHeaders.builder(HttpStatus.OK).contentType(JSON_LINES).build());
        threads.execute(() -> {
            try {
                run(asked, writer);
            } finally {
                permits.release();
            }
        });
        return writer;
    }

    private void run(VerificationRequest asked, HttpResponseWriter writer) {
        try {
            VerificationReport report =
                    role.verification().verify(asked, new ProgressLines(line -> send(writer, line)));
            ObjectNode last = JsonNodeFactory.instance.objectNode();
            last.set("report", ReportJson.of(report));
            last.put("text", ReportTable.of(report)).put("exitCode", report.exitCode());
            send(writer, last);
        } catch (RuntimeException e) {
            LOGGER.atError().setCause(e).log("a verification that was asked for failed");
            send(writer, JsonNodeFactory.instance.objectNode().put("error", String.valueOf(e.getMessage())));
        } finally {
            writer.close();
        }
    }

    /** Whoever asked may have gone; the verification goes on, and counts. */
    private static void send(HttpResponseWriter writer, ObjectNode line) {
        boolean sent = writer.tryWrite(HttpData.ofUtf8(Output.compact(line) + "\n"));
        if (!sent && writer.isOpen()) {
            writer.close();
        }
    }

    private static VerificationRequest request(QueryParams parameters) {
        String mode = parameters.get("mode", "deep");
        Set<ShardId> shards = new HashSet<>();
        for (String shard : parameters.getAll("shard")) {
            shards.add(new ShardId(Integer.parseInt(shard)));
        }
        return new VerificationRequest(
                switch (mode) {
                    case "deep" -> VerificationMode.DEEP;
                    case "quick" -> VerificationMode.QUICK;
                    default -> throw new IllegalArgumentException("mode is deep or quick, not '" + mode + "'");
                },
                Boolean.parseBoolean(parameters.get("heal", "false")),
                shards);
    }

    private ObjectNode last() {
        ObjectNode result = JsonNodeFactory.instance.objectNode();
        VerificationDebt debt = role.verification().debt();
        result.put("alarm", role.verifier().alarm(debt));
        result.put("coverage", role.verifier().coverage());
        debt.records().ifPresent(records -> result.put("debtRecords", records));
        debt.oldestAge().map(Duration::toMillis).ifPresent(age -> result.put("debtAgeMs", age));
        ArrayNode shards = result.putArray("shards");
        role.verifier().lastReports().forEach(report -> {
            ObjectNode shard = shards.addObject()
                    .put("shard", report.shard().value())
                    .put("verdict", report.conclusion().name().toLowerCase(java.util.Locale.ROOT))
                    .put("mode", report.mode().name().toLowerCase(java.util.Locale.ROOT))
                    .put("startedAt", report.startedAt().toString());
            report.barrier().ifPresent(barrier -> shard.put("barrierLsn", barrier.offset()));
        });
        return result;
    }

    private static HttpResponse error(HttpStatus status, String kind, String message) {
        ObjectNode body =
                JsonNodeFactory.instance.objectNode().put("kind", kind).put("message", message);
        return HttpResponse.of(status, MediaType.JSON_UTF_8, Output.compact(body));
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
