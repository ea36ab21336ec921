/** What AWS answers, case by case. */
@NullMarked
package io.tidemark.conformance.cases;

import org.jspecify.annotations.NullMarked;
