package io.tidemark.launcher.cluster;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.tidemark.archiver.archive.Archive;
import io.tidemark.archiver.archive.Archiver;
import io.tidemark.archiver.object.ObjectStore;
import io.tidemark.archiver.object.S3Settings;
import io.tidemark.client.TidemarkClient;
import io.tidemark.embedded.EmbeddedBrokers;
import io.tidemark.embedded.EmbeddedS3;
import io.tidemark.launcher.roles.ControlRole;
import io.tidemark.launcher.roles.Resources;
import io.tidemark.launcher.roles.RouterRole;
import io.tidemark.launcher.roles.VerifierRole;
import io.tidemark.log.Log;
import io.tidemark.log.TopicSpec.LeaderPlacement;
import io.tidemark.schema.Zone;
import io.tidemark.schema.catalog.ClusterDescription;
import io.tidemark.schema.catalog.TableAdmin;
import io.tidemark.verifier.Verification;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * A whole cluster in this process: brokers and an S3 server, a storage node in each zone, the control plane, router, archiver and
 * verifier. Its client and its administration reach the parts without the way over HTTP; others reach them at {@link #endpoint},
 * and AWS SDKs at {@link #api}.
 */
public final class EmbeddedCluster implements Cluster {
    /** Its brokers share a process: spreading the leaders would only multiply requests. */
    public static final LeaderPlacement LEADERS = LeaderPlacement.TOGETHER;

    /** What was started, all of it closed with {@code resources}. */
    record Parts(
            EmbeddedBrokers brokers,
            EmbeddedS3 s3,
            ObjectStore objectStore,
            Log wal,
            EmbeddedNodes nodes,
            ControlRole control,
            RouterRole router,
            Archiver archiver,
            VerifierRole verifier,
            TidemarkClient client,
            PrometheusMeterRegistry metrics) {}

    private final EmbeddedClusterOptions options;
    private final ClusterDescription description;
    private final Resources resources;
    private final Parts parts;

    EmbeddedCluster(EmbeddedClusterOptions options, ClusterDescription description, Resources resources, Parts parts) {
        this.options = options;
        this.description = description;
        this.resources = resources;
        this.parts = parts;
    }

    /**
     * Starts everything, and waits until every zone serves every shard.
     *
     * @throws ClusterStartException or the exception of the part that did not start; nothing is left running then
     */
    public static EmbeddedCluster start(EmbeddedClusterOptions options, StartProgress progress) {
        return new EmbeddedStart(options, progress, System::nanoTime).run();
    }

    @Override
    public URI endpoint() {
        return parts.control().uri();
    }

    @Override
    public ClusterDescription description() {
        return description;
    }

    @Override
    public TidemarkClient client() {
        return parts.client();
    }

    @Override
    public TableAdmin tables() {
        return parts.control().tables();
    }

    /** Where its router serves the DynamoDB API. */
    public URI api() {
        return parts.router().uri();
    }

    public EmbeddedClusterOptions options() {
        return options;
    }

    public EmbeddedBrokers brokers() {
        return parts.brokers();
    }

    public EmbeddedS3 s3() {
        return parts.s3();
    }

    /** How others in this machine reach the archive's bucket. */
    public S3Settings bucket() {
        return EmbeddedStart.bucket(parts.s3());
    }

    /** The archive's bucket. */
    public ObjectStore objectStore() {
        return parts.objectStore();
    }

    /** A view of the bucket of its own. */
    public Archive archive() {
        return new Archive(parts.objectStore());
    }

    public Archiver archiver() {
        return parts.archiver();
    }

    /** Verifies this cluster, on demand. */
    public Verification verification() {
        return parts.verifier().verification();
    }

    /** The write-ahead log. */
    public Log wal() {
        return parts.wal();
    }

    public PrometheusMeterRegistry metrics() {
        return parts.metrics();
    }

    /** Where the zone's replicas are; not to be touched while the node runs. */
    public Path nodeDataDirectory(Zone zone) {
        return EmbeddedNodes.dataDirectory(options.data(), zone);
    }

    /** Stops the zone's storage node as a shutdown would; the others serve its shards. */
    public void stopNode(Zone zone) {
        parts.nodes().stop(zone);
    }

    /** Starts the zone's storage node again, where it was; {@link #awaitServing} waits until it has caught up. */
    public void startNode(Zone zone) {
        parts.nodes().start(zone);
    }

    /**
     * Waits until every node that runs serves every shard.
     *
     * @return what does not serve when {@code limit} has passed, and why; empty if all does
     */
    public List<String> awaitServing(Duration limit) throws InterruptedException {
        return parts.nodes().awaitServing(limit);
    }

    /** Completes when a part cannot go on, and says which and why. */
    public CompletionStage<String> fault() {
        CompletableFuture<String> fault = new CompletableFuture<>();
        parts.brokers()
                .firstFault()
                .thenAccept(broker ->
                        fault.complete("the broker of zone " + broker.zone() + " cannot go on: " + broker.reason()));
        parts.nodes().fault().thenAccept(fault::complete);
        parts.control().faulted().thenAccept(reason -> fault.complete("the catalog cannot be followed: " + reason));
        return fault.minimalCompletionStage();
    }

    /** Stops everything, in the opposite order of the start. What has been acknowledged stays in the data folder. */
    @Override
    public void close() {
        resources.close();
    }
}
