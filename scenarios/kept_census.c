#include "scenarios/kept_census.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "sim/estimate.h"

size_t kept_census_every(size_t window_days)
{
    return window_days > KEPT_CENSUS_DAILY ? KEPT_CENSUS_WEEKLY : 1;
}

size_t kept_census_days(size_t window_days)
{
    size_t every = kept_census_every(window_days);
    return (window_days + every - 1) / every;
}

static void find_places(struct kept_census *census, const struct service *service)
{
    for (size_t h = 0; h < service->hospitals; h++)
        for (enum bed_kind kind = 0; kind < BED_KINDS; kind++)
            if (service_has_beds(service, h, kind))
                census->place[census->places++] = (struct census_place){h, kind};
}

bool kept_census_open(struct kept_census *census, const struct service *service, size_t days)
{
    *census = (struct kept_census){.days = days, .hospitals = service->hospitals, .every = 1};
    census->place = calloc(service->hospitals * BED_KINDS + 1, sizeof *census->place);
    if (census->place == NULL)
        return false;
    find_places(census, service);
    census->sum = calloc(days * census->places + 1, sizeof *census->sum);
    census->count = calloc(KEPT_CENSUS_MOST * days * census->places + 1, sizeof *census->count);
    return census->sum != NULL && census->count != NULL;
}

void kept_census_close(struct kept_census *census)
{
    free(census->place);
    free(census->sum);
    free(census->count);
    *census = (struct kept_census){0};
}

static uint16_t *counts_of(const struct kept_census *census, size_t kept)
{
    return census->count + kept * census->days * census->places;
}

/* Every second of those kept stays. Replications are alike in law, so any regular choice will do.
 */
static void thin(struct kept_census *census)
{
    size_t bytes = census->days * census->places * sizeof *census->count;
    for (size_t i = 1; i < census->n / 2; i++)
        memcpy(counts_of(census, i), counts_of(census, 2 * i), bytes);
    census->n /= 2;
    census->every *= 2;
}

/* Room for the counts of the replication at hand, or NULL if it is not kept. */
static uint16_t *next_counts(struct kept_census *census)
{
    uint64_t number = census->seen++;
    if (number % census->every == 0 && census->n == KEPT_CENSUS_MOST)
        thin(census);
    return number % census->every == 0 ? counts_of(census, census->n++) : NULL;
}

void kept_census_add(struct kept_census *census, uint16_t in_use[][BED_KINDS])
{
    uint16_t *count = next_counts(census);
    size_t at = 0;
    for (size_t day = 0; day < census->days; day++)
        for (size_t p = 0; p < census->places; p++, at++) {
            const struct census_place *place = &census->place[p];
            uint16_t beds = in_use[day * census->hospitals + place->hospital][place->kind];
            census->sum[at] += beds;
            if (count != NULL)
                count[at] = beds;
        }
}

double kept_census_mean(const struct kept_census *census, size_t day, size_t place)
{
    return census->seen == 0 ? (double)NAN
                             : census->sum[day * census->places + place] / (double)census->seen;
}

double kept_census_quantile(const struct kept_census *census, size_t day, size_t place, double p)
{
    double value[KEPT_CENSUS_MOST];
    for (size_t i = 0; i < census->n; i++)
        value[i] = counts_of(census, i)[day * census->places + place];
    return estimate_quantile_in_place(value, census->n, p);
}
