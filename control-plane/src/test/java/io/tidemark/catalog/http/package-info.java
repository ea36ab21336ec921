@NullMarked
package io.tidemark.catalog.http;

import org.jspecify.annotations.NullMarked;
