package vini.overlay.json;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The text names something of one of these sorts that was declared above: {@code @Ref("node")}. It
 * is not checked if nothing of the first sort was declared.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.RECORD_COMPONENT})
public @interface Ref {
    String[] value();
}
