#include <criterion/criterion.h>
#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "tests/models/small_region.h"

static const double day_min = 1440;
static const int hour_weight[8] = {9890, 7367, 15871, 52049, 48687, 39838, 32200, 20918};
static const int day_weight[7] = {35509, 33378, 33031, 32813, 33162, 29423, 29504};

/* A demand with what it needs, and the cohort drawn last. */
struct town {
    struct design design;
    struct case_mix *mix;
    struct demand *demand;
    struct cohort cohort;
    struct demand_span span;
};

static void town_open(struct town *town, double days, int start_weekday)
{
    *town = (struct town){
        .span = {.window_start_min = 30 * day_min, .window_end_min = (30 + days) * day_min}};
    small_design(&town->design);
    town->design.start_weekday = start_weekday;
}

static void town_draw(struct town *town, uint64_t seed, uint64_t replication)
{
    const struct parameters *parameters = &town->design.configuration[0].parameters;
    demand_free(town->demand);
    case_mix_free(town->mix);
    town->mix = case_mix_new(&town->design.region, parameters);
    cr_assert_not_null(town->mix);
    town->demand =
        demand_new(town->mix, parameters, &town->design.growth, town->design.start_weekday);
    cr_assert_not_null(town->demand);
    struct stream stream = {seed, replication, DOMAIN_PATIENTS};
    cr_assert(cohort_draw(town->demand, &stream, &town->span, &town->cohort));
}

static void town_close(struct town *town)
{
    cohort_fini(&town->cohort);
    demand_free(town->demand);
    case_mix_free(town->mix);
    design_fini(&town->design);
}

static void town_multiply(struct town *town, double strokes)
{
    small_design_grow(&town->design, strokes);
}

static bool in_window(const struct town *town, const struct patient *patient)
{
    return patient->onset_min >= town->span.window_start_min &&
           patient->onset_min < town->span.window_end_min;
}

static size_t count_strokes(const struct town *town)
{
    size_t strokes = 0;
    for (size_t i = 0; i < town->cohort.count; i++)
        strokes += patient_is_stroke(&town->cohort.patient[i]) &&
                   in_window(town, &town->cohort.patient[i]);
    return strokes;
}

/* The same patient but for rounding in a time that was summed in other steps. */
static bool same_patient(const struct patient *a, const struct patient *b)
{
    return a->number == b->number && a->area == b->area && a->type == b->type &&
           a->nihss == b->nihss && a->mrs_before == b->mrs_before &&
           a->onset_known == b->onset_known && a->by_ambulance == b->by_ambulance &&
           a->su_needed == b->su_needed && a->age == b->age && a->onset_min == b->onset_min &&
           a->onset_to_arrival_min == b->onset_to_arrival_min && a->hasu_days == b->hasu_days &&
           a->su_days == b->su_days && a->response_z == b->response_z && a->scene_z == b->scene_z &&
           a->elsewhere == b->elsewhere && a->scan == b->scan && a->ivt == b->ivt &&
           a->needle == b->needle && a->organised == b->organised &&
           a->death_time == b->death_time && a->care_home == b->care_home && a->mt == b->mt &&
           a->puncture == b->puncture && a->mrs == b->mrs && a->male == b->male &&
           a->in_hospital == b->in_hospital && a->on_waking == b->on_waking;
}

/* Every stroke patient of `few` that fell ill in the window is one of `many`. */
static void expect_subset(const struct town *few, const struct town *many, const char *what)
{
    size_t at = 0;
    for (size_t i = 0; i < few->cohort.count; i++) {
        const struct patient *patient = &few->cohort.patient[few->cohort.order[i]];
        if (!patient_is_stroke(patient) || !in_window(few, patient))
            continue;
        while (at < many->cohort.count &&
               !same_patient(patient, &many->cohort.patient[many->cohort.order[at]]))
            at++;
        cr_assert_lt(at, many->cohort.count, "%s: patient %llu is missing", what,
                     (unsigned long long)patient->number);
    }
}

/* Strokes and mimics a year as stated, and their counts Poisson: over the windows the variance is
 * the mean (an index of dispersion is chi-square). */
