/** What tests of nodes share, in other modules too: a zone without Kafka. */
@NullMarked
package io.tidemark.materializer.streams.testing;

import org.jspecify.annotations.NullMarked;
