/** The format of an archived run of the log, and the hash chain that links the runs. */
@NullMarked
package io.tidemark.archiver.segment;

import org.jspecify.annotations.NullMarked;