Test(demand, counts_are_poisson)
{
    enum { YEARS = 400 };
    struct town town;
    town_open(&town, 365, 0);
    town_multiply(&town, 4);
    double sum[2] = {0}, squares[2] = {0};
    for (uint64_t replication = 1; replication <= YEARS; replication++) {
        town_draw(&town, 1, replication);
        double n[2] = {0};
        for (size_t i = 0; i < town.cohort.count; i++)
            if (in_window(&town, &town.cohort.patient[i]))
                n[!patient_is_stroke(&town.cohort.patient[i])]++;
        for (int mimic = 0; mimic < 2; mimic++) {
            sum[mimic] += n[mimic];
            squares[mimic] += n[mimic] * n[mimic];
        }
    }
    double want[2] = {case_mix_strokes_per_year(town.mix)};
    want[1] = want[0] * .242 / (1 - .242);
    for (int mimic = 0; mimic < 2; mimic++) {
        double mean = sum[mimic] / YEARS;
        double half_width = family_score(2) * sqrt(want[mimic] / YEARS);
        cr_expect_lt(half_width, .01 * want[mimic], "too few years to tell");
        cr_expect(fabs(mean - want[mimic]) < half_width, "%g a year, not %g", mean, want[mimic]);
        double index = (squares[mimic] - YEARS * mean * mean) / mean;
        cr_expect(index > gsl_cdf_chisq_Pinv(.0025, YEARS - 1) &&
                      index < gsl_cdf_chisq_Qinv(.0025, YEARS - 1),
                  "variance is %g times the mean", index / (YEARS - 1));
    }
    town_close(&town);
}

/* Arrivals at the reference journey by weekday and three hours: chi-square, at 99%; and it would
 * notice weekends 5% busier. */
Test(demand, hour_of_week)
{
    static const int start_weekdays[] = {0, 4};
    double hours = 0, days = 0;
    for (int i = 0; i < 8; i++)
        hours += hour_weight[i];
    for (int i = 0; i < 7; i++)
        days += day_weight[i];
    for (size_t k = 0; k < 2; k++) {
        struct town town;
        town_open(&town, 7 * 400, start_weekdays[k]);
        town_multiply(&town, 50);
        town_draw(&town, 1, 1);
        double n[7][8] = {{0}}, total = 0, chi = 0, off = 0;
        /* Whole weeks well inside the cohort. */
        double from = 35 * day_min, to = from + 390 * 7 * day_min;
        for (size_t i = 0; i < town.cohort.count; i++) {
            const struct patient *patient = &town.cohort.patient[i];
            double arrival = patient->onset_min + patient->onset_to_arrival_min;
            if (arrival < from || arrival >= to)
                continue;
            int day = ((int)(arrival / day_min) + start_weekdays[k]) % 7;
            n[day][(int)(fmod(arrival, day_min) / 180)]++;
            total++;
        }
        for (int d = 0; d < 7; d++)
            for (int h = 0; h < 8; h++) {
                double want = total * day_weight[d] / days * hour_weight[h] / hours;
                double busy = want * (d >= 5 ? 1.05 : 1);
                chi += (n[d][h] - want) * (n[d][h] - want) / want;
                off += (n[d][h] - busy) * (n[d][h] - busy) / busy;
            }
        cr_expect_lt(chi, gsl_cdf_chisq_Qinv(.005, 55), "from weekday %d", start_weekdays[k]);
        cr_expect_gt(off, gsl_cdf_chisq_Qinv(.005, 55), "too few arrivals to tell");
        town_close(&town);
    }
}

/* Within 1%, on so many strokes that chance is a third of that. */
Test(demand, twice_the_strokes_in_every_area)
{
    struct town town;
    town_open(&town, 365, 0);
    town_multiply(&town, 500);
    town_draw(&town, 1, 1);
    double once = (double)count_strokes(&town);
    town_multiply(&town, 2);
    town_draw(&town, 1, 1);
    double twice = (double)count_strokes(&town);
    cr_expect(near(twice, 2 * once, .01), "%g and %g", once, twice);
    cr_expect(near(once, case_mix_strokes_per_year(town.mix) / 2, .01), "%g", once);
    town_close(&town);
}

