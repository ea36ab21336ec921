package io.tidemark.launcher.demo;

import io.tidemark.client.TidemarkClient;
import io.tidemark.launcher.output.ProgressBar;
import io.tidemark.launcher.output.TextTable;
import io.tidemark.schema.Zone;
import io.tidemark.schema.catalog.ClusterDescription.ZoneNodes;
import io.tidemark.schema.catalog.TableDescription;
import io.tidemark.schema.catalog.TableSpec;
import io.tidemark.schema.node.Consistency;
import io.tidemark.schema.value.Item;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.random.RandomGenerator;

/** The demo's story on a cluster that serves already: tables, load, reads, verification, damage and healing. For one thread. */
final class Demo {
    private static final Duration TABLE_TIMEOUT = Duration.ofSeconds(60);
    private static final int TOP = 10;
    private static final String CHANNEL = "#de.wikipedia";
    private static final String HOUR = "2015-09-12T18";
    private static final int SHOWN_EDITS = 5;

    private final DemoTarget target;
    private final DemoLog log;
    private final RandomGenerator random;
    private final TidemarkClient client;
    private final DemoReads reads;

    Demo(DemoTarget target, DemoLog log, RandomGenerator random) {
        this.target = target;
        this.log = log;
        this.random = random;
        this.client = target.cluster().client();
        this.reads = new DemoReads(client);
    }

    void run() throws IOException, InterruptedException {
        List<Edit> edits = WikipediaEdits.read();
        Map<String, PageTotals> expected = PageTotals.of(edits);
        createTables();
        load(edits);
        readBack(edits, expected);
        new DemoVerification(target, log, reads, expected).run();
    }

    private void createTables() {
        log.step("Create two tables: a record in the catalog's log each, no topic or thread of their own");
        for (TableSpec spec : List.of(DemoTables.PAGES_SPEC, DemoTables.EDITS_SPEC)) {
            long startNanos = System.nanoTime();
            target.cluster()
                    .tables()
                    .createTable(spec, client.newRequestId())
                    .toCompletableFuture()
                    .join();
            TableDescription table = target.cluster()
                    .tables()
                    .awaitActive(spec.name(), TABLE_TIMEOUT)
                    .toCompletableFuture()
                    .join();
            Duration took = Duration.ofNanos(System.nanoTime() - startNanos);
            log.figure("create_" + spec.name() + "_ms", took);
            log.check(
                    table.route().keySchema().equals(spec.keySchema()),
                    "%s is active after %d ms, in %d partitions",
                    spec.name(),
                    took.toMillis(),
                    table.route().partitions().size());
        }
    }

    private void load(List<Edit> edits) throws InterruptedException {
        int writes = edits.size() * 2;
        log.step(String.format(
                java.util.Locale.ROOT,
                "Write %,d real Wikipedia edits: each adds to its page's counters and is kept itself, %,d writes",
                edits.size(),
                writes));
        try (ProgressBar progress = new ProgressBar(log.terminal(), "writing", writes, "writes", System::nanoTime)) {
            Latencies latencies;
            try {
                latencies = new EditLoader(client, random.nextLong()).load(edits, progress);
            } catch (IllegalStateException e) {
                log.check(false, "%s", String.valueOf(e.getMessage()));
                throw new DemoFailedException("the edits could not be written", e);
            }
            log.figure("writes", progress.done());
            log.figure("writes_per_second", Math.round(progress.rate()));
            log.figure("p50_ms", latencies.percentile(0.5).toNanos() / 1e6);
            log.figure("p99_ms", latencies.percentile(0.99).toNanos() / 1e6);
            log.check(
                    progress.done() == writes,
                    "%,d writes acknowledged in %s: %,.0f/s, p50 %.1f ms, p99 %.1f ms, up to 256 at a time",
                    progress.done(),
                    DemoLog.seconds(progress.elapsed()),
                    progress.rate(),
                    latencies.percentile(0.5).toNanos() / 1e6,
                    latencies.percentile(0.99).toNanos() / 1e6);
        }
    }

