import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.ClassHierarchyResolverOption;
import java.lang.classfile.ClassFile.StackMapsOption;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassTransform;
import java.lang.constant.ClassDesc;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;

/**
 * Copies a jar and gives its classes of Java 5 and older, which no AOT cache takes, the form of
 * Java 8: {@code java RenewClasses.java JAR COPY}.
 */
final class RenewClasses {
    private static final int OLD = 49;
    private static final int LIKE_A_CLASS_OF_JAVA_8 = 52;

    public static void main(String[] arguments) throws IOException {
        try (JarFile jar = new JarFile(Path.of(arguments[0]).toFile());
                JarOutputStream copy =
                        new JarOutputStream(Files.newOutputStream(Path.of(arguments[1])))) {
            ClassFile format =
                    ClassFile.of(
                            StackMapsOption.GENERATE_STACK_MAPS,
                            ClassHierarchyResolverOption.of(
                                    ClassHierarchyResolver.ofResourceParsing(
                                                    type -> open(jar, type))
                                            .orElse(ClassHierarchyResolver.defaultResolver())));
            for (JarEntry entry : jar.stream().toList()) {
                byte[] bytes = jar.getInputStream(entry).readAllBytes();
                JarEntry same = new JarEntry(entry.getName());
                same.setTimeLocal(entry.getTimeLocal());
                copy.putNextEntry(same);
                copy.write(entry.getName().endsWith(".class") ? renew(format, bytes) : bytes);
                copy.closeEntry();
            }
        }
    }

    private static InputStream open(JarFile jar, ClassDesc type) {
        String name = type.descriptorString();
        JarEntry entry = jar.getJarEntry(name.substring(1, name.length() - 1) + ".class");
        try {
            return entry == null ? null : jar.getInputStream(entry);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] renew(ClassFile format, byte[] bytes) {
        var old = format.parse(bytes);
        if (old.majorVersion() > OLD) {
            return bytes;
        }
        return format.build(
                old.thisClass().asSymbol(),
                made -> {
                    made.withVersion(LIKE_A_CLASS_OF_JAVA_8, 0);
                    made.transform(
                            old,
                            ClassTransform.dropping(ClassFileVersion.class::isInstance)
                                    .andThen(
                                            ClassTransform.transformingMethodBodies(
                                                    (code, element) -> code.with(element))));
                });
    }
}