/* Patient by patient, every field. */
Test(demand, less_is_a_subset_of_more)
{
    static const double multipliers[] = {.1, .7, 1, 1.3, 2, 3.5};
    for (size_t k = 0; k + 1 < sizeof multipliers / sizeof *multipliers; k++)
        for (int later = 0; later < 2; later++) {
            struct town few, many;
            town_open(&few, 365, 0);
            town_open(&many, 365, 0);
            few.span.later_patients = many.span.later_patients = later;
            small_design_write(&few.design, BOTH, P_DEMAND_MULTIPLIER, multipliers[k]);
            small_design_write(&many.design, BOTH, P_DEMAND_MULTIPLIER, multipliers[k + 1]);
            town_draw(&few, 1, 1);
            town_draw(&many, 1, 1);
            expect_subset(&few, &many, "more demand");
            double ratio = (double)count_strokes(&many) / (double)count_strokes(&few);
            cr_expect(near(ratio, multipliers[k + 1] / multipliers[k], .5), "%g", ratio);
            town_close(&few);
            town_close(&many);
        }
    /* On average as many as it says. */
    struct town town;
    town_open(&town, 365, 0);
    town_multiply(&town, 500);
    for (size_t k = 0; k < sizeof multipliers / sizeof *multipliers; k++) {
        small_design_write(&town.design, BOTH, P_DEMAND_MULTIPLIER, multipliers[k]);
        town_draw(&town, 1, 1);
        double want = multipliers[k] * case_mix_strokes_per_year(town.mix);
        cr_expect(near((double)count_strokes(&town), want, multipliers[k] < .5 ? .03 : .01),
                  "times %g: %zu", multipliers[k], count_strokes(&town));
    }
    small_design_write(&town.design, BOTH, P_DEMAND_MULTIPLIER, 0);
    town_draw(&town, 1, 1);
    cr_expect_eq(town.cohort.count, 0);
    town_close(&town);
}

/* --- growth and prevention -------------------------------------------------------------------- */

/* What makes a demand large or small. */
struct size {
    double multiplier, growth, growth_80_plus, prevented;
    bool projected; /* a table as well */
};

static void town_size(struct town *town, const struct size *size)
{
    static const struct growth_row rows[] = {{0, {1, 1, 1}}, {1, {1, 1.2, .5}}, {3, {.8, 2, 1.5}}};
    small_design_write(&town->design, BOTH, P_DEMAND_MULTIPLIER, size->multiplier);
    small_design_write(&town->design, BOTH, P_DEMAND_GROWTH, size->growth);
    small_design_write(&town->design, BOTH, P_DEMAND_GROWTH_80_PLUS, size->growth_80_plus);
    if (size->projected) {
        town->design.growth.row = calloc(3, sizeof *town->design.growth.row);
        cr_assert_not_null(town->design.growth.row);
        memcpy(town->design.growth.row, rows, sizeof rows);
        town->design.growth.rows = 3;
    }
}

static void drop_prevented(struct town *town, double share)
{
    size_t kept = 0;
    for (size_t i = 0; i < town->cohort.count; i++) {
        const struct patient *patient = &town->cohort.patient[town->cohort.order[i]];
        if (!patient_is_prevented(patient, share))
            town->cohort.order[kept++] = town->cohort.order[i];
    }
    town->cohort.count = kept;
}

/* Everybody of `few`, stroke or mimic, is one of `many`, in the same order. */
static void expect_all_among(const struct town *few, const struct town *many, size_t cell)
{
    size_t at = 0;
    for (size_t i = 0; i < few->cohort.count; i++) {
        const struct patient *patient = &few->cohort.patient[few->cohort.order[i]];
        while (at < many->cohort.count &&
               !same_patient(patient, &many->cohort.patient[many->cohort.order[at]]))
            at++;
        cr_assert_lt(at, many->cohort.count, "pair %zu: patient %llu is missing", cell,
                     (unsigned long long)patient->number);
    }
}

/* Of multiplier, growth, growth of an age, a table and prevention, in every combination: who exists
 * where demand is smaller at all times exists, as the same patient, where it is larger. */
