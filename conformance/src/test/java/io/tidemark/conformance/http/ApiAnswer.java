package io.tidemark.conformance.http;

import com.fasterxml.jackson.databind.JsonNode;

/** What came back, decoded. */
public record ApiAnswer(int status, JsonNode body) {
    public boolean isSuccess() {
        return status == 200;
    }

    /** The error's name, without what stands before the {@code #}; empty of a success. */
    public String errorName() {
        String type = body.path("__type").asText("");
        return type.substring(type.indexOf('#') + 1);
    }

    /** The error's text, whichever case its member has; empty of a success. */
    public String message() {
        return isSuccess()
                ? ""
                : body.path("message").asText(body.path("Message").asText(""));
    }

    /** One line: {@code 200}, or {@code 400 ValidationException: text}. */
    public String summary() {
        return isSuccess() ? "200" : status + " " + errorName() + ": " + message();
    }
}
