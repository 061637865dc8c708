/* Beds of what closes: to those that take its patients, or nowhere, or everywhere by patients.
 *
 * Who takes patients is told by offered load (models/load.h): by how much more a hospital's beds of
 * a kind would be filled on average than before, with the routes and stays of both. Deaths,
 * transfers and diversions move none of it. Of a kind that has beds by weekday, those that close
 * are the most of the week; they open on all days. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "models/load.h"
#include "scenarios/change_inside.h"

/* Loads of both, one a hospital, and which beds are new and have no number of their own. */
struct loads {
    struct offered_load *before, *after;
    bool (*unnumbered)[BED_KINDS];
};

/* --- what closes and what opens --------------------------------------------------------------- */

/* Gives a hospital the beds of a kind that another configuration gives it, by weekday too; else
 * BEDS_UNLIMITED. */
static void take_elsewhere(const struct changing *changing, struct hospital *to, enum bed_kind kind)
{
    const struct design *design = &changing->scenario->design;
    for (size_t c = 0; c < design->configurations; c++)
        for (size_t h = 0; h < design->configuration[c].hospitals; h++) {
            const struct hospital *hospital = &design->configuration[c].hospital[h];
            if (hospital->site != to->site || !hospital_has_kind(hospital, kind) ||
                hospital->beds[kind] == 0)
                continue;
            to->beds[kind] = hospital->beds[kind];
            to->by_weekday[kind] = hospital->by_weekday[kind];
            memcpy(to->week_beds[kind], hospital->week_beds[kind], sizeof to->week_beds[kind]);
            return;
        }
    to->beds[kind] = BEDS_UNLIMITED;
    to->by_weekday[kind] = false;
}

/* A kind of bed that a hospital loses is counted and taken away; one that it gets has the file's
 * number, else that of another configuration, else none. */
static void close_and_open(const struct changing *changing, size_t h, struct loads *loads)
{
    struct change_stage *stage = changing->stage;
    const struct hospital *from = &changing->before[h];
    struct hospital *to = &changing->hospital[h];
    for (enum bed_kind kind = 0; kind < BED_KINDS; kind++) {
        bool had = hospital_has_kind(from, kind), has = hospital_has_kind(to, kind);
        stage->beds[h].before[kind] = had ? from->beds[kind] : 0;
        if (had && !has && from->beds[kind] > 0) {
            stage->closed[kind] += from->beds[kind];
            to->beds[kind] = 0;
            to->by_weekday[kind] = false;
        }
        if (had || !has || to->beds[kind] > 0)
            continue;
        take_elsewhere(changing, to, kind);
        loads->unnumbered[h][kind] = to->beds[kind] == BEDS_UNLIMITED;
    }
}

/* --- who takes the patients ------------------------------------------------------------------- */

static enum service_problem load_of(const struct changing *changing,
                                    const struct hospital *hospital,
                                    const struct parameters *parameters, const struct case_mix *mix,
                                    struct offered_load load[])
{
    struct service service;
    enum service_problem problem =
        service_init(&service, &changing->scenario->design.region, hospital,
                     changing->to->hospitals, parameters, changing->to->catchment);
    if (problem != SERVICE_OK)
        return problem;
    load_offered(&service, mix, NULL, load);
    service_fini(&service);
    return SERVICE_OK;
}

/* False: there is nowhere to go, or nobody falls ill, which others report; or no memory. */
static bool find_loads(const struct changing *changing, struct loads *loads)
{
    const struct design *design = &changing->scenario->design;
    struct case_mix *mix = case_mix_new(&design->region, &design->configuration[0].parameters);
    if (mix == NULL)
        return false;
    bool found = load_of(changing, changing->before, changing->parameters_before, mix,
                         loads->before) == SERVICE_OK &&
                 load_of(changing, changing->hospital, &changing->to->parameters, mix,
                         loads->after) == SERVICE_OK;
    case_mix_free(mix);
    return found;
}

/* By how much more a hospital fills beds of a kind whose number can grow; 0: it takes none. */
static double gain_of(const struct changing *changing, const struct loads *loads, size_t h,
                      enum bed_kind kind)
{
    static const double rounding = 1e-9; /* beds */
    const struct hospital *to = &changing->hospital[h];
    bool grows = to->beds[kind] >= 0 || loads->unnumbered[h][kind];
    double gain = loads->after[h].beds[kind] - loads->before[h].beds[kind];
    return hospital_has_kind(to, kind) && grows && gain > rounding ? gain : 0;
}

