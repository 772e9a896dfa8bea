package clearml.apiserver.query.entities;

import clearml.apiserver.query.Fields;

/** The last, first, least and greatest value of a variant of a metric, kept in tasks and models. */
final class LastMetric {

    static final Fields FIELDS = Fields.of()
            .strings("metric", "variant")
            .free("value")
            .strings("x_axis_label")
            .free("min_value")
            .ints("min_value_iteration")
            .free("max_value")
            .ints("max_value_iteration")
            .ints("first_value_iteration", "count")
            .floats("first_value", "mean_value")
            .build();

    private LastMetric() {}
}
