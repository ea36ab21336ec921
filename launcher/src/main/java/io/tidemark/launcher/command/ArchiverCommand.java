package io.tidemark.launcher.command;

import io.tidemark.launcher.config.TidemarkConfig;
import io.tidemark.launcher.process.Roles;
import io.tidemark.launcher.process.RunningRole;
import io.tidemark.launcher.roles.Resources;
import picocli.CommandLine.Command;

/** {@code tidemark archiver}. */
@Command(
        name = "archiver",
        description = "Run the archiver, which ships the log to S3. A second one does no harm.",
        footer = {"  tidemark archiver --config archiver.yaml"})
final class ArchiverCommand extends RoleCommand {
    ArchiverCommand(CommandContext context) {
        super(context);
    }

    @Override
    RunningRole start(TidemarkConfig config, Resources resources) {
        return Roles.archiver(config, resources);
    }
}
