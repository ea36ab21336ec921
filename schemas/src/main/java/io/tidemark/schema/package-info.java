<<<<<<< HEAD
/** Records, values, ids, wire codec, key encoding and state hash of Tidemark: values in, values out, no I/O. */
=======
/** Identifiers and units that every module shares. Nothing below this package does I/O. */
>>>>>>> b64bf52 (Define the values, keys, expressions, commands and the node protocol)
@NullMarked
package io.tidemark.schema;

import org.jspecify.annotations.NullMarked;