/* --- moving and scaling ----------------------------------------------------------------------- */

/* Every day so many more. */
static void give(struct hospital *hospital, enum bed_kind kind, int beds)
{
    hospital->beds[kind] = (hospital->beds[kind] > 0 ? hospital->beds[kind] : 0) + beds;
    for (int day = 0; hospital->by_weekday[kind] && day < WEEKDAYS; day++)
        hospital->week_beds[kind][day] += beds;
}

/* Parts the closed beds of a kind by gains: whole beds by the largest remainder, the earlier
 * hospital first where they are equal, so that none is lost. */
static void move_kind(struct changing *changing, const struct loads *loads, enum bed_kind kind,
                      double *remainder)
{
    struct change_stage *stage = changing->stage;
    int closed = stage->closed[kind], left = closed;
    size_t hospitals = changing->to->hospitals;
    double all = 0;
    for (size_t h = 0; h < hospitals; h++)
        all += gain_of(changing, loads, h, kind);
    if (closed == 0 || all == 0)
        return;
    for (size_t h = 0; h < hospitals; h++) {
        double gain = gain_of(changing, loads, h, kind);
        double share = closed * gain / all;
        remainder[h] = gain > 0 ? share - floor(share) : -1;
        if (gain > 0)
            give(&changing->hospital[h], kind, (int)floor(share));
        left -= (int)floor(share);
    }
    for (; left > 0; left--) {
        size_t most = 0;
        for (size_t h = 1; h < hospitals; h++)
            if (remainder[h] > remainder[most])
                most = h;
        give(&changing->hospital[most], kind, 1);
        remainder[most] = -1;
    }
    stage->moved[kind] = closed;
}

/* Rounded to whole beds, and at least one where there was one. */
static int scaled(int beds, double times)
{
    return beds <= 0 ? beds : (int)fmax(1, fmin(10000, floor(beds * times + 0.5)));
}

static void scale_kind(struct changing *changing, const struct loads *loads, enum bed_kind kind)
{
    for (size_t h = 0; h < changing->to->hospitals; h++) {
        struct hospital *to = &changing->hospital[h];
        double before = loads->before[h].beds[kind], after = loads->after[h].beds[kind];
        bool stayed = hospital_has_kind(&changing->before[h], kind) && hospital_has_kind(to, kind);
        if (!stayed || before <= 0)
            continue;
        to->beds[kind] = scaled(to->beds[kind], after / before);
        for (int day = 0; to->by_weekday[kind] && day < WEEKDAYS; day++)
            to->week_beds[kind][day] = scaled(to->week_beds[kind][day], after / before);
    }
}

static void move_beds(struct changing *changing, const struct loads *loads, double *remainder)
{
    for (enum bed_kind kind = 0; kind < BED_KINDS; kind++) {
        if (changing->options->beds == CHANGE_BEDS_MOVE)
            move_kind(changing, loads, kind, remainder);
        if (changing->options->beds == CHANGE_BEDS_SCALE)
            scale_kind(changing, loads, kind);
    }
}

bool change_beds(struct changing *changing)
{
    size_t hospitals = changing->to->hospitals;
    struct change_stage *stage = changing->stage;
    struct loads loads = {calloc(hospitals, sizeof *loads.before),
                          calloc(hospitals, sizeof *loads.after),
                          calloc(hospitals, sizeof *loads.unnumbered)};
    double *remainder = calloc(hospitals, sizeof *remainder);
    stage->beds = calloc(hospitals, sizeof *stage->beds);
    bool made = loads.before != NULL && loads.after != NULL && loads.unnumbered != NULL &&
                remainder != NULL && stage->beds != NULL;
    if (!made)
        diagnosis_out_of_memory(changing->diagnosis);
    for (size_t h = 0; made && h < hospitals; h++)
        close_and_open(changing, h, &loads);
    if (made && find_loads(changing, &loads))
        move_beds(changing, &loads, remainder);
    for (size_t h = 0; made && h < hospitals; h++)
        for (enum bed_kind kind = 0; kind < BED_KINDS; kind++)
            if (hospital_has_kind(&changing->hospital[h], kind))
                stage->beds[h].after[kind] = changing->hospital[h].beds[kind];
    free(loads.before);
    free(loads.after);
    free(loads.unnumbered);
    free(remainder);
    return made;
}
