package io.tidemark.launcher.command;

import io.tidemark.launcher.output.Output;
import io.tidemark.router.model.CompatibilityPage;
import picocli.CommandLine.Command;

/** {@code tidemark compatibility}. */
@Command(
        name = "compatibility",
        description =
                "Print what the DynamoDB API does with every operation and parameter: supported, refused or ignored.",
        footer = {"  tidemark compatibility", "  tidemark compatibility > docs/compatibility.md   (the reference page)"
        })
final class CompatibilityCommand extends BaseCommand {
    CompatibilityCommand(CommandContext context) {
        super(context);
    }

    @Override
    public Integer call() {
        String page = CompatibilityPage.markdown();
        output().print(Output.newObject().put("markdown", page), () -> page);
        return ExitCode.DONE;
    }
}
