package io.tidemark.conformance.http;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What a client has seen: the greatest LSN of each shard, as the answers' {@code x-tidemark-lsn} named them. */
record ReadTokens(Map<String, Long> lsns) {
    static final String HEADER = "x-tidemark-lsn";
    static final ReadTokens NONE = new ReadTokens(Map.of());

    ReadTokens {
        lsns = Map.copyOf(lsns);
    }

    /** @param header {@code shard:lsn} and more of them after commas */
    ReadTokens with(String header) {
        Map<String, Long> merged = new TreeMap<>(lsns);
        for (String entry : header.split(",", -1)) {
            int colon = entry.indexOf(':');
            merged.merge(
                    entry.substring(0, colon).strip(), Long.parseLong(entry, colon + 1, entry.length(), 10), Math::max);
        }
        return new ReadTokens(merged);
    }

    Optional<String> text() {
        return lsns.isEmpty()
                ? Optional.empty()
                : Optional.of(lsns.entrySet().stream()
                        .map(entry -> entry.getKey() + ":" + entry.getValue())
                        .collect(Collectors.joining(",")));
    }
}
