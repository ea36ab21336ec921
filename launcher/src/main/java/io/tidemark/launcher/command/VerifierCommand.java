package io.tidemark.launcher.command;

import io.tidemark.launcher.config.TidemarkConfig;
import io.tidemark.launcher.process.Roles;
import io.tidemark.launcher.process.RunningRole;
import io.tidemark.launcher.roles.Resources;
import picocli.CommandLine.Command;

/** {@code tidemark verifier}. */
@Command(
        name = "verifier",
        description = "Run the verifier: round after round it compares all replicas with a"
                + " reference that is rebuilt from the archive.",
        footer = {
            "  tidemark verifier --config verifier.yaml",
            "  tidemark verify --endpoint http://127.0.0.1:9464     (its metrics port)"
        })
final class VerifierCommand extends RoleCommand {
    VerifierCommand(CommandContext context) {
        super(context);
    }

    @Override
    RunningRole start(TidemarkConfig config, Resources resources) {
        return Roles.verifier(config, resources);
    }
}
