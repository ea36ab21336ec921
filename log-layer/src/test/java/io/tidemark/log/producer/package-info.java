@NullMarked
package io.tidemark.log.producer;

import org.jspecify.annotations.NullMarked;
