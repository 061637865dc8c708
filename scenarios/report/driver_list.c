#include "scenarios/report/driver_list.h"

#include <math.h>
#include <string.h>

#include "scenarios/plain_words.h"

static const double nothing = 0.05; /* lives a year; shown as 0.0 */

/* Other strokes happen than under the baseline: then of QALYs nothing is said. */
static bool prevents(const struct results_read *results, size_t c)
{
    return isnan(results_difference(results, c, "qalys_lifetime").mean) &&
           !isnan(results_difference(results, c, "lives_saved").mean);
}

static void insert(struct driver_list *list, struct driver_share share)
{
    if (list->count == DRIVER_LIST_MOST)
        return;
    size_t at = list->count++;
    while (at > 0 && fabs(list->share[at - 1].mean) < fabs(share.mean)) {
        list->share[at] = list->share[at - 1];
        at--;
    }
    list->share[at] = share;
}

struct driver_list driver_list_read(const struct results_read *results, size_t configuration)
{
    const struct table *table = results->table[RESULTS_DRIVERS];
    struct driver_list list = {.count = 0};
    for (size_t row = 0; table != NULL && row < table_row_count(table); row++) {
        double mean = results_number(table, row, "mean");
        if (strcmp(results_text(table, row, "configuration"),
                   results->configuration[configuration].name) != 0 ||
            isnan(mean) || fabs(mean) < nothing)
            continue;
        insert(&list, (struct driver_share){
                          .words = driver_words_of(results_text(table, row, "driver"),
                                                   prevents(results, configuration)),
                          .mean = mean,
                          .ci_low = results_number(table, row, "ci_low"),
                          .ci_high = results_number(table, row, "ci_high"),
                      });
    }
    return list;
}
