/** Kafka brokers and an S3 server that run inside this process, for one-machine clusters and tests. */
@NullMarked
package io.tidemark.embedded;

import org.jspecify.annotations.NullMarked;
