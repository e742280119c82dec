package dev.cinnabar.server.law;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Makes a record component a setting of {@code cinnabar.yaml}: its name there is the component's in kebab case, and docs/operations/settings.md shows this text.
 *
 * <p>A component may be a String, int, long, double, boolean, Path, Duration, {@link Size}, {@link Secret}, an enum, an Optional or a List of these, a
 * record of settings, or a Map from names to any of these. A room keeps its own record; the server's root names it.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Setting {
    /** What it does, in one or two plain sentences. */
    String value();

    /** What holds where nothing is said, written as in the file; empty for Optional, List, Map and records. */
    String otherwise() default "";

    /** Whether it must be said. */
    boolean required() default false;

    /** A value for the commented sample, where the default does not show the form. */
    String example() default "";
}
