package io.tidemark.launcher.demo;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;

/**
 * A sample of the edits of 12 September 2015 that Apache Druid's tests carry: one JSON object a line, in the order of time. It comes
 * as a Maven dependency.
 */
public final class WikipediaEdits {
    private static final String RESOURCE = "/wikipedia/wikiticker-2015-09-12-sampled.json.gz";

    private WikipediaEdits() {}

    /** All edits, in the order of the source. */
    public static List<Edit> read() throws IOException {
        try (InputStream resource = WikipediaEdits.class.getResourceAsStream(RESOURCE)) {
            if (resource == null) {
                throw new IOException("the Wikipedia edits are not on the class path: " + RESOURCE
                        + " (artifact org.apache.druid:druid-processing, classifier tests)");
            }
            return parse(new GZIPInputStream(resource));
        }
    }

    private static List<Edit> parse(InputStream json) throws IOException {
        List<Edit> edits = new ArrayList<>();
        try (JsonParser parser = new ObjectMapper().createParser(json);
                MappingIterator<JsonNode> lines = new ObjectMapper().readValues(parser, JsonNode.class)) {
            while (lines.hasNext()) {
                edits.add(edit(edits.size() + 1, lines.next()));
            }
        }
        return edits;
    }

    private static Edit edit(int line, JsonNode json) {
        return new Edit(
                line,
                json.path("time").asText(),
                json.path("channel").asText(),
                json.path("page").asText(),
                json.path("user").asText(),
                json.path("added").asLong(),
                json.path("deleted").asLong(),
                json.path("comment").asText());
    }
}
