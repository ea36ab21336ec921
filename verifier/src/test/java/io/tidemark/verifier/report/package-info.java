@NullMarked
package io.tidemark.verifier.report;

import org.jspecify.annotations.NullMarked;
