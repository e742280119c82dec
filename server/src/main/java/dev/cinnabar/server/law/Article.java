package dev.cinnabar.server.law;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Ties code to the article of the Provisions that it carries; docs/law is generated from it. Values are like {@code "10"} or {@code "17(1)"}. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface Article {
    /** The articles, the weightiest first. */
    String[] value();
}
