package io.tidemark.launcher.command;

import io.tidemark.launcher.config.TidemarkConfig;
import io.tidemark.launcher.process.Roles;
import io.tidemark.launcher.process.RunningRole;
import io.tidemark.launcher.roles.Resources;
import picocli.CommandLine.Command;

/** {@code tidemark control}. */
@Command(
        name = "control",
        description = "Run the control plane: the catalog of tables, source bindings, and the"
                + " address that clients begin at.",
        footer = {"  tidemark control --config control.yaml"})
final class ControlCommand extends RoleCommand {
    ControlCommand(CommandContext context) {
        super(context);
    }

    @Override
    RunningRole start(TidemarkConfig config, Resources resources) {
        return Roles.control(config, resources);
    }
}
