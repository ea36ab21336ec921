package io.tidemark.router.http;

import io.tidemark.router.error.ProtocolErrors;
import io.tidemark.router.operation.ReadToken;
import io.tidemark.schema.Lsn;
import io.tidemark.schema.ShardId;
import java.util.HashMap;
import java.util.Map;

/** The header {@code x-tidemark-lsn}: {@code shard:lsn[,shard:lsn...]}, as an answer to a write has it and a read gives it back. */
final class ReadTokens {
    static final String HEADER = "x-tidemark-lsn";

    private ReadTokens() {}

    /** @throws io.tidemark.router.error.ApiException if it is not of the form, or names a shard twice */
    static ReadToken parse(String text) {
        Map<ShardId, Lsn> lsns = new HashMap<>();
        for (String part : text.split(",", -1)) {
            String entry = part.strip();
            int colon = entry.indexOf(':');
            if (colon < 0) {
                throw ProtocolErrors.invalidReadToken(HEADER);
            }
            long shard = number(entry, 0, colon);
            long lsn = number(entry, colon + 1, entry.length());
            if (shard > Integer.MAX_VALUE || lsns.put(new ShardId((int) shard), new Lsn(lsn)) != null) {
                throw ProtocolErrors.invalidReadToken(HEADER);
            }
        }
        return new ReadToken(lsns);
    }

    private static long number(String text, int start, int end) {
        boolean digits = end > start;
        for (int i = start; i < end; i++) {
            digits &= text.charAt(i) >= '0' && text.charAt(i) <= '9';
        }
        try {
            if (digits) {
                return Long.parseLong(text, start, end, 10);
            }
        } catch (NumberFormatException tooLarge) {
            // As if it were no number.
        }
        throw ProtocolErrors.invalidReadToken(HEADER);
    }

    static String format(ReadToken token) {
        StringBuilder text = new StringBuilder();
        token.lsns().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(entry -> text.append(text.isEmpty() ? "" : ",")
                        .append(entry.getKey().value())
                        .append(':')
                        .append(entry.getValue().offset()));
        return text.toString();
    }
}
