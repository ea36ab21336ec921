package io.tidemark.launcher;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The {@code tidemark} command. */
@Command(
        name = "tidemark",
        description = "A table store whose database is a Kafka log.",
        mixinStandardHelpOptions = true,
        versionProvider = Tidemark.Version.class)
public final class Tidemark implements Runnable {

    /** Runs one command and ends the process with its exit code. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Tidemark()).execute(arguments));
    }

    /** Without a subcommand there is nothing to do but to say what there is. */
    @Override
    public void run() {
        CommandLine.usage(this, System.out);
    }

    /** The version that the build wrote into the jar's manifest. */
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Tidemark.class.getPackage().getImplementationVersion();
            return new String[] {"tidemark " + (version == null ? "(unpackaged)" : version)};
        }
    }
}
