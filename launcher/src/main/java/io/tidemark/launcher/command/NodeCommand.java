package io.tidemark.launcher.command;

import io.tidemark.launcher.config.TidemarkConfig;
import io.tidemark.launcher.process.Roles;
import io.tidemark.launcher.process.RunningRole;
import io.tidemark.launcher.roles.Resources;
import picocli.CommandLine.Command;

/** {@code tidemark node}. */
@Command(
        name = "node",
        description = "Run one storage node: the replicas of a zone, or of a part of it. Other"
                + " nodes of the zone share its shards.",
        footer = {"  tidemark node --config node-a.yaml", "  kill -TERM PID          (hands its shards over and ends)"})
final class NodeCommand extends RoleCommand {
    NodeCommand(CommandContext context) {
        super(context);
    }

    @Override
    RunningRole start(TidemarkConfig config, Resources resources) {
        return Roles.node(config, resources);
    }
}