Test(demand, grown_or_prevented_less_is_a_subset_of_more)
{
    static const struct size sizes[] = {
        {.7, -.1, -.2, .3, false}, {1, 0, 0, 0, false},     {1, 0, 0, .25, false},
        {1, .1, 0, 0, false},      {1, .1, .05, .1, false}, {1.6, .1, .05, 0, false},
        {1, 0, 0, 0, true},        {1, .1, 0, .2, true},    {1.6, .2, .1, 0, true},
    };
    enum { SIZES = sizeof sizes / sizeof *sizes };
    struct town town[SIZES];
    for (size_t s = 0; s < SIZES; s++) {
        town_open(&town[s], 3 * 365, 0);
        town_size(&town[s], &sizes[s]);
        town_draw(&town[s], 1, 1);
        drop_prevented(&town[s], sizes[s].prevented);
    }
    size_t pairs = 0;
    for (size_t a = 0; a < SIZES; a++)
        for (size_t b = 0; b < SIZES; b++) {
            bool smaller = sizes[a].multiplier <= sizes[b].multiplier &&
                           sizes[a].growth <= sizes[b].growth &&
                           sizes[a].growth_80_plus <= sizes[b].growth_80_plus &&
                           sizes[a].prevented >= sizes[b].prevented &&
                           sizes[a].projected == sizes[b].projected;
            if (a == b || !smaller)
                continue;
            pairs++;
            expect_all_among(&town[a], &town[b], a * SIZES + b);
            cr_expect_lt(town[a].cohort.count, town[b].cohort.count);
        }
    cr_expect_geq(pairs, 12);
    for (size_t s = 0; s < SIZES; s++)
        town_close(&town[s]);
}

/* Patients of a year of the window and an age band. */
static void count_by_year_and_band(const struct town *town, bool strokes, double n[3][AGE_BANDS])
{
    for (size_t i = 0; i < town->cohort.count; i++) {
        const struct patient *patient = &town->cohort.patient[i];
        double arrival_min = patient->onset_min + patient->onset_to_arrival_min;
        double year = (arrival_min - town->span.window_start_min) / (365 * day_min);
        if (patient_is_stroke(patient) != strokes || year < 0 || year >= 3)
            continue;
        n[(size_t)year][patient->age < 65 ? 0 : patient->age < 80 ? 1 : 2]++;
    }
}

/* The mean over a year of the window, by hand: growth in the middle of a hundred parts of it. */
static double mean_factor(const struct growth *growth, enum age_band band, size_t year)
{
    double sum = 0;
    for (int i = 0; i < 100; i++)
        sum += growth_factor(growth, band, (double)year + (i + .5) / 100);
    return sum / 100;
}

/* Each year and age band has its demand times its factor, strokes and mimics alike: Poisson counts,
 * all 18 at 99% together; and growth a tenth off would be noticed. */
Test(demand, grows_by_year_and_age)
{
    struct town town;
    struct size size = {1.3, .04, .1, 0, true};
    town_open(&town, 3 * 365, 0);
    town_multiply(&town, 400);
    town.span.later_patients = true; /* so that nobody late is left out */
    town_size(&town, &size);
    town_draw(&town, 1, 1);
    struct growth growth;
    growth_init(&growth, &town.design.configuration[0].parameters, &town.design.growth);
    cr_expect(growth_is_any(&growth) && demand_grows(town.demand));
    double off = 0, share[AGE_BANDS] = {0};
    for (size_t a = 0; a < SMALL_AREAS; a++)
        for (enum age_band band = 0; band < AGE_BANDS; band++)
            share[band] +=
                case_mix_area_strokes(town.mix, a) * case_mix_band_share(town.mix, a, band);
    for (int strokes = 0; strokes < 2; strokes++) {
        double n[3][AGE_BANDS] = {{0}};
        count_by_year_and_band(&town, strokes, n);
        if (!strokes) /* who is no stroke is of the same ages */
            for (size_t band = 0; band < AGE_BANDS; band++)
                share[band] *= .242 / (1 - .242);
        for (size_t year = 0; year < 3; year++)
            for (enum age_band band = 0; band < AGE_BANDS; band++) {
                double want = 1.3 * share[band] * mean_factor(&growth, band, year);
                double score = (n[year][band] - want) / sqrt(want);
                cr_expect_lt(fabs(score), family_score(18), "year %zu, band %d: %g of %g", year,
                             (int)band, n[year][band], want);
                off = fmax(off, .1 * want / sqrt(want));
            }
        if (!strokes)
            for (size_t band = 0; band < AGE_BANDS; band++)
                share[band] /= .242 / (1 - .242);
    }
    cr_expect_gt(off, 2 * family_score(18), "too few to tell");
    town_close(&town);
}

