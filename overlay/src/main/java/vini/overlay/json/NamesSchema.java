package vini.overlay.json;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The object may have a key {@code $schema}, by which editors find its schema; Vini ignores it. */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE})
public @interface NamesSchema {}
