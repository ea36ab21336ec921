package io.tidemark.launcher.config;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Says what a record component of a section means; from it the file is read and the reference printed. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
@interface Setting {
    /** The value of {@link #byDefault} for a setting that must be given. */
    String REQUIRED = "(required)";

    /** What the setting does, with its unit. */
    String meaning();

    /** The default as it would be written in the file; empty for an empty list, map or optional. */
    String byDefault() default REQUIRED;
}
