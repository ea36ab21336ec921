package io.tidemark.launcher.command;

import io.tidemark.embedded.EmbeddedS3;
import io.tidemark.embedded.HostAndPort;
import io.tidemark.embedded.S3Config;
import io.tidemark.embedded.S3Credentials;
import io.tidemark.launcher.item.InvalidInputException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code tidemark s3}. */
@Command(
        name = "s3",
        description = {
            "Run the embedded S3 server alone, for trials where no object store is at hand. It keeps objects as files and does"
                    + " not sync them to disk: not for data that matters.",
            "Credentials come from the environment: S3_ACCESS_KEY and S3_SECRET_KEY."
        },
        footer = {
            "  export S3_ACCESS_KEY=me S3_SECRET_KEY=secret",
            "  tidemark s3 --data /var/lib/s3 --listen 127.0.0.1:9000 --bucket tidemark"
        })
final class S3Command extends BaseCommand {
    @Option(names = "--data", paramLabel = "DIR", required = true, description = "Folder of the buckets.")
    Path data = Path.of("");

    @Option(
            names = "--listen",
            paramLabel = "HOST:PORT",
            defaultValue = "127.0.0.1:9000",
            description = "Address to listen on. Default: ${DEFAULT-VALUE}.")
    String listen = "";

    @Option(names = "--bucket", paramLabel = "NAME", description = "A bucket to create if it is not there; repeatable.")
    List<String> buckets = List.of();

    S3Command(CommandContext context) {
        super(context);
    }

    @Override
    public Integer call() throws Exception {
        S3Credentials credentials = new S3Credentials(variable("S3_ACCESS_KEY"), variable("S3_SECRET_KEY"));
        EmbeddedS3 server = EmbeddedS3.start(new S3Config(data, address(), credentials));
        buckets.forEach(server::createBucket);
        Runtime.getRuntime().addShutdownHook(new Thread(server::close, "stop"));
        context().terminal().out().println("ready: " + server.endpoint());
        context().terminal().out().flush();
        new CountDownLatch(1).await();
        return ExitCode.DONE;
    }

    private HostAndPort address() {
        try {
            return HostAndPort.parse(listen);
        } catch (IllegalArgumentException e) {
            throw new InvalidInputException("--listen: " + e.getMessage(), e);
        }
    }

    private String variable(String name) {
        String value = context().environment().get(name);
        if (value == null || value.isBlank()) {
            throw new InvalidInputException("the environment has no " + name + ": export it before the start");
        }
        return value;
    }
}
