/** The replica that is rebuilt from the archive alone, and the walk through the archive that checks it on the way. */
@NullMarked
package io.tidemark.verifier.reference;

import org.jspecify.annotations.NullMarked;
