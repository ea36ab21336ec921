/** The configuration file: one validated record a section, from which its reference page is printed too. */
@NullMarked
package io.tidemark.launcher.config;

import org.jspecify.annotations.NullMarked;
