/** The Kafka Streams topology that feeds a zone's replicas from the log. */
@NullMarked
package io.tidemark.materializer.streams;

import org.jspecify.annotations.NullMarked;
