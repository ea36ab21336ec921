package io.tidemark.catalog.http;

import com.linecorp.armeria.common.HttpStatus;
import io.tidemark.schema.RequestId;
import io.tidemark.schema.catalog.CatalogException.Kind;
import java.util.HexFormat;

/** What server and client of the control role agree on. */
public final class ControlProtocol {
    /**
     * Header of what changes something: the request id, 32 hexadecimal digits. Sent again with the same id, a request takes
     * effect once. Without the header the server makes an id up.
     */
    public static final String REQUEST_ID_HEADER = "tidemark-request-id";

    public static final String TABLES_PATH = "/v1/tables";
    /** Below a table's path: one change of its settings. */
    public static final String CHANGES_PATH = "/changes";

    public static final String BINDINGS_PATH = "/v1/bindings";
    public static final String CLUSTER_PATH = "/v1/cluster";
    public static final String STATUS_PATH = "/v1/status";
    public static final String HEALTH_PATH = "/health";

    /** Parameter of a table's path: ACTIVE or GONE; the answer comes when the table has got there. */
    public static final String AWAIT = "await";
    /** Parameter beside {@link #AWAIT}: milliseconds. */
    public static final String TIMEOUT_MS = "timeoutMs";

    public static final String LIMIT = "limit";
    public static final String EXCLUSIVE_START = "exclusiveStart";

    static final String AWAIT_ACTIVE = "ACTIVE";
    static final String AWAIT_GONE = "GONE";
    /** The longest request: a binding with its Avro schema, written with escapes. */
    static final int MAX_REQUEST_BYTES = 1 << 20;
    /** The longest answer: a page of tables with many partitions. */
    static final int MAX_RESPONSE_BYTES = 64 << 20;

    private ControlProtocol() {}

    static HttpStatus status(Kind kind) {
        return switch (kind) {
            case INVALID_REQUEST, LIMIT_EXCEEDED -> HttpStatus.BAD_REQUEST;
            case TABLE_NOT_FOUND, BINDING_NOT_FOUND -> HttpStatus.NOT_FOUND;
            case TABLE_EXISTS, TABLE_IN_USE, TABLE_CREATING, TABLE_PROTECTED, BINDING_EXISTS, REQUEST_ID_REUSED ->
                HttpStatus.CONFLICT;
            case OVERLOADED -> HttpStatus.TOO_MANY_REQUESTS;
            case UNAVAILABLE -> HttpStatus.SERVICE_UNAVAILABLE;
            case TIMEOUT -> HttpStatus.GATEWAY_TIMEOUT;
            case INTERNAL -> HttpStatus.INTERNAL_SERVER_ERROR;
        };
    }

    /** @throws IllegalArgumentException unless it is 32 hexadecimal digits */
    static RequestId parseRequestId(String text) {
        try {
            return RequestId.fromBytes(HexFormat.of().parseHex(text));
        } catch (IllegalArgumentException invalid) {
            throw new IllegalArgumentException(
                    "the header " + REQUEST_ID_HEADER + " has " + 2 * RequestId.SIZE_BYTES
                            + " hexadecimal digits, not '" + text + "'",
                    invalid);
        }
    }
}
