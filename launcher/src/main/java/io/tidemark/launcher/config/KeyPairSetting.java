package io.tidemark.launcher.config;

import java.util.List;

/** One key pair of the router, and what it may do. A table is named in full, or by its beginning and *. */
public record KeyPairSetting(
        @Setting(meaning = "Secret key; write ${NAME} to take it from the environment")
        String secretKey,

        @Setting(meaning = "Tables whose items it may read, and which it may describe", byDefault = "")
        List<String> read,

        @Setting(meaning = "Tables whose items it may write", byDefault = "")
        List<String> write,

        @Setting(meaning = "Tables that it may create, change and delete", byDefault = "")
        List<String> admin) {
    public KeyPairSetting {
        read = patterns("read", read);
        write = patterns("write", write);
        admin = patterns("admin", admin);
        Checks.require(!secretKey.isBlank(), "secretKey", "must not be empty");
        Checks.require(
                !read.isEmpty() || !write.isEmpty() || !admin.isEmpty(),
                "read",
                "must name a table, or write or admin must: the key pair could do nothing. [\"*\"] stands for all tables");
    }

    private static List<String> patterns(String setting, List<String> patterns) {
        patterns.forEach(pattern -> Checks.require(
                pattern.matches("[A-Za-z0-9_.-]{0,255}\\*|[A-Za-z0-9_.-]{1,255}"),
                setting,
                "must be names of tables, or beginnings of names and *, has '" + pattern + "'"));
        return List.copyOf(patterns);
    }

    /** Never shows the secret. */
    @Override
    public String toString() {
        return "KeyPairSetting[read=" + read + ", write=" + write + ", admin=" + admin + "]";
    }
}
