package io.tidemark.launcher.command;

import io.tidemark.archiver.object.S3Settings;
import io.tidemark.launcher.config.ConfigReader;
import io.tidemark.launcher.config.S3Section;
import io.tidemark.launcher.config.TidemarkConfig;
import io.tidemark.launcher.item.InvalidInputException;
import io.tidemark.launcher.process.SectionValues;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Which bucket is meant, and how it is reached: by a role's configuration file, by options, or by both, where options win. */
final class BucketOptions {
    private static final String ACCESS_KEY = "AWS_ACCESS_KEY_ID";
    private static final String SECRET_KEY = "AWS_SECRET_ACCESS_KEY";
    private static final String SESSION_TOKEN = "AWS_SESSION_TOKEN";

    @Option(
            names = "--bucket",
            paramLabel = "NAME",
            description =
                    "Check this bucket by itself, without the cluster. Credentials come from AWS_ACCESS_KEY_ID and"
                            + " AWS_SECRET_ACCESS_KEY, or from where else the AWS SDK looks.")
    Optional<String> bucket = Optional.empty();

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "Check the bucket that the section s3 of this configuration names, with its credentials.")
    Optional<Path> config = Optional.empty();

    @Option(
            names = "--s3-endpoint",
            paramLabel = "URL",
            description = "Address of the bucket's S3 service; AWS if it is left out.")
    Optional<URI> endpoint = Optional.empty();

    @Option(names = "--s3-region", paramLabel = "NAME", description = "Region of the bucket. Default: us-east-1.")
    Optional<String> region = Optional.empty();

    @Option(
            names = "--s3-virtual-host",
            description = "Bucket in the host name and not in the path: where a store wants it so.")
    boolean virtualHost;

    @Option(
            names = "--scratch",
            paramLabel = "DIR",
            description = "Where replicas are rebuilt from the bucket, and deleted afterwards. Default: the system's"
                    + " folder for temporary files.")
    Optional<Path> scratch = Optional.empty();

    boolean given() {
        return bucket.isPresent() || config.isPresent();
    }

    /** @throws InvalidInputException if something is given that only a bucket has a use for, and no bucket is */
    void requireUse() {
        if (!given() && (endpoint.isPresent() || region.isPresent() || virtualHost || scratch.isPresent())) {
            throw new InvalidInputException("--s3-endpoint, --s3-region, --s3-virtual-host and --scratch belong to"
                    + " --bucket or --config: name the bucket");
        }
    }

    S3Settings settings(Map<String, String> environment) {
        Optional<S3Section> configured = config.map(file -> section(file, environment));
        boolean pathStyle = !virtualHost && configured.map(S3Section::pathStyle).orElse(true);
        Optional<String> accessKey = configured.flatMap(S3Section::accessKey);
        Optional<String> secretKey = configured.flatMap(S3Section::secretKey);
        boolean lasting = environment.containsKey(ACCESS_KEY)
                && environment.containsKey(SECRET_KEY)
                && !environment.containsKey(SESSION_TOKEN);
        if (accessKey.isEmpty() && lasting) {
            accessKey = Optional.ofNullable(environment.get(ACCESS_KEY));
            secretKey = Optional.ofNullable(environment.get(SECRET_KEY));
        }
        return SectionValues.s3(new S3Section(
                endpoint.or(() -> configured.flatMap(S3Section::endpoint)),
                bucket.or(() -> configured.map(S3Section::bucket)).orElse(""),
                false,
                region.or(() -> configured.map(S3Section::region)).orElse(S3Settings.DEFAULT_REGION),
                accessKey,
                secretKey,
                pathStyle,
                configured.map(S3Section::trailingChecksums).orElse(false)));
    }

    private static S3Section section(Path file, Map<String, String> environment) {
        TidemarkConfig config = new ConfigReader(environment).read(file);
        return config.s3()
                .orElseThrow(() -> new InvalidInputException(
                        file + ": there is no section 's3:', which would name the bucket; or name it with --bucket"));
    }
}
