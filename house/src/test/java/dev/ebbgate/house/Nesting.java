package dev.ebbgate.house;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.IfTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreeScanner;

import org.jspecify.annotations.Nullable;

import java.util.EnumSet;
import java.util.Set;

/// How deep the statements of one body are nested in each other. An `else if` is no deeper than its
/// `if`; a class within the body starts anew and is measured with its own methods.
final class Nesting extends TreeScanner<@Nullable Void, @Nullable Void> {
    static final int LIMIT = 3;

    private static final Set<Tree.Kind> LEVELS =
            EnumSet.of(
                    Tree.Kind.IF,
                    Tree.Kind.FOR_LOOP,
                    Tree.Kind.ENHANCED_FOR_LOOP,
                    Tree.Kind.WHILE_LOOP,
                    Tree.Kind.DO_WHILE_LOOP,
                    Tree.Kind.SWITCH,
                    Tree.Kind.SWITCH_EXPRESSION,
                    Tree.Kind.TRY,
                    Tree.Kind.SYNCHRONIZED);

    private int depth;
    private int deepest;

    private Nesting() {}

    static int depth(Tree body) {
        Nesting nesting = new Nesting();
        nesting.scan(body, null);
        return nesting.deepest;
    }

    @Override
    public @Nullable Void scan(@Nullable Tree tree, @Nullable Void none) {
        boolean level = tree != null && (LEVELS.contains(tree.getKind()) || isBlockLambda(tree));
        depth += level ? 1 : 0;
        deepest = Math.max(deepest, depth);
        super.scan(tree, null);
        depth -= level ? 1 : 0;
        return null;
    }

    @Override
    public @Nullable Void visitIf(IfTree branch, @Nullable Void none) {
        scan(branch.getCondition(), null);
        scan(branch.getThenStatement(), null);
        if (branch.getElseStatement() instanceof IfTree chained) {
            return visitIf(chained, null);
        }
        return scan(branch.getElseStatement(), null);
    }

    @Override
    public @Nullable Void visitClass(ClassTree type, @Nullable Void none) {
        return null;
    }

    private static boolean isBlockLambda(Tree tree) {
        return tree instanceof LambdaExpressionTree lambda
                && lambda.getBodyKind() == LambdaExpressionTree.BodyKind.STATEMENT;
    }
}
