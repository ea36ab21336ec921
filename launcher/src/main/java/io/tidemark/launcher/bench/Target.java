package io.tidemark.launcher.bench;

/** What a figure must reach. */
record Target(String name, double measured, Bound bound, double limit, String unit) {
    /** Which side of the limit is good. */
    enum Bound {
        AT_MOST("at most"),
        AT_LEAST("at least");

        private final String words;

        Bound(String words) {
            this.words = words;
        }

        String words() {
            return words;
        }
    }

    static Target atMost(String name, double measured, double limit, String unit) {
        return new Target(name, measured, Bound.AT_MOST, limit, unit);
    }

    static Target atLeast(String name, double measured, double limit, String unit) {
        return new Target(name, measured, Bound.AT_LEAST, limit, unit);
    }

    boolean met() {
        return switch (bound) {
            case AT_MOST -> measured <= limit;
            case AT_LEAST -> measured >= limit;
        };
    }
}
