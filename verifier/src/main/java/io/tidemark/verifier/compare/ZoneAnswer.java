package io.tidemark.verifier.compare;

import io.tidemark.schema.node.NodeException;
import io.tidemark.schema.node.NodeReply.DigestResult;
import java.time.Duration;

/** What a zone said when it was asked for its replica's digest. */
public sealed interface ZoneAnswer {
    /** Since it was asked. */
    Duration duration();

    record Digested(DigestResult result, Duration duration) implements ZoneAnswer {}

    /** Its replica cannot be read at all. */
    record Unreadable(String detail, Duration duration) implements ZoneAnswer {}

    /** It gave no digest. */
    record Silent(NodeException.Kind kind, String detail, Duration duration) implements ZoneAnswer {}
}
