package io.tidemark.launcher.command;

import io.tidemark.launcher.config.TidemarkConfig;
import io.tidemark.launcher.process.Roles;
import io.tidemark.launcher.process.RunningRole;
import io.tidemark.launcher.roles.Resources;
import picocli.CommandLine.Command;

/** {@code tidemark broker}. */
@Command(
        name = "broker",
        description = "Run one Kafka broker, which is a controller as well.",
        footer = {"  tidemark broker --config broker-a.yaml"})
final class BrokerCommand extends RoleCommand {
    BrokerCommand(CommandContext context) {
        super(context);
    }

    @Override
    RunningRole start(TidemarkConfig config, Resources resources) {
        return Roles.broker(config, resources);
    }
}
