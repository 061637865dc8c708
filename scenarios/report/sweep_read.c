#include "scenarios/report/sweep_read.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "models/parameters.h"

size_t sweep_analysed(const struct results_read *results)
{
    const struct yaml_node *design = yaml_find(yaml_tree_root(results->manifest), "design");
    size_t found = results_configuration(results, yaml_text_at(design, "analyse"));
    return found < results->configurations ? found : results->configurations - 1;
}

static bool is_wanted(const struct table *table, size_t row, const char *configuration)
{
    return strcmp(results_text(table, row, "metric"), "lives_saved") == 0 &&
           strcmp(results_text(table, row, "configuration"), configuration) == 0;
}

/* Both tables are in the order of the points. */
static size_t design_row(const struct table *design, size_t from, double point)
{
    while (from < table_row_count(design) && results_number(design, from, "point") < point)
        from++;
    return from;
}

bool sweep_lives_read(const struct results_read *results, struct sweep_lives *lives)
{
    const struct table *table = results->table[RESULTS_SWEEP_DIFFERENCES];
    const struct table *design = results->table[RESULTS_DESIGN];
    const char *analysed = results->configuration[sweep_analysed(results)].name;
    size_t at = 0;
    *lives = (struct sweep_lives){calloc(table_row_count(design) + 1, sizeof *lives->at), 0, 0};
    if (lives->at == NULL)
        return false;
    for (size_t row = 0; table != NULL && row < table_row_count(table); row++) {
        if (!is_wanted(table, row, analysed))
            continue;
        double value = results_number(table, row, "mean");
        at = design_row(design, at, results_number(table, row, "point"));
        if (at == table_row_count(design))
            break;
        if (isnan(value))
            lives->impossible++;
        else if (lives->points < table_row_count(design))
            lives->at[lives->points++] =
                (struct sweep_at){at, value, results_number(table, row, "ci_low"),
                                  results_number(table, row, "ci_high")};
    }
    return true;
}

void sweep_lives_free(struct sweep_lives *lives)
{
    free(lives->at);
    lives->at = NULL;
}

size_t sweep_step(size_t count, size_t most)
{
    return count <= most ? 1 : (count + most - 1) / most;
}

size_t sweep_sensitivity(const struct results_read *results, const char *parameter,
                         const char *metric, const char *index)
{
    const struct table *table = results->table[RESULTS_SENSITIVITY];
    for (size_t row = 0; table != NULL && row < table_row_count(table); row++)
        if (strcmp(results_text(table, row, "parameter"), parameter) == 0 &&
            strcmp(results_text(table, row, "metric"), metric) == 0 &&
            strcmp(results_text(table, row, "index"), index) == 0)
            return row;
    return SIZE_MAX;
}

const char *sweep_factor_words(const char *factor)
{
    int found = parameter_find(factor);
    return found < 0 ? "" : parameter_info((enum parameter_id)found)->meaning;
}
