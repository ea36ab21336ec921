/** The write-ahead log: append, read, barrier, trim and topics, on Kafka and in memory. */
@NullMarked
package io.tidemark.log;

import org.jspecify.annotations.NullMarked;
