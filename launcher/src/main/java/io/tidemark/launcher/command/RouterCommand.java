package io.tidemark.launcher.command;

import io.tidemark.launcher.config.TidemarkConfig;
import io.tidemark.launcher.process.Roles;
import io.tidemark.launcher.process.RunningRole;
import io.tidemark.launcher.roles.Resources;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code tidemark router}. */
@Command(
        name = "router",
        description = {
            "Run one router: the DynamoDB-compatible API, for every AWS SDK and the AWS CLI. It keeps nothing, so any number"
                    + " of them may run, behind any load balancer.",
            "Requests must be signed with one of the key pairs of the section `router`; each says which tables it may read,"
                    + " write and administer."
        },
        footer = {
            "  tidemark router --config router.yaml",
            "  tidemark router --config router.yaml --no-auth   (serves everybody: for local use)",
            "  aws dynamodb list-tables --endpoint-url http://127.0.0.1:8000"
        })
final class RouterCommand extends RoleCommand {
    @Option(
            names = "--no-auth",
            description = "Serve everybody, without looking at signatures, whatever the configuration says.")
    boolean noAuth;

    RouterCommand(CommandContext context) {
        super(context);
    }

    @Override
    RunningRole start(TidemarkConfig config, Resources resources) {
        return Roles.router(config, noAuth, resources);
    }
}
