/** What a WAL record asks for, and what applying it gave. */
@NullMarked
package io.tidemark.schema.command;

import org.jspecify.annotations.NullMarked;
