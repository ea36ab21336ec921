package io.tidemark.launcher.config;

import java.time.Duration;

/** What sections require of their settings. Each failure names the setting. */
final class Checks {
    private Checks() {}

    static void require(boolean holds, String setting, String what) {
        if (!holds) {
            throw new InvalidSettingException(setting, what);
        }
    }

    static void requireRange(String setting, int value, int first, int last) {
        require(value >= first && value <= last, setting, "must be " + first + " to " + last + ", is " + value);
    }

    static void requirePort(String setting, int value) {
        requireRange(setting, value, 0, 65_535);
    }

    static void requirePositive(String setting, Duration value) {
        require(value.isPositive(), setting, "must be positive, is " + value);
    }

    /** A value that its section does not admit. */
    static final class InvalidSettingException extends IllegalArgumentException {
        private static final long serialVersionUID = 1L;
        private final String setting;

        InvalidSettingException(String setting, String what) {
            super(what);
            this.setting = setting;
        }

        String setting() {
            return setting;
        }
    }
}
