/**
 * Classes that Avro generates from the schemas, for readers and writers of one's own. Tidemark itself writes and reads the same
 * bytes without them, see {@link io.tidemark.schema.wire}.
 *
 * <p>Avro refuses to instantiate generated classes of packages that it was not told to trust: start the program with
 * {@code -Dorg.apache.avro.SERIALIZABLE_PACKAGES=io.tidemark.schema.avro}, or set
 * {@link org.apache.avro.util.ClassSecurityValidator}.
 */
@NullUnmarked
package io.tidemark.schema.avro;

import org.jspecify.annotations.NullUnmarked;
