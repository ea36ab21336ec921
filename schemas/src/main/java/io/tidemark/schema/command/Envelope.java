package io.tidemark.schema.command;

import io.tidemark.schema.RequestId;
import io.tidemark.schema.Semantics;
import java.util.Optional;

/** A command with all that its record says about it. */
public record Envelope(int semanticsVersion, RequestId requestId, Optional<SourceMark> source, Command command) {
    public Envelope {
        if (semanticsVersion < 1) {
            throw new IllegalArgumentException("semantics version must be positive: " + semanticsVersion);
        }
    }

    public static Envelope of(RequestId requestId, Command command) {
        return new Envelope(Semantics.CURRENT_VERSION, requestId, Optional.empty(), command);
    }
}
