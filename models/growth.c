#include "models/growth.h"

void growth_init(struct growth *growth, const struct parameters *parameters,
                 const struct growth_table *table)
{
    static const enum parameter_id of_band[AGE_BANDS] = {
        P_DEMAND_GROWTH_0_64, P_DEMAND_GROWTH_65_79, P_DEMAND_GROWTH_80_PLUS};
    const double *p = parameters->value;
    growth->table = table;
    for (size_t band = 0; band < AGE_BANDS; band++)
        growth->per_year[band] = (1 + p[P_DEMAND_GROWTH]) * (1 + p[of_band[band]]) - 1;
}

bool growth_is_any(const struct growth *growth)
{
    for (size_t band = 0; band < AGE_BANDS; band++)
        if (growth->per_year[band] != 0)
            return true;
    return growth->table->rows > 0;
}

/* In a straight line between two rows; before the first and after the last, as there. */
static double table_factor(const struct growth_table *table, enum age_band band, double years)
{
    size_t after = 0;
    while (after < table->rows && table->row[after].year <= years)
        after++;
    if (table->rows == 0)
        return 1;
    if (after == 0 || after == table->rows)
        return table->row[after == 0 ? 0 : after - 1].factor[band];
    const struct growth_row *from = &table->row[after - 1], *to = &table->row[after];
    double passed = (years - from->year) / (to->year - from->year);
    return from->factor[band] + passed * (to->factor[band] - from->factor[band]);
}

/* So much a year over some years; exactly 1 without. */
static double compounded(double per_year, double years)
{
    return per_year == 0 ? 1 : pow(1 + per_year, years);
}

double growth_factor(const struct growth *growth, enum age_band band, double years)
{
    return compounded(growth->per_year[band], years) * table_factor(growth->table, band, years);
}

double growth_most(const struct growth *growth, double years)
{
    double most = 0;
    for (enum age_band band = 0; band < AGE_BANDS; band++) {
        /* A straight line is highest at a row or at an end. */
        double highest =
            fmax(table_factor(growth->table, band, 0), table_factor(growth->table, band, years));
        for (size_t r = 0; r < growth->table->rows && growth->table->row[r].year <= years; r++)
            highest = fmax(highest, growth->table->row[r].factor[band]);
        most = fmax(most, highest * fmax(1, compounded(growth->per_year[band], years)));
    }
    return most;
}