/* Before the window demand is as at its beginning, after it as at its end; and as at its beginning
 * throughout while the warm-up is looked for. */
Test(demand, grows_within_the_window_alone)
{
    struct town grown, as_it_is;
    struct size size = {1, .3, 0, 0, false};
    town_open(&grown, 2 * 365, 0);
    town_open(&as_it_is, 2 * 365, 0);
    town_size(&grown, &size);
    town_draw(&grown, 1, 1);
    town_draw(&as_it_is, 1, 1);
    for (size_t i = 0, other = 0; i < grown.cohort.count; i++) {
        const struct patient *patient = &grown.cohort.patient[i];
        if (patient->onset_min + patient->onset_to_arrival_min >= grown.span.window_start_min)
            continue;
        while (other < as_it_is.cohort.count &&
               as_it_is.cohort.patient[other].number != patient->number)
            other++;
        cr_assert_lt(other, as_it_is.cohort.count, "grown before the window");
    }
    cr_expect_gt(grown.cohort.count, as_it_is.cohort.count);
    grown.span.steady = true;
    town_draw(&grown, 1, 1);
    cr_expect_eq(grown.cohort.count, as_it_is.cohort.count);
    expect_all_among(&as_it_is, &grown, 0);
    town_close(&grown);
    town_close(&as_it_is);
}

/* A rank says how much of the demand of the moment would do: evenly in [0, 1), whatever the
 * demand; and a share prevented is that share of the strokes, and of nobody else. */
Test(demand, ranks_are_even)
{
    struct town town;
    struct size size = {1.7, .1, .05, 0, true};
    town_open(&town, 3 * 365, 0);
    town_multiply(&town, 100);
    town_size(&town, &size);
    town_draw(&town, 1, 1);
    double n[10] = {0}, strokes = 0, prevented = 0, chi = 0;
    for (size_t i = 0; i < town.cohort.count; i++) {
        const struct patient *patient = &town.cohort.patient[i];
        cr_assert(patient->rank >= 0 && patient->rank < 1);
        n[(int)(10 * patient->rank)]++;
        strokes += patient_is_stroke(patient);
        prevented += patient_is_prevented(patient, .2);
        cr_assert(!patient_is_prevented(patient, 0));
        cr_assert_eq(patient_is_prevented(patient, 1), patient_is_stroke(patient));
    }
    for (int i = 0; i < 10; i++) {
        double want = (double)town.cohort.count / 10;
        chi += (n[i] - want) * (n[i] - want) / want;
    }
    cr_expect_lt(chi, gsl_cdf_chisq_Qinv(.01, 9));
    cr_expect_lt(fabs(prevented - .2 * strokes), 2.58 * sqrt(.16 * strokes));
    town_close(&town);
}

Test(demand, more_mimics_leave_stroke_patients_as_they_were)
{
    struct town few, many;
    town_open(&few, 365, 0);
    town_open(&many, 365, 0);
    small_design_write(&few.design, BOTH, P_DEMAND_MIMIC_SHARE, 0);
    small_design_write(&many.design, BOTH, P_DEMAND_MIMIC_SHARE, .6);
    town_draw(&few, 1, 1);
    town_draw(&many, 1, 1);
    expect_subset(&few, &many, "more mimics");
    cr_expect_eq(count_strokes(&few), count_strokes(&many));
    for (size_t i = 0; i < few.cohort.count; i++)
        cr_assert(patient_is_stroke(&few.cohort.patient[i]));
    town_close(&few);
    town_close(&many);
}

