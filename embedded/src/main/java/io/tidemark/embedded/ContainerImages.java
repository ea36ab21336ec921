package io.tidemark.embedded;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The images of this machine's Docker engine. For tests against services that only come as an image: they ask here before they
 * start Testcontainers, which would wait for minutes and fail where there is no engine or no image.
 */
public final class ContainerImages {
    /** Variable of the environment; {@code true} lets tests pull images that are not there. */
    public static final String PULL_VARIABLE = "TIDEMARK_PULL_IMAGES";

    private static final Duration COMMAND_LIMIT = Duration.ofMinutes(5);

    private ContainerImages() {}

    /**
     * Looks for an image, and pulls it where that is allowed. Blocks, for minutes where it pulls.
     *
     * @return why there is no container of the image to be had; empty if there is one
     */
    public static Optional<String> obstacle(String image) {
        if (!docker("version")) {
            return Optional.of("no Docker engine answers, so nothing was tested against " + image);
        }
        if (docker("image", "inspect", image)) {
            return Optional.empty();
        }
        if (!"true".equals(System.getenv(PULL_VARIABLE))) {
            return Optional.of(
                    "the Docker engine has no image " + image + "; pull it, or set " + PULL_VARIABLE + "=true");
        }
        return docker("pull", image) ? Optional.empty() : Optional.of("image " + image + " could not be pulled");
    }

    private static boolean docker(String... arguments) {
        List<String> command = new ArrayList<>(List.of("docker"));
        command.addAll(List.of(arguments));
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!process.waitFor(COMMAND_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return false;
            }
            return process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
