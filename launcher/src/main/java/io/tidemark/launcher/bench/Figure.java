package io.tidemark.launcher.bench;

/** One measured value. */
record Figure(String name, double value, String unit) {}
