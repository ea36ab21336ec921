package io.tidemark.conformance.differential;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.conformance.http.ApiRequest;

/** One thing that a sequence does with both sides. */
sealed interface Step {
    ApiRequest request();

    /** One request, one answer. */
    record Once(ApiRequest request) implements Step {}

    /**
     * A Scan or Query from its first page to its last, each side going on after its own LastEvaluatedKey: the order of a scan is
     * each side's own.
     */
    record AllPages(String operation, ObjectNode parameters) implements Step {
        public AllPages {
            parameters = parameters.deepCopy();
        }

        @Override
        public ApiRequest request() {
            return ApiRequest.of(operation, parameters);
        }
    }

    /** All pages of all segments of a Scan: which segment holds an item is each side's own. */
    record AllSegments(ObjectNode parameters, int segments) implements Step {
        public AllSegments {
            parameters = parameters.deepCopy();
        }

        @Override
        public ApiRequest request() {
            return ApiRequest.of("Scan", parameters);
        }
    }
}
