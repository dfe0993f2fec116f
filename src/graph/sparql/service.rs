//! Looks for `SERVICE` anywhere in a query. Every form of the algebra is named, so a new one must decide.

use spargebra::algebra::{AggregateExpression, Expression, GraphPattern, OrderExpression};

/// Says whether the pattern asks another server.
pub(super) fn pattern(found_in: &GraphPattern) -> bool {
    match found_in {
        GraphPattern::Service { .. } => true,
        GraphPattern::Bgp { .. } | GraphPattern::Path { .. } | GraphPattern::Values { .. } => false,
        GraphPattern::Join { left, right }
        | GraphPattern::Lateral { left, right }
        | GraphPattern::Union { left, right }
        | GraphPattern::Minus { left, right } => pattern(left) || pattern(right),
        GraphPattern::LeftJoin { left, right, expression: on } => {
            pattern(left) || pattern(right) || on.as_ref().is_some_and(expression)
        }
        GraphPattern::Filter { expr, inner } => expression(expr) || pattern(inner),
        GraphPattern::Extend { inner, expression: value, .. } => expression(value) || pattern(inner),
        GraphPattern::OrderBy { inner, expression: keys } => pattern(inner) || keys.iter().any(order),
        GraphPattern::Group { inner, aggregates, .. } => {
            pattern(inner) || aggregates.iter().any(|(_, value)| aggregate(value))
        }
        GraphPattern::Graph { inner, .. }
        | GraphPattern::Project { inner, .. }
        | GraphPattern::Distinct { inner }
        | GraphPattern::Reduced { inner }
        | GraphPattern::Slice { inner, .. } => pattern(inner),
    }
}

fn order(key: &OrderExpression) -> bool {
    match key {
        OrderExpression::Asc(value) | OrderExpression::Desc(value) => expression(value),
    }
}

fn aggregate(value: &AggregateExpression) -> bool {
    match value {
        AggregateExpression::CountSolutions { .. } => false,
        AggregateExpression::FunctionCall { expr, .. } => expression(expr),
    }
}

fn expression(value: &Expression) -> bool {
    match value {
        Expression::Exists(inner) => pattern(inner),
        Expression::NamedNode(_) | Expression::Literal(_) | Expression::Variable(_) | Expression::Bound(_) => false,
        Expression::Or(a, b)
        | Expression::And(a, b)
        | Expression::Equal(a, b)
        | Expression::SameTerm(a, b)
        | Expression::Greater(a, b)
        | Expression::GreaterOrEqual(a, b)
        | Expression::Less(a, b)
        | Expression::LessOrEqual(a, b)
        | Expression::Add(a, b)
        | Expression::Subtract(a, b)
        | Expression::Multiply(a, b)
        | Expression::Divide(a, b) => expression(a) || expression(b),
        Expression::UnaryPlus(a) | Expression::UnaryMinus(a) | Expression::Not(a) => expression(a),
        Expression::In(a, list) => expression(a) || list.iter().any(expression),
        Expression::If(a, b, c) => expression(a) || expression(b) || expression(c),
        Expression::Coalesce(list) | Expression::FunctionCall(_, list) => list.iter().any(expression),
    }
}
