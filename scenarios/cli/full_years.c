#include "scenarios/cli/full_years.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "scenarios/filling.h"

struct cell {
    char text[40];
};

static const struct service *service_of(const struct experiment *experiment, size_t a)
{
    return &experiment->model.service[experiment->arm[a].configuration];
}

/* The place of a site in an arm; the place after the last: it is not there, or all are meant. */
static size_t place_of(const struct experiment *experiment, size_t a, size_t site)
{
    const struct service *service = service_of(experiment, a);
    size_t h = 0;
    while (h < service->hospitals && service->hospital[h].site != site)
        h++;
    return h;
}

static double full_share(const struct experiment *experiment)
{
    return experiment->model.service[0].parameters.value[P_BEDS_FULL_SHARE];
}

static int calendar_year(const struct experiment *experiment, int year)
{
    return experiment->design->start_year + year;
}

/* The year, and in brackets what chance leaves open of it. */
static struct cell year_cell(const struct experiment *experiment, struct filling filling)
{
    struct cell cell;
    int last = calendar_year(experiment, (int)experiment->years - 1);
    char to[16] = "later";
    if (filling.latest != FILLING_NEVER)
        snprintf(to, sizeof to, "%d", calendar_year(experiment, filling.latest));
    if (filling.year == FILLING_NEVER)
        snprintf(cell.text, sizeof cell.text, "not by %d", last);
    else if (filling.earliest == filling.latest || filling.earliest == FILLING_NEVER)
        snprintf(cell.text, sizeof cell.text, "%d", calendar_year(experiment, filling.year));
    else
        snprintf(cell.text, sizeof cell.text, "%d (%d to %s)",
                 calendar_year(experiment, filling.year),
                 calendar_year(experiment, filling.earliest), to);
    return cell;
}

static bool ever_counted(const struct experiment *experiment, const struct service *service,
                         size_t place, enum bed_kind kind)
{
    for (size_t year = 0; year < experiment->years; year++)
        if (!isnan(yearly_beds_counted(service, place, kind, year)))
            return true;
    return false;
}

/* site SIZE_MAX: all of an arm's hospitals. */
static struct cell cell_of(const struct experiment *experiment, size_t a, size_t site,
                           enum bed_kind kind)
{
    const struct arm *arm = &experiment->arm[a];
    const struct service *service = service_of(experiment, a);
    size_t place = site == SIZE_MAX ? service->hospitals : place_of(experiment, a, site);
    bool absent = site != SIZE_MAX && place == service->hospitals;
    if (absent || arm->unstable || !ever_counted(experiment, service, place, kind))
        return (struct cell){"-"};
    return year_cell(experiment, filling_of(experiment, arm, place, kind, full_share(experiment)));
}

static void print_hospital(const struct experiment *experiment, const char *name, size_t site,
                           enum bed_kind kind)
{
    bool any = false;
    for (size_t a = 0; a < experiment->arms; a++)
        any = any || strcmp(cell_of(experiment, a, site, kind).text, "-") != 0;
    if (!any)
        return;
    printf("%-34s", name);
    for (size_t a = 0; a < experiment->arms; a++)
        printf("  %20s", cell_of(experiment, a, site, kind).text);
    putchar('\n');
}

static bool is_counted(const struct experiment *experiment, enum bed_kind kind)
{
    const struct region *region = &experiment->design->region;
    for (size_t a = 0; a < experiment->arms; a++)
        for (size_t site = 0; site < region->sites; site++)
            if (strcmp(cell_of(experiment, a, site, kind).text, "-") != 0)
                return true;
    return false;
}