/* A patient is what the published table of purposes says of the numbers of (seed, replication,
 * patient); numbers count from 1, and no two patients share one. */
Test(demand, a_patient_belongs_to_its_numbers)
{
    struct town town;
    town_open(&town, 365, 0);
    town_multiply(&town, 5);
    small_design_write(&town.design, BOTH, P_DEMAND_MULTIPLIER, 1.6);
    town_draw(&town, 7, 3);
    struct stream stream = {7, 3, DOMAIN_PATIENTS};
    uint64_t smallest = UINT64_MAX;
    for (size_t i = 0; i < town.cohort.count; i++) {
        const struct patient *patient = &town.cohort.patient[i];
        enum { BLOCKS = (DRAW_COUNT + STREAM_LANES - 1) / STREAM_LANES };
        double uniform[BLOCKS * STREAM_LANES];
        for (uint64_t block = 0; block < BLOCKS; block++)
            stream_block(&stream, patient->number, block, uniform + block * STREAM_LANES);
        struct patient again;
        patient_draw(town.mix, uniform, !patient_is_stroke(patient), &again);
        again.number = patient->number;
        again.onset_min = patient->onset_min;
        cr_assert(same_patient(patient, &again), "patient %llu",
                  (unsigned long long)patient->number);
        cr_assert_eq(patient->number >= DEMAND_MIMIC_NUMBERS, !patient_is_stroke(patient));
        uint64_t layer = patient->number % DEMAND_MIMIC_NUMBERS / DEMAND_LAYER_NUMBERS;
        cr_assert((double)layer + uniform[DRAW_THINNING] < 1.6);
        smallest = patient->number < smallest ? patient->number : smallest;
        cr_assert(i == 0 || patient->number != town.cohort.patient[i - 1].number);
    }
    cr_expect_leq(smallest, 20, "numbers count from 1");
    town_close(&town);
}

/* In the order of onset, everybody once; later patients change nothing inside the window. */
Test(demand, order_and_span)
{
    struct town without, with;
    town_open(&without, 100, 0);
    town_open(&with, 100, 0);
    with.span.later_patients = true;
    town_draw(&without, 1, 2);
    town_draw(&with, 1, 2);
    size_t in_both[2] = {0};
    const struct town *town[2] = {&without, &with};
    for (int t = 0; t < 2; t++) {
        double before = 0;
        uint64_t sum = 0;
        for (size_t i = 0; i < town[t]->cohort.count; i++) {
            const struct patient *patient = &town[t]->cohort.patient[town[t]->cohort.order[i]];
            cr_assert(patient->onset_min >= before, "out of order at %zu", i);
            before = patient->onset_min;
            sum += town[t]->cohort.order[i];
            in_both[t] += in_window(town[t], patient);
        }
        cr_expect_eq(sum, town[t]->cohort.count * (town[t]->cohort.count - 1) / 2);
        cr_expect(t == 1 || before < town[t]->span.window_end_min);
        cr_expect(t == 0 || before > town[t]->span.window_end_min + 30 * day_min);
    }
    cr_expect_eq(in_both[0], in_both[1]);
    expect_subset(&without, &with, "later patients");
    /* Another replication, another seed: other patients. */
    size_t count = with.cohort.count;
    double first = with.cohort.patient[0].age;
    town_draw(&with, 1, 3);
    cr_expect(with.cohort.count != count || with.cohort.patient[0].age != first);
    town_draw(&with, 2, 2);
    cr_expect(with.cohort.count != count || with.cohort.patient[0].age != first);
    town_close(&without);
    town_close(&with);
}

Test(demand, a_week_without_weight_is_refused)
{
    struct town town;
    town_open(&town, 10, 0);
    town_draw(&town, 1, 1);
    struct parameters parameters = town.design.configuration[0].parameters;
    for (int day = 0; day < 7; day++)
        parameters.value[P_DEMAND_DAY_mon + day] = 0;
    cr_expect_null(demand_new(town.mix, &parameters, &town.design.growth, 0));
    town_close(&town);
}
