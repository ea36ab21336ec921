/** The shapes of the operations' inputs, and what checks a request against them. */
@NullMarked
package io.tidemark.router.model;

import org.jspecify.annotations.NullMarked;
