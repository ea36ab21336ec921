package io.tidemark.conformance.differential;

import java.util.List;

/** Names of attributes. */
final class Names {
    static final List<String> ATTRIBUTES =
            List.of("a", "b", "n", "l", "m", "s", "ss", "ns", "bs", "size", "x-y", "z.z", "é");
    static final List<String> NESTED = List.of("a", "b", "n", "x", "size", "p.q");

    private Names() {}

    /** Whether an expression may hold the name as it is. */
    static boolean isPlain(String name) {
        return name.matches("[a-zA-Z_][a-zA-Z0-9_]*") && !name.equals("size");
    }
}
