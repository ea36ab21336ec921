package io.tidemark.archiver.segment;

import io.tidemark.schema.Lsn;
import io.tidemark.schema.ShardId;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a segment is kept: {@code wal/<shard>/<first LSN, 20 digits>.avro}, so that a shard's segments list in the order of
 * their LSNs and two archivers that continue one chain want the same key.
 */
public record SegmentName(ShardId shard, Lsn first) implements Comparable<SegmentName> {
    /** What the keys of all segments start with. */
    public static final String PREFIX = "wal/";

    private static final Pattern KEY = Pattern.compile("wal/(0|[1-9][0-9]{0,9})/([0-9]{20})\\.avro");

    /** What the keys of a shard's segments start with. */
    public static String prefix(ShardId shard) {
        return PREFIX + shard.value() + "/";
    }

    /** Empty unless {@code key} is exactly what {@link #key} gives for some segment. */
    public static Optional<SegmentName> parse(String key) {
        Matcher matcher = KEY.matcher(key);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        try {
            ShardId shard = new ShardId(Integer.parseInt(matcher.group(1)));
            return Optional.of(new SegmentName(shard, new Lsn(Long.parseLong(matcher.group(2)))));
        } catch (NumberFormatException beyondRange) {
            return Optional.empty();
        }
    }

    public String key() {
        return String.format(Locale.ROOT, "%s%d/%020d.avro", PREFIX, shard.value(), first.offset());
    }

    /** By shard number, then LSN; keys of different shards list in another order. */
    @Override
    public int compareTo(SegmentName other) {
        int byShard = shard.compareTo(other.shard);
        return byShard != 0 ? byShard : first.compareTo(other.first);
    }

    @Override
    public String toString() {
        return key();
    }
}
