package io.tidemark.client;

import io.tidemark.schema.command.InvalidReason;
import io.tidemark.schema.key.InvalidKeyException;
import java.util.Optional;

/** The request is wrong; nothing changed. Fix it. */
public final class InvalidRequestException extends TidemarkException {
    private static final long serialVersionUID = 1L;

    private final transient Optional<InvalidReason> reason;

    InvalidRequestException(String message) {
        super(message);
        this.reason = Optional.empty();
    }

    /** @param refusal whose message says what is wrong */
    InvalidRequestException(IllegalArgumentException refusal) {
        super(String.valueOf(refusal.getMessage()), refusal);
        this.reason = Optional.empty();
    }

    InvalidRequestException(InvalidKeyException refusal) {
        super(String.valueOf(refusal.getMessage()), refusal);
        this.reason = Optional.of(InvalidReason.KEY);
    }

    InvalidRequestException(InvalidReason reason, String message) {
        super(message);
        this.reason = Optional.of(reason);
    }

    /** Present where the state machine or the key's encoding refused it. */
    public Optional<InvalidReason> reason() {
        return reason;
    }
}
