/** What tests of the state machine and of stores share: a plain state, random histories, golden logs. */
@NullMarked
package io.tidemark.materializer.core.testing;

import org.jspecify.annotations.NullMarked;
