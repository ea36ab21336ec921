package io.tidemark.conformance.cases;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** The cases, one file for each subject. */
final class CaseFiles {
    static final List<String> SUBJECTS = List.of(
            "serialization",
            "validation",
            "values",
            "numbers",
            "put-item",
            "get-item",
            "update-item",
            "delete-item",
            "conditions",
            "legacy",
            "query",
            "scan",
            "batch",
            "tables",
            "capacity");

    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    private CaseFiles() {}

    static List<Case> read(String subject) {
        String file = "/cases/" + subject + ".yaml";
        try (InputStream in = CaseFiles.class.getResourceAsStream(file)) {
            List<Case> cases = new ArrayList<>();
            for (JsonNode node : YAML.readTree(in)) {
                cases.addAll(Case.of(node));
            }
            return cases;
        } catch (IOException e) {
            throw new UncheckedIOException(file, e);
        }
    }
}
