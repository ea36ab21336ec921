package io.tidemark.launcher.command;

import io.tidemark.launcher.config.ConfigReader;
import io.tidemark.launcher.config.TidemarkConfig;
import io.tidemark.launcher.output.Logging;
import io.tidemark.launcher.process.RunningRole;
import io.tidemark.launcher.roles.Resources;
import java.nio.file.Path;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import picocli.CommandLine.Option;

/** A command that runs one role until the process is told to end. */
abstract class RoleCommand extends BaseCommand {
    @Option(
            names = "--config",
            required = true,
            paramLabel = "FILE",
            description = "The configuration; `tidemark config` lists all settings.")
    Path config = Path.of("");

    RoleCommand(CommandContext context) {
        super(context);
    }

    /** Starts the role; what it opens is added to the resources. */
    abstract RunningRole start(TidemarkConfig config, Resources resources);

    @Override
    public Integer call() throws InterruptedException, ExecutionException {
        Logging.verbose();
        Resources resources = new Resources();
        RunningRole role;
        boolean started = false;
        try {
            role = start(new ConfigReader(context().environment()).read(config), resources);
            started = true;
        } finally {
            if (!started) {
                resources.close();
            }
        }
        // The signal ends the process from a thread of its own.
        Runtime.getRuntime().addShutdownHook(new Thread(resources::close, "stop"));
        if (!role.ready().toCompletableFuture().isDone()) {
            say("listening: " + role.address());
        }
        CompletionStage<Void> unused = role.ready().thenRun(() -> say("ready: " + role.address()));
        String fault = role.fault().toCompletableFuture().get();
        context().terminal().err().println(context().terminal().bad("error: ") + "cannot go on: " + fault);
        return ExitCode.FAILED;
    }

    private void say(String line) {
        context().terminal().out().println(line);
        context().terminal().out().flush();
    }
}
