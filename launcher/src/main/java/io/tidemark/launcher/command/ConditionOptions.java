package io.tidemark.launcher.command;

import io.tidemark.client.WriteRequest;
import io.tidemark.launcher.item.ConditionText;
import io.tidemark.launcher.item.PathText;
import io.tidemark.schema.expression.Condition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Under which conditions a write takes effect; all of them must hold. */
final class ConditionOptions {
    @Option(names = "--if-exists", paramLabel = "PATH", description = "Only if the item has this attribute.")
    List<String> ifExists = new ArrayList<>();

    @Option(names = "--if-absent", paramLabel = "PATH", description = "Only if the item has no such attribute.")
    List<String> ifAbsent = new ArrayList<>();

    @Option(
            names = "--if",
            paramLabel = "PATH=VALUE",
            description = "Only if this holds of the item; also != < <= > >=.")
    List<String> comparisons = new ArrayList<>();

    Optional<Condition> condition() {
        List<Condition> terms = new ArrayList<>();
        ifExists.forEach(path -> terms.add(new Condition.AttributeExists(PathText.parse(path))));
        ifAbsent.forEach(path -> terms.add(new Condition.AttributeNotExists(PathText.parse(path))));
        comparisons.forEach(text -> terms.add(ConditionText.comparison(text)));
        return ConditionText.all(terms);
    }

    WriteRequest addTo(WriteRequest request) {
        WriteRequest.WriteOptions options = request.options();
        return request.with(new WriteRequest.WriteOptions(
                condition(), options.returnValues(), options.returnOldOnConditionFailure(), options.requestId()));
    }
}
