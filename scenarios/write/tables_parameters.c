#include <math.h>
#include <string.h>

#include "scenarios/write/table_parts.h"
#include "scenarios/write/tables.h"
#include "scenarios/write/tables_inside.h"

/* What one configuration says of a parameter, as it ran. */
struct stated {
    double value;
    struct spread spread;
    const char *source; /* its own; NULL: none */
};

static struct stated state(const struct configuration *configuration, enum parameter_id id)
{
    bool by_hand = configuration->set_by_hand[id];
    return (struct stated){.value = configuration->parameters.value[id],
                           .spread = by_hand ? (struct spread){.family = FAMILY_FIXED}
                                             : configuration->spread[id],
                           .source = by_hand ? NULL : configuration->source[id]};
}

/* What is solved for is no number. */
static bool same(double x, double y)
{
    return x == y || (isnan(x) && isnan(y));
}

static bool is_same(const struct stated *x, const struct stated *y)
{
    bool same_source = x->source == y->source || (x->source != NULL && y->source != NULL &&
                                                  strcmp(x->source, y->source) == 0);
    return same_source && same(x->value, y->value) && x->spread.family == y->spread.family &&
           same(x->spread.low, y->spread.low) && same(x->spread.high, y->spread.high);
}

/* A source of the scenario's own comes first, then the dictionary's, if the value is its own too;
 * another value without a source is assumed. */
static void put_source(struct csv_writer *table, const struct parameter_info *info,
                       const struct stated *stated, bool changed)
{
    bool own = stated->source != NULL;
    csv_writer_text(table, own ? stated->source : changed ? NULL : info->source);
    csv_writer_text(table, own       ? "scenario"
                           : changed ? parameter_standing_name(STANDING_ASSUMED)
                                     : parameter_standing_name(info->standing));
}

/* configuration: NULL of what holds in all that have no row of their own. */
static void put_parameter(struct csv_writer *table, enum parameter_id id, const char *configuration,
                          const struct stated *stated)
{
    const struct parameter_info *info = parameter_info(id);
    bool ranged = parameter_family_has_range(stated->spread.family);
    bool changed = !same(stated->value, info->value);
    csv_writer_text(table, info->key);
    csv_writer_text(table, configuration);
    csv_writer_number(table, stated->value);
    csv_writer_text(table, info->unit);
    csv_writer_number(table, ranged ? stated->spread.low : NAN);
    csv_writer_number(table, ranged ? stated->spread.high : NAN);
    csv_writer_text(table, parameter_family_name(stated->spread.family));
    csv_writer_text(table, info->meaning);
    put_source(table, info, stated, changed);
    csv_writer_integer(table, changed ? 1 : 0);
    csv_writer_end_row(table);
}

void tables_parameters(struct csv_writer *table, const struct experiment *experiment)
{
    TABLE_COLUMNS(table, "parameter", "configuration", "value", "unit", "low", "high",
                  "distribution", "meaning", "source", "standing", "changed");
    const struct configuration *configuration = experiment->design->configuration;
    for (enum parameter_id id = 0; id < PARAMETER_COUNT; id++) {
        struct stated first = state(&configuration[experiment->arm[0].configuration], id);
        put_parameter(table, id, NULL, &first);
        for (size_t a = 1; a < experiment->arms; a++) {
            const struct arm *arm = &experiment->arm[a];
            struct stated other = state(&configuration[arm->configuration], id);
            if (!is_same(&first, &other))
                put_parameter(table, id, tables_arm_name(experiment, arm), &other);
        }
    }
}
