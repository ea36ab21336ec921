/** How each role is put together from the modules. The embedded cluster and the single processes use the same classes. */
@NullMarked
package io.tidemark.launcher.roles;

import org.jspecify.annotations.NullMarked;
