/** What a verification found: verdicts, as values, as JSON and as text. */
@NullMarked
package io.tidemark.verifier.report;

import org.jspecify.annotations.NullMarked;