    private void readBack(List<Edit> edits, Map<String, PageTotals> expected) {
        log.step("Read it back, and compare with totals computed without Tidemark");
        long startNanos = System.nanoTime();
        Map<String, PageTotals> pages = reads.allPages();
        Duration took = Duration.ofNanos(System.nanoTime() - startNanos);
        log.figure("scan_ms", took);
        log.check(
                pages.equals(expected),
                "a strongly consistent scan gives %,d pages in %s, every counter and last editor right",
                pages.size(),
                DemoLog.seconds(took));
        showTop(pages, expected);
        showPage(pages, expected);
        showHour(edits);
    }

    private void showTop(Map<String, PageTotals> pages, Map<String, PageTotals> expected) {
        List<PageTotals> top = top(pages);
        TextTable table =
                TextTable.withColumns("the ten most edited pages", ">edits", ">added", ">deleted", "last editor");
        top.forEach(page -> table.row(page.page(), page.edits(), page.added(), page.deleted(), page.lastUser()));
        log.block(table.render(""));
        log.figure("top", top.stream().map(Demo::asMap).toList());
        log.check(top.equals(top(expected)), "the ten most edited pages are the right ones in the right order");
    }

    private static List<PageTotals> top(Map<String, PageTotals> pages) {
        return pages.values().stream()
                .sorted(PageTotals.MOST_EDITED_FIRST)
                .limit(TOP)
                .toList();
    }

    private static Map<String, Object> asMap(PageTotals page) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("page", page.page());
        map.put("edits", page.edits());
        map.put("added", page.added());
        map.put("deleted", page.deleted());
        map.put("last_user", page.lastUser());
        return map;
    }

    private void showPage(Map<String, PageTotals> pages, Map<String, PageTotals> expected) {
        PageTotals page = top(pages).get(2);
        for (Consistency consistency : List.of(Consistency.EVENTUAL, Consistency.STRONG)) {
            long startNanos = System.nanoTime();
            boolean same = reads.page(page.page(), consistency)
                    .filter(totals -> totals.equals(expected.get(page.page())))
                    .isPresent();
            log.check(
                    same,
                    "%s read of '%s': %d edits, last by %s at %s (%.1f ms)",
                    consistency.equals(Consistency.STRONG) ? "strongly consistent" : "eventually consistent",
                    page.page(),
                    page.edits(),
                    page.lastUser(),
                    page.lastTime(),
                    (System.nanoTime() - startNanos) / 1e6);
        }
    }

    private void showHour(List<Edit> edits) {
        List<Item> found = reads.editsInHour(CHANNEL, HOUR);
        List<String> expected = edits.stream()
                .filter(edit ->
                        edit.channel().equals(CHANNEL) && edit.timeText().startsWith(HOUR))
                .map(edit -> edit.timeText() + " " + edit.page())
                .toList();
        TextTable table = TextTable.withColumns(CHANNEL + " from 18 to 19 h", "page", "user");
        found.stream()
                .limit(SHOWN_EDITS)
                .forEach(item -> table.row(
                        DemoTables.text(item, "time_page").substring(0, 24),
                        DemoTables.text(item, "page"),
                        DemoTables.text(item, "user")));
        log.block(table.render(""));
        log.say("… and %d more", Math.max(0, found.size() - SHOWN_EDITS));
        log.check(
                found.stream()
                                .map(item -> DemoTables.text(item, "time_page"))
                                .toList()
                                .equals(expected)
                        && !expected.isEmpty(),
                "a query by channel and hour gives its %d edits in the order of time",
                found.size());
    }

    /** What the cause of a failed future says. */
    static Throwable cause(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }

    static List<Zone> zones(DemoTarget target) {
        return target.cluster().description().zones().stream()
                .map(ZoneNodes::zone)
                .toList();
    }
}
