package clearml.embedded.mongo.language;

import static clearml.embedded.mongo.language.Expressions.function;

import clearml.embedded.mongo.language.Expressions.Operator;
import de.bwaldvogel.mongo.bson.Document;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/** Comparisons, boolean and conditional operators. */
final class LogicOperators {

    private record Branch(Expression condition, Expression then) {}

    private LogicOperators() {}

    static void register(Map<String, Operator> operators) {
        operators.put("$cmp", Expressions.comparison("$cmp", LogicOperators::compare));
        comparison(operators, "$eq", order -> order == 0);
        comparison(operators, "$ne", order -> order != 0);
        comparison(operators, "$gt", order -> order > 0);
        comparison(operators, "$gte", order -> order >= 0);
        comparison(operators, "$lt", order -> order < 0);
        comparison(operators, "$lte", order -> order <= 0);
        operators.put("$not", function("$not", 1, 1, (v, scope) -> !Values.truthy(v.get(0))));
        operators.put("$and", operand -> junction(operand, true));
        operators.put("$or", operand -> junction(operand, false));
        operators.put("$cond", LogicOperators::cond);
        operators.put("$ifNull", LogicOperators::ifNull);
        operators.put("$switch", LogicOperators::choose);
        operators.put("$let", LogicOperators::let);
        operators.put("$literal", operand -> scope -> operand);
        operators.put("$expr", Expressions::parse);
    }

    private static void comparison(Map<String, Operator> operators, String name, IntPredicate accepted) {
        operators.put(name, Expressions.comparison(name, (a, b, scope) -> accepted.test(compare(a, b, scope))));
    }

    /** In expressions, unlike in sorts, a missing field comes before null. */
    private static int compare(@Nullable Object a, @Nullable Object b, Scope scope) {
        int order = Values.compare(a, b, scope.collation());
        return order == 0 && Values.absent(a) ? Boolean.compare(a == null, b == null) : Integer.signum(order);
    }

    private static Expression junction(@Nullable Object operand, boolean and) {
        List<Expression> parts =
                Expressions.parseAll(operand instanceof List<?> l ? l : Collections.singletonList(operand));
        return scope -> {
            for (Expression part : parts) {
                if (Values.truthy(part.evaluate(scope)) != and) {
                    return !and;
                }
            }
            return and;
        };
    }

    private static Expression cond(@Nullable Object operand) {
        Expression condition;
        Expression then;
        Expression otherwise;
        if (operand instanceof List<?> l && l.size() == 3) {
            condition = Expressions.parse(l.get(0));
            then = Expressions.parse(l.get(1));
            otherwise = Expressions.parse(l.get(2));
        } else if (operand instanceof Document d) {
            for (String name : List.of("if", "then", "else")) {
                if (!d.containsKey(name)) {
                    throw Errors.location(17080, "Missing '" + name + "' parameter to $cond");
                }
            }
            condition = Expressions.parse(d.get("if"));
            then = Expressions.parse(d.get("then"));
            otherwise = Expressions.parse(d.get("else"));
        } else {
            throw Errors.location(16020, "Expression $cond takes exactly 3 arguments.");
        }
        return scope -> (Values.truthy(condition.evaluate(scope)) ? then : otherwise).evaluate(scope);
    }

    private static Expression ifNull(@Nullable Object operand) {
        if (!(operand instanceof List<?> l) || l.size() < 2) {
            throw Errors.location(1257300, "$ifNull needs at least two arguments");
        }
        List<Expression> parts = Expressions.parseAll(l);
        return scope -> {
            for (Expression part : parts.subList(0, parts.size() - 1)) {
                Object value = part.evaluate(scope);
                if (!Values.absent(value)) {
                    return value;
                }
            }
            return parts.get(parts.size() - 1).evaluate(scope);
        };
    }

    private static Expression choose(@Nullable Object operand) {
        Document d = Expressions.named("$switch", operand, "branches");
        List<Branch> branches = new ArrayList<>();
        for (Object branch : Values.list(d.get("branches"), "$switch")) {
            Document parts = Expressions.named("$switch", branch, "case", "then");
            branches.add(new Branch(Expressions.parse(parts.get("case")), Expressions.parse(parts.get("then"))));
        }
        Expression otherwise = d.containsKey("default") ? Expressions.parse(d.get("default")) : null;
        return scope -> {
            for (Branch branch : branches) {
                if (Values.truthy(branch.condition.evaluate(scope))) {
                    return branch.then.evaluate(scope);
                }
            }
            if (otherwise == null) {
                throw Errors.location(
                        40066, "$switch could not find a matching branch for an input, and no default was specified.");
            }
            return otherwise.evaluate(scope);
        };
    }

    private static Expression let(@Nullable Object operand) {
        Document d = Expressions.named("$let", operand, "vars", "in");
        Document vars = Values.document(d.get("vars"), "$let vars");
        List<String> names = List.copyOf(vars.keySet());
        List<Expression> values =
                names.stream().map(name -> Expressions.parse(vars.get(name))).toList();
        Expression in = Expressions.parse(d.get("in"));
        return scope -> {
            Scope inner = scope;
            for (int i = 0; i < names.size(); i++) {
                inner = inner.with(names.get(i), values.get(i).evaluate(scope));
            }
            return in.evaluate(inner);
        };
    }
}
