package io.tidemark.conformance.differential;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import io.tidemark.conformance.http.ApiRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** The list of them, and how often each was met. Thread-safe. */
final class KnownDifferences {
    private static final String FILE = "/differential/known-differences.yaml";

    private final List<KnownDifference> list;
    private final Map<String, AtomicLong> hits = new ConcurrentHashMap<>();

    KnownDifferences(List<KnownDifference> list) {
        this.list = List.copyOf(list);
    }

    static KnownDifferences read() {
        ObjectMapper yaml = new ObjectMapper(new YAMLFactory()).registerModule(new Jdk8Module());
        try (InputStream in = KnownDifferences.class.getResourceAsStream(FILE)) {
            return new KnownDifferences(yaml.readValue(in, new TypeReference<List<KnownDifference>>() {}));
        } catch (IOException e) {
            throw new UncheckedIOException(FILE, e);
        }
    }

    /** Counts a hit. */
    Optional<KnownDifference> explain(ApiRequest request, Difference difference) {
        Optional<KnownDifference> known =
                list.stream().filter(one -> one.explains(request, difference)).findFirst();
        known.ifPresent(one ->
                hits.computeIfAbsent(one.name(), name -> new AtomicLong()).incrementAndGet());
        return known;
    }

    /** Listed, but not met. */
    List<String> unmet() {
        return list.stream()
                .map(KnownDifference::name)
                .filter(name -> !hits.containsKey(name))
                .toList();
    }

    Map<String, AtomicLong> hits() {
        return Map.copyOf(hits);
    }
}
