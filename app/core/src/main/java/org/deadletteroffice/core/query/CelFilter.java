package org.deadletteroffice.core.query;

import com.google.common.collect.ImmutableList;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelIssue;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.navigation.CelNavigableAst;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.extensions.CelExtensions;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A filter in CEL. Apart from [Filter], so that the library is loaded by the first expression.
///
/// Bounded: the expression in length and depth, its loops in steps, its regular expressions by RE2,
/// which knows no backtracking.
final class CelFilter implements Filter.Test {
    private static final int MAX_LENGTH = 10_000;

    /// Steps of all loops of one evaluation together.
    private static final int MAX_STEPS = 100_000;

    private static final CelOptions OPTIONS =
            CelOptions.current()
                    .maxExpressionCodePointSize(MAX_LENGTH)
                    .maxParseRecursionDepth(100)
                    .comprehensionMaxIterations(MAX_STEPS)
                    .maxRegexProgramSize(10_000)
                    .enableHeterogeneousNumericComparisons(true)
                    .enableTimestampEpoch(true)
                    .evaluateCanonicalTypesToNativeValues(true)
                    .build();

    private static final CelCompiler COMPILER =
            CelCompilerFactory.standardCelCompilerBuilder()
                    .setOptions(OPTIONS)
                    .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
                    .addLibraries(CelExtensions.strings())
                    .addVar("message", SimpleType.DYN)
                    .addVar("payload", SimpleType.DYN)
                    .addVar("headers", SimpleType.DYN)
                    .addVar("cause", SimpleType.DYN)
                    .build();

    private static final CelRuntime RUNTIME =
            CelRuntimeFactory.standardCelRuntimeBuilder()
                    .setOptions(OPTIONS)
                    .addLibraries(CelExtensions.strings())
                    .build();

    private static final Pattern UNEXPECTED =
            Pattern.compile(
                    "(?:(?:mismatched|extraneous) input|token recognition error at:) ('.*')");
    private static final Pattern UNDECLARED = Pattern.compile("undeclared reference to '([^']+)'");

    /// `message.field`, other than its format.
    private static final Pattern OTHER_FIELD =
            Pattern.compile("\\bmessage\\s*[.]\\s*(?!format\\b)[a-z]+");

    private final CelRuntime.Program program;
    private final boolean withFormat;

    private CelFilter(CelRuntime.Program program, boolean withFormat) {
        this.program = program;
        this.withFormat = withFormat;
    }

    /// Also where the message is asked for as a whole.
    private static boolean mayAskForFormat(String text) {
        return OTHER_FIELD.matcher(text).replaceAll("").contains("message");
    }

    /// Empty where `text` is words rather than CEL.
    ///
    /// @throws FilterException when it was meant as CEL and is wrong
    static Optional<CelFilter> compile(String text) throws FilterException {
        boolean meant = CelSyntax.isMeant(text);
        CelAbstractSyntaxTree ast;
        try {
            ast = COMPILER.compile(text).getAst();
        } catch (CelValidationException | RuntimeException | StackOverflowError notCel) {
            if (!meant) {
                return Optional.empty();
            }
            throw explained(text, notCel);
        }
        var result = ast.getResultType();
        if (!result.equals(SimpleType.BOOL) && !result.equals(SimpleType.DYN)) {
            if (!meant) {
                return Optional.empty();
            }
            throw new FilterException(
                    "A filter must be true or false; this gives " + result.name() + ".", 0, null);
        }
        if (ast.getExpr().exprKind().getKind() == CelExpr.ExprKind.Kind.IDENT) {
            return Optional.empty();
        }
        checkFields(text, ast);
        try {
            return Optional.of(new CelFilter(RUNTIME.createProgram(ast), mayAskForFormat(text)));
        } catch (CelEvaluationException | RuntimeException notRunnable) {
            throw new FilterException(
                    "This filter cannot be run: " + firstLine(notRunnable), 0, null);
        }
    }

    @Override
    public boolean matches(Searched message) {
        try {
            return Boolean.TRUE.equals(program.eval(new CelVariables(message, withFormat)));
        } catch (CelEvaluationException | RuntimeException lacksSomething) {
            // A field that this message has not, a comparison of unlike types, too many steps.
            return false;
        }
    }

