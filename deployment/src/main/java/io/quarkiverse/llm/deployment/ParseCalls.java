package io.quarkiverse.llm.deployment;

import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

import io.quarkiverse.llm.LlmRequest;
import io.quarkiverse.llm.OutputType;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/**
 * Finds the types that a class asks for: {@code X} in {@code llm.parse(request, X.class)} and {@code OutputType.of(X.class)}. A
 * class constant is the last thing on the stack before the call; what comes out of a variable or a parameter is not found.
 */
final class ParseCalls extends MethodVisitor {

    private static final int API = Opcodes.ASM9;

    private static final Map<String, String> DESCRIPTORS = Map.of(
            "parse", ofProvider(Uni.class),
            "parseStream", ofProvider(Multi.class),
            "parseAndAwait", ofProvider(Object.class),
            "of", Type.getMethodDescriptor(Type.getType(OutputType.class), Type.getType(Class.class)));

    private final Set<String> found;
    private String constant;

    private ParseCalls(Set<String> found) {
        super(API);
        this.found = found;
    }

    private static String ofProvider(Class<?> result) {
        return Type.getMethodDescriptor(Type.getType(result), Type.getType(LlmRequest.class), Type.getType(Class.class));
    }

    /** Their names as {@code Class.forName} takes them. Owners are not looked at: it may be any provider. */
    static SortedSet<String> in(byte[] classFile) {
        SortedSet<String> types = new TreeSet<>();
        new ClassReader(classFile).accept(new ClassVisitor(API) {
            @Override
            public MethodVisitor visitMethod(int access, String name, String descriptor, String signature,
                    String[] exceptions) {
                return new ParseCalls(types);
            }
        }, ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
        return types;
    }

    @Override
    public void visitMethodInsn(int opcode, String owner, String name, String descriptor, boolean isInterface) {
        if (constant != null && descriptor.equals(DESCRIPTORS.get(name))) {
            found.add(constant);
        }
        constant = null;
    }

    @Override
    public void visitLdcInsn(Object value) {
        constant = value instanceof Type type && (type.getSort() == Type.OBJECT || type.getSort() == Type.ARRAY)
                ? type.getInternalName().replace('/', '.')
                : null;
    }

    @Override
    public void visitInsn(int opcode) {
        constant = null;
    }

    @Override
    public void visitVarInsn(int opcode, int index) {
        constant = null;
    }

    @Override
    public void visitFieldInsn(int opcode, String owner, String name, String descriptor) {
        constant = null;
    }

    @Override
    public void visitTypeInsn(int opcode, String type) {
        constant = null;
    }

    @Override
    public void visitJumpInsn(int opcode, Label label) {
        constant = null;
    }

    @Override
    public void visitLabel(Label label) {
        constant = null;
    }
}
