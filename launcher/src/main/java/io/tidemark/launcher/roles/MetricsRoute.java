package io.tidemark.launcher.roles;

import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.server.ServerBuilder;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;

/** {@code GET /metrics}, in the text format of Prometheus. */
public final class MetricsRoute {
    private static final MediaType TEXT = MediaType.parse("text/plain; version=0.0.4; charset=utf-8");

    private MetricsRoute() {}

    public static void add(ServerBuilder server, PrometheusMeterRegistry metrics) {
        server.service("/metrics", (context, request) -> HttpResponse.of(HttpStatus.OK, TEXT, metrics.scrape()));
    }
}
