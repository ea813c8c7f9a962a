package dev.ebbgate.house;

import com.sun.source.tree.BlockTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreeScanner;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

import javax.lang.model.element.Modifier;

/// The sizes and names of one file, held against the limits. Each breach is one line of the
/// findings: where, what, how much, how much is allowed.
final class SourceRules extends TreeScanner<@Nullable Void, @Nullable Void> {
    static final int FILE = 500;
    static final int CORE_FILE = 300;
    static final int BODY = 50;
    static final int PARAMETERS = 6;
    static final int COMPONENTS = 8;

    private static final Pattern BAD_TYPE =
            Pattern.compile(
                    "Abstract[A-Z].*|.*(Manager|Helper|Utils?|Impl|Base|Abstract|Data|Info)");
    private static final Set<String> BAD_PACKAGES = Set.of("util", "common", "impl", "internal");

    private final Source source;
    private final List<String> findings;
    private boolean inRecord;

    private SourceRules(Source source, List<String> findings) {
        this.source = source;
        this.findings = findings;
    }

    static void check(Source source, List<String> findings) {
        SourceRules rules = new SourceRules(source, findings);
        int limit = source.module().equals("core") ? CORE_FILE : FILE;
        rules.atMost(limit, source.lines().total(), 1, "code lines in the file");
        rules.checkPackage();
        rules.scan(source.unit(), null);
    }

    @Override
    public @Nullable Void visitClass(ClassTree type, @Nullable Void none) {
        String name = type.getSimpleName().toString();
        if (BAD_TYPE.matcher(name).matches()) {
            find(source.firstLine(type), "the name " + name + " says nothing");
        }
        if (type.getKind() == Tree.Kind.RECORD) {
            int components = (int) type.getMembers().stream().filter(this::isComponent).count();
            atMost(COMPONENTS, components, source.firstLine(type), "components of record " + name);
        }
        for (Tree member : type.getMembers()) {
            if (member instanceof BlockTree) {
                checkBody(member, "the initializer of " + name);
            }
        }
        boolean outer = inRecord;
        inRecord = type.getKind() == Tree.Kind.RECORD;
        super.visitClass(type, null);
        inRecord = outer;
        return null;
    }

    @Override
    public @Nullable Void visitMethod(MethodTree method, @Nullable Void none) {
        String name = method.getName() + "()";
        boolean ofRecord = inRecord && method.getName().contentEquals("<init>");
        atMost(
                ofRecord ? COMPONENTS : PARAMETERS,
                method.getParameters().size(),
                source.firstLine(method),
                "parameters of " + name);
        if (method.getBody() != null) {
            checkBody(method.getBody(), name);
        }
        return super.visitMethod(method, null);
    }

    @Override
    public @Nullable Void visitLambdaExpression(LambdaExpressionTree lambda, @Nullable Void none) {
        if (lambda.getBodyKind() == LambdaExpressionTree.BodyKind.STATEMENT) {
            checkBody(lambda.getBody(), "a lambda");
        }
        return super.visitLambdaExpression(lambda, null);
    }

    private void checkBody(Tree body, String what) {
        atMost(BODY, source.bodyLines(body), source.firstLine(body), "lines in " + what);
        int depth = Nesting.depth(body);
        atMost(Nesting.LIMIT, depth, source.firstLine(body), "levels of nesting in " + what);
    }

    private void checkPackage() {
        for (String part : source.packageName().split("\\.", -1)) {
            if (BAD_PACKAGES.contains(part)) {
                find(1, "the package name " + part + " says nothing");
            }
        }
    }

    private boolean isComponent(Tree member) {
        return member instanceof VariableTree field
                && !field.getModifiers().getFlags().contains(Modifier.STATIC);
    }

    private void atMost(int limit, int actual, int line, String what) {
        if (actual > limit) {
            find(line, actual + " " + what + ", at most " + limit);
        }
    }

    private void find(int line, String problem) {
        findings.add(source.path() + ":" + line + ": " + problem);
    }
}