    /// `message` and `cause` have known fields; a wrong one would make the filter silently false.
    private static void checkFields(String text, CelAbstractSyntaxTree ast) throws FilterException {
        var selects =
                CelNavigableAst.fromAst(ast)
                        .getRoot()
                        .allNodes()
                        .filter(node -> node.getKind() == CelExpr.ExprKind.Kind.SELECT)
                        .map(node -> node.expr())
                        .toList();
        for (var expr : selects) {
            var select = expr.select();
            var operand = select.operand().exprKind();
            if (operand.getKind() != CelExpr.ExprKind.Kind.IDENT) {
                continue;
            }
            List<String> fields =
                    switch (operand.ident().name()) {
                        case "message" -> CelSyntax.MESSAGE_FIELDS;
                        case "cause" -> CelSyntax.CAUSE_FIELDS;
                        default -> List.of();
                    };
            if (!fields.isEmpty() && !fields.contains(select.field())) {
                var owner = operand.ident().name();
                int position = place(text, owner, select.field());
                var near = CelSyntax.nearest(select.field(), fields);
                throw new FilterException(
                        "'"
                                + owner
                                + "' has no field '"
                                + select.field()
                                + "'; it has "
                                + String.join(", ", fields)
                                + ".",
                        position,
                        near == null ? null : replaced(text, position, select.field(), near));
            }
        }
    }

    /// Where `owner.field` names the field; -1 where it is spelled unusually.
    private static int place(String text, String owner, String field) {
        var matcher =
                Pattern.compile("\\b" + owner + "\\s*\\.\\s*(" + Pattern.quote(field) + ")\\b")
                        .matcher(text);
        return matcher.find() ? matcher.start(1) : -1;
    }

    private static FilterException explained(String text, Throwable notCel) {
        if (!(notCel instanceof CelValidationException wrong) || wrong.getErrors().isEmpty()) {
            return new FilterException("This filter is too long or too deep.", -1, null);
        }
        ImmutableList<CelIssue> errors = wrong.getErrors();
        var first = errors.getFirst();
        int position =
                position(
                        text,
                        first.getSourceLocation().getLine(),
                        first.getSourceLocation().getColumn());
        var undeclared = UNDECLARED.matcher(first.getMessage());
        if (undeclared.find()) {
            return unknownName(text, position, undeclared.group(1));
        }
        return new FilterException(
                "The filter cannot be understood: " + plain(firstLine(first.getMessage())) + ".",
                position,
                singleEquals(text));
    }

    /// The parser lists every token that it would take, which helps nobody.
    private static String plain(String parser) {
        var text = parser.replaceFirst("\\s*expecting .*", "");
        if (text.contains("<EOF>")) {
            return "it ends too early";
        }
        var found = UNEXPECTED.matcher(text);
        return found.find() ? found.group(1) + " is not expected here" : text;
    }

    private static FilterException unknownName(String text, int position, String name) {
        boolean call = isCall(text, name);
        var near = CelSyntax.nearest(name, call ? CelSyntax.FUNCTIONS : CelSyntax.VARIABLES);
        int at = placeOfName(text, position, name);
        var sentence =
                call
                        ? "There is no function '" + name + "'."
                        : "There is no '"
                                + name
                                + "'; a filter speaks of message, payload, headers and cause.";
        @Nullable String instead = near;
        if (instead == null && !call) {
            instead = "payload." + name;
        }
        return new FilterException(
                sentence, at, instead == null ? null : replaced(text, at, name, instead));
    }

    private static boolean isCall(String text, String name) {
        return Pattern.compile("\\b" + Pattern.quote(name) + "\\s*\\(").matcher(text).find();
    }

    /// CEL points at the parenthesis of a call, and at the dot of a selection.
    private static int placeOfName(String text, int position, String name) {
        var matcher = Pattern.compile("\\b" + Pattern.quote(name) + "\\b").matcher(text);
        int last = -1;
        while (matcher.find()) {
            if (last < 0 || matcher.start() <= position) {
                last = matcher.start();
            }
        }
        return last >= 0 ? last : position;
    }

    private static @Nullable String replaced(String text, int at, String name, String instead) {
        return at < 0 || !text.startsWith(name, at)
                ? null
                : text.substring(0, at) + instead + text.substring(at + name.length());
    }

    /// `a = b` is what people type who know other languages.
    private static @Nullable String singleEquals(String text) {
        var doubled = text.replaceAll("(?<![=!<>])=(?![=~])", "==");
        if (doubled.equals(text)) {
            return null;
        }
        try {
            COMPILER.compile(doubled).getAst();
            return doubled;
        } catch (CelValidationException | RuntimeException stillWrong) {
            return null;
        }
    }

    /// @param line from 1
    /// @param column from 0
    private static int position(String text, int line, int column) {
        int at = 0;
        for (int i = 1; i < line; i++) {
            int next = text.indexOf('\n', at);
            if (next < 0) {
                break;
            }
            at = next + 1;
        }
        return Math.clamp(at + (long) column, 0, text.length());
    }

    private static String firstLine(Throwable wrong) {
        return firstLine(wrong.getMessage() == null ? "" : wrong.getMessage());
    }

    private static String firstLine(String message) {
        var line = message.lines().findFirst().orElse("").strip();
        return line.endsWith(".") ? line : line + ".";
    }
}
