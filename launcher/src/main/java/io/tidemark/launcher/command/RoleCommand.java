package io.tidemark.launcher.command;

import io.tidemark.launcher.config.ConfigReader;
import io.tidemark.launcher.config.TidemarkConfig;
import io.tidemark.launcher.output.Logging;
import io.tidemark.launcher.process.RunningRole;
import io.tidemark.launcher.roles.Resources;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import picocli.CommandLine.Option;

/** A command that runs one role until the process is told to end. */
abstract class RoleCommand extends BaseCommand {
    /** How a role is started. */
    @FunctionalInterface
    interface Start {
        RunningRole start(TidemarkConfig config, Resources resources);
    }

    @Option(
            names = "--config",
            required = true,
            paramLabel = "FILE",
            description = "The configuration; `tidemark config` lists all settings.")
    Path config = Path.of("");

    private final Start start;

    RoleCommand(CommandContext context, Start start) {
        super(context);
        this.start = start;
    }

    @Override
    public Integer call() throws InterruptedException, ExecutionException {
        Logging.verbose();
        Resources resources = new Resources();
        RunningRole role;
        boolean started = false;
        try {
            role = start.start(new ConfigReader(context().environment()).read(config), resources);
            started = true;
        } finally {
            if (!started) {
                resources.close();
            }
        }
        // The signal ends the process from a thread of its own.
        Runtime.getRuntime().addShutdownHook(new Thread(resources::close, "stop"));
        context().terminal().out().println("ready: " + role.address());
        context().terminal().out().flush();
        String fault = role.fault().toCompletableFuture().get();
        context().terminal().err().println(context().terminal().bad("error: ") + "cannot go on: " + fault);
        return ExitCode.FAILED;
    }
}
