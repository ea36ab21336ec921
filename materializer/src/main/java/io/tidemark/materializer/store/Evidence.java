package io.tidemark.materializer.store;

import io.tidemark.schema.Lsn;
import io.tidemark.schema.ShardId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Stores that were found bad, set aside for whoever wants to know why: {@code shard-<n>.evidence-<LSN, 20 digits>}. Bounded: of each
 * shard {@link #KEPT_PER_SHARD} are kept: what was set aside last, which may be too damaged to tell its LSN, and of the others those
 * with the greatest.
 */
public final class Evidence {
    public static final int KEPT_PER_SHARD = 2;

    private static final Pattern NAME = Pattern.compile("shard-(\\d+)\\.evidence-(\\d{20})(?:\\.\\d+)?");

    private final Path directory;

    /** @param directory made when needed; on the same file system as the stores */
    public Evidence(Path directory) {
        this.directory = directory;
    }

    /**
     * Moves a closed store aside, so that the next one opened in its place is empty. What had to make room for it is deleted.
     *
     * @param nextLsn where the store stood; {@link Lsn#FIRST} where that could not be read
     * @return where it is now; absent where there was no store
     * @throws StoreUnavailableException if the disk does not answer; the store is where it was
     */
    public Optional<Path> setAside(ShardId shard, Path store, Lsn nextLsn) {
        if (!Files.isDirectory(store)) {
            return Optional.empty();
        }
        try {
            Files.createDirectories(directory);
            Path target = free(directory.resolve(
                    String.format(Locale.ROOT, "shard-%d.evidence-%020d", shard.value(), nextLsn.offset())));
            Files.move(store, target);
            List<Path> others =
                    list(shard).stream().filter(path -> !path.equals(target)).toList();
            for (Path surplus : others.subList(0, Math.max(0, others.size() - (KEPT_PER_SHARD - 1)))) {
                delete(surplus);
            }
            return Optional.of(target);
        } catch (IOException e) {
            throw StoreErrors.translate("cannot set aside the store in " + store, e);
        }
    }

    /** What is kept of a shard, the one with the least LSN first. */
    public List<Path> list(ShardId shard) {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> paths = Files.list(directory)) {
            return paths.filter(path -> isOf(shard, path))
                    .sorted(Comparator.comparing(Path::toString))
                    .toList();
        } catch (IOException e) {
            throw StoreErrors.translate("cannot list " + directory, e);
        }
    }

    private static boolean isOf(ShardId shard, Path path) {
        Matcher matcher = NAME.matcher(path.getFileName().toString());
        return matcher.matches() && matcher.group(1).equals(shard.toString());
    }

    /** A store may have been found bad twice at one LSN. */
    private static Path free(Path wanted) {
        Path path = wanted;
        for (int i = 1; Files.exists(path); i++) {
            path = wanted.resolveSibling(wanted.getFileName() + "." + i);
        }
        return path;
    }

    private static void delete(Path directory) throws IOException {
        List<Path> deepestFirst;
        try (Stream<Path> paths = Files.walk(directory)) {
            deepestFirst = paths.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : deepestFirst) {
            Files.delete(path);
        }
    }
}
