package io.tidemark.launcher.config;

import java.util.List;

/** The sections of the configuration file, in the order of the reference page. */
enum Sections {
    KAFKA("kafka", KafkaSection.class, "every role but broker and router"),
    S3(
            "s3",
            S3Section.class,
            "archiver, verifier; node, to rebuild replicas where the log was trimmed; control, for `status`"),
    BROKER("broker", BrokerSection.class, "broker"),
    NODE("node", NodeSection.class, "node"),
    CONTROL("control", ControlSection.class, "control"),
    ROUTER("router", RouterSection.class, "router"),
    ARCHIVER("archiver", ArchiverSection.class, "archiver; may be left out"),
    VERIFIER("verifier", VerifierSection.class, "verifier"),
    CLIENT("client", ClientSection.class, "`--connect`"),
    METRICS("metrics", MetricsSection.class, "every role; may be left out, then there is no such port");

    private final String title;
    private final Class<? extends Record> type;
    private final String usedBy;

    Sections(String title, Class<? extends Record> type, String usedBy) {
        this.title = title;
        this.type = type;
        this.usedBy = usedBy;
    }

    String title() {
        return title;
    }

    Class<? extends Record> type() {
        return type;
    }

    String usedBy() {
        return usedBy;
    }

    static List<String> titles() {
        return java.util.Arrays.stream(values()).map(Sections::title).toList();
    }
}