static void print_kind(const struct experiment *experiment, enum bed_kind kind)
{
    const struct region *region = &experiment->design->region;
    char heading[40];
    snprintf(heading, sizeof heading, "%s beds", bed_kind_words(kind));
    printf("%-34s", heading);
    for (size_t a = 0; a < experiment->arms; a++)
        printf("  %20.20s",
               experiment->design->configuration[experiment->arm[a].configuration].name);
    putchar('\n');
    for (size_t site = 0; site < region->sites; site++)
        print_hospital(experiment, region->site[site].name, site, kind);
    print_hospital(experiment, "all of them together", SIZE_MAX, kind);
    putchar('\n');
}

/* Of the hospitals with such beds in an arm: all, and those that pass the share within the run. */
static void count_full(const struct experiment *experiment, size_t a, enum bed_kind kind,
                       int *hospitals, int *full, int *first)
{
    const struct service *service = service_of(experiment, a);
    *hospitals = *full = *first = 0;
    for (size_t h = 0; h < service->hospitals; h++) {
        if (!ever_counted(experiment, service, h, kind))
            continue;
        struct filling filling =
            filling_of(experiment, &experiment->arm[a], h, kind, full_share(experiment));
        (*hospitals)++;
        *full += filling.year != FILLING_NEVER;
        *first += filling.year == 0;
    }
}

/* Of all hospitals together, against the baseline. */
static void say_later(const struct experiment *experiment, size_t a, enum bed_kind kind)
{
    int year[2];
    if (a == 0 || experiment->arm[0].unstable)
        return;
    for (size_t i = 0; i < 2; i++) {
        const struct arm *arm = &experiment->arm[i == 0 ? 0 : a];
        size_t all = service_of(experiment, i == 0 ? 0 : a)->hospitals;
        year[i] = filling_of(experiment, arm, all, kind, full_share(experiment)).year;
    }
    if (year[0] == FILLING_NEVER || year[1] == FILLING_NEVER || year[0] == year[1])
        return;
    int later = year[1] - year[0];
    printf(", %d year%s %s than %s", abs(later), abs(later) == 1 ? "" : "s",
           later > 0 ? "later" : "earlier",
           experiment->design->configuration[experiment->arm[0].configuration].name);
}

static void say_arm(const struct experiment *experiment, size_t a, enum bed_kind kind)
{
    int hospitals, full, first;
    if (experiment->arm[a].unstable)
        return;
    count_full(experiment, a, kind, &hospitals, &full, &first);
    if (hospitals == 0)
        return;
    printf("  %s: %d of %d hospitals pass it for %s beds by %d, %d of them in the first year;\n"
           "    all together: %s",
           experiment->design->configuration[experiment->arm[a].configuration].name, full,
           hospitals, bed_kind_words(kind), calendar_year(experiment, (int)experiment->years - 1),
           first, cell_of(experiment, a, SIZE_MAX, kind).text);
    say_later(experiment, a, kind);
    printf(".\n");
}

static void say_measure(const struct experiment *experiment)
{
    printf("The first year in which more than %g%% of the beds is filled, on average over the "
           "year.\n",
           100 * full_share(experiment));
    if (service_counts_beds(service_of(experiment, 0)))
        printf("Beds are counted and patients wait for them, so what is filled never passes 100%%, "
               "and\nsays too little of the need (which --set beds.limited=0 measures).\n");
    else
        printf("Filled is what patients would need if nobody ever waited, against the beds as they "
               "are;\nit may pass 100%%.\n");
}

void full_years_say(const struct experiment *experiment)
{
    bool any = false;
    for (enum bed_kind kind = 0; kind < BED_KINDS; kind++)
        any = any || (experiment->years > 0 && is_counted(experiment, kind));
    if (!any || !demand_grows(experiment->model.demand))
        return;
    say_measure(experiment);
    for (enum bed_kind kind = 0; kind < BED_KINDS; kind++)
        for (size_t a = 0; a < experiment->arms; a++)
            say_arm(experiment, a, kind);
    putchar('\n');
    for (enum bed_kind kind = 0; kind < BED_KINDS; kind++)
        if (is_counted(experiment, kind))
            print_kind(experiment, kind);
}
