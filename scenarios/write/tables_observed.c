#include "scenarios/write/tables_observed.h"

#include "scenarios/write/table_parts.h"

/* A hospital's roles as a hospitals file has them; nothing where the figure is of all. */
static void put_role(struct csv_writer *table, const struct observed *observed)
{
    char role[ROLES_TEXT];
    csv_writer_text(table,
                    observed->roles == 0 ? NULL : hospital_roles_text(observed->roles, role));
}

static void put_row(struct csv_writer *table, const struct experiment *experiment,
                    const struct observed *observed)
{
    struct prediction prediction = observed_predict(observed, experiment);
    csv_writer_text(table, observed->measure);
    csv_writer_text(table, observed_comparison_name(observed->comparison));
    csv_writer_text(table, experiment->design->configuration[observed->configuration].name);
    csv_writer_text(table, observed_metric_name(observed));
    put_role(table, observed);
    csv_writer_text(table, observed_unit(observed));
    csv_writer_number(table, prediction.mean);
    csv_writer_number(table, prediction.low);
    csv_writer_number(table, prediction.high);
    csv_writer_number(table, observed->estimate);
    csv_writer_number(table, observed->low);
    csv_writer_number(table, observed->high);
    csv_writer_text(table, observed->source);
    csv_writer_end_row(table);
}

void tables_observed(struct csv_writer *table, const struct experiment *experiment,
                     const struct observed observed[], size_t count)
{
    TABLE_COLUMNS(table, "measure", "comparison", "configuration", "metric", "role", "unit",
                  "predicted", "predicted_low", "predicted_high", "observed", "observed_low",
                  "observed_high", "source");
    for (size_t i = 0; i < count; i++)
        if (observed_applies(&observed[i], experiment))
            put_row(table, experiment, &observed[i]);
}
