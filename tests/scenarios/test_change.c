#include <criterion/criterion.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "models/case_mix.h"
#include "scenarios/change.h"
#include "tests/models/small_region.h"
#include "tests/scenarios/said.h"

/* A scenario of the small design, and what one change of it says. */
struct asked {
    struct scenario scenario;
    struct change change;
};

static void ask(struct asked *asked, const struct change_options *options, const char *wanted)
{
    struct design *design = &asked->scenario.design;
    size_t configuration, before = design->configurations;
    enum parameter_id which;
    struct diagnosis *diagnosis = diagnosis_new();
    cr_assert(design_prepare(design, &configuration, &which));
    bool made = change_make(&asked->change, &asked->scenario, options, diagnosis);
    cr_expect_eq(made, *wanted == '\0');
    cr_expect_eq(design->configurations, before + made);
    expect_said(diagnosis, wanted);
}

static void forget(struct asked *asked)
{
    change_fini(&asked->change);
    design_fini(&asked->scenario.design);
}

static void open_small(struct asked *asked)
{
    *asked = (struct asked){0};
    small_design(&asked->scenario.design);
}

static const struct configuration *to_of(const struct asked *asked)
{
    return &asked->scenario.design.configuration[asked->change.to];
}

static void expect_plain(const struct asked *asked)
{
    const struct hospital *hospital = to_of(asked)->hospital;
    cr_expect_eq(hospital[SITE_ELM].roles, 0);
    cr_expect_eq(asked->scenario.design.configuration[LOCAL].hospital[SITE_BIRCH].roles,
                 ROLE_STROKE);
}

/* Strokes a year by hospital when each area goes to the nearest stroke unit that is not closed; of
 * which a bit each. */
static void strokes_without(const struct design *design, unsigned closed, double strokes[])
{
    const struct configuration *local = &design->configuration[LOCAL];
    struct case_mix *mix = case_mix_new(&design->region, &local->parameters);
    memset(strokes, 0, SMALL_HOSPITALS * sizeof *strokes);
    for (size_t area = 0; area < SMALL_AREAS; area++) {
        size_t nearest = SITE_ELM;
        double least = INFINITY;
        for (size_t h = 0; h < SITE_ELM; h++) {
            double min = region_minutes(&design->region, area, local->hospital[h].site);
            if ((closed >> h & 1) == 0 && min < least) {
                least = min;
                nearest = h;
            }
        }
        strokes[nearest] += case_mix_area_strokes(mix, area);
    }
    case_mix_free(mix);
}

/* Beds of the closed to the others: each its share to within a bed, none lost. Returns how many get
 * any. */
static int expect_moved(const struct asked *asked, unsigned closed, int beds)
{
    double before[SMALL_HOSPITALS], after[SMALL_HOSPITALS], gained = 0;
    int moved = 0, takers = 0;
    strokes_without(&asked->scenario.design, 0, before);
    strokes_without(&asked->scenario.design, closed, after);
    for (size_t h = 0; h < SITE_ELM; h++)
        gained += fmax(0, after[h] - before[h]);
    for (size_t h = 0; h < SITE_ELM; h++) {
        const struct bed_change *change = &asked->change.beds[h];
        const struct hospital *hospital = &to_of(asked)->hospital[h];
        int more = change->after[BED_SU] - change->before[BED_SU];
        double share = beds * (after[h] - before[h]) / gained;
        cr_expect_eq(hospital->beds[BED_SU], change->after[BED_SU]);
        if (closed >> h & 1) {
            cr_expect_eq(hospital->roles, 0);
            cr_expect_eq(hospital->beds[BED_SU], 0);
            continue;
        }
        cr_expect(fabs(more - share) < 1, "%zu: %d, not %g", h, more, share);
        cr_expect(after[h] > before[h] || more == 0);
        moved += more;
        takers += more > 0;
    }
    cr_expect_eq(moved, beds);
    cr_expect_eq(asked->change.closed[BED_SU], beds);
    cr_expect_eq(asked->change.moved[BED_SU], beds);
    return takers;
}

/* Whichever one or two close, with numbers of beds that no share divides. */
Test(change, beds_move_to_those_who_take_the_patients)
{
    static const char *const name[] = {"Ash", "Birch", "Cedar", "Dogwood"};
    enum { BEDS = 31 };
    int several = 0;
    for (size_t a = 0; a < SITE_ELM; a++)
        for (size_t b = a; b < SITE_ELM; b++) {
            const struct change_request request[] = {{CHANGE_CLOSE, name[a]},
                                                     {CHANGE_CLOSE, name[b]}};
            const struct change_options options = {.request = request, .requests = 1 + (b > a)};
            struct asked asked;
            open_small(&asked);
            struct hospital *hospital = asked.scenario.design.configuration[LOCAL].hospital;
            hospital[a].beds[BED_SU] = hospital[b].beds[BED_SU] = BEDS;
            ask(&asked, &options, "");
            several += expect_moved(&asked, 1u << a | 1u << b, b > a ? 2 * BEDS : BEDS) > 1;
            forget(&asked);
        }
    cr_expect_gt(several, 0, "beds are parted nowhere, so nothing is shown");
}

Test(change, has_words_and_a_name_for_a_folder)
{
    static const struct change_request request = {CHANGE_CLOSE, "Birch"};
    const struct change_options options = {.request = &request, .requests = 1};
    struct asked asked;
    open_small(&asked);
    ask(&asked, &options, "");
    cr_expect_str_eq(asked.change.words, "Birch closed");
    cr_expect_str_eq(asked.change.slug, "close-birch");
    expect_plain(&asked);
    forget(&asked);
}

Test(change, beds_stay_or_scale_if_told_so)
{
    static const struct change_request request = {CHANGE_CLOSE, "Birch"};
    for (enum change_beds how = CHANGE_BEDS_STAY; how <= CHANGE_BEDS_SCALE; how++) {
        const struct change_options options = {.request = &request, .requests = 1, .beds = how};
        struct asked asked;
        double before[SMALL_HOSPITALS], after[SMALL_HOSPITALS];
        open_small(&asked);
        ask(&asked, &options, "");
        strokes_without(&asked.scenario.design, 0, before);
        strokes_without(&asked.scenario.design, 1u << SITE_BIRCH, after);
        for (size_t h = 0; h < SITE_ELM; h++) {
            const int *beds = asked.scenario.design.configuration[LOCAL].hospital[h].beds;
            double times = how == CHANGE_BEDS_SCALE ? after[h] / before[h] : 1;
            int wanted = h == SITE_BIRCH ? 0 : (int)floor(beds[BED_SU] * times + 0.5);
            cr_expect_eq(to_of(&asked)->hospital[h].beds[BED_SU], wanted, "%zu", h);
        }
        cr_expect_eq(asked.change.moved[BED_SU], 0);
        forget(&asked);
    }
}

/* A taker with beds unlimited keeps them so, and the others get all. */
Test(change, unlimited_beds_stay_unlimited)
{
    static const struct change_request request = {CHANGE_CLOSE, "Birch"};
    const struct change_options options = {.request = &request, .requests = 1};
    struct asked asked;
    open_small(&asked);
    small_design_unlimited(&asked.scenario.design);
    asked.scenario.design.configuration[LOCAL].hospital[SITE_BIRCH].beds[BED_SU] = 9;
    ask(&asked, &options, "");
    for (size_t h = 0; h < SITE_ELM; h++)
        if (h != SITE_BIRCH)
            cr_expect_eq(to_of(&asked)->hospital[h].beds[BED_SU], BEDS_UNLIMITED);
    cr_expect_eq(asked.change.closed[BED_SU], 9);
    cr_expect_eq(asked.change.moved[BED_SU], 0);
    forget(&asked);
}

/* Levels are solved for on what the start's files say, so the written side is the start's. */
Test(change, runs_otherwise_and_is_written_alike)
{
    static const char *const set[] = {"unit.door_to_scan_p50_min=11",
                                      "hospital.\"Ash\".scan_to_needle_p50_min=12.5"};
    static const struct change_request request = {CHANGE_ROLE, "Dogwood=none"};
    const struct change_options options = {
        .request = &request, .requests = 1, .set = set, .sets = 2, .policy = "nearest_mt"};
    struct asked asked;
    open_small(&asked);
    struct change_options from_central = options;
    from_central.from = asked.scenario.design.configuration[CENTRAL].name;
    ask(&asked, &from_central, "");
    const struct configuration *from = &asked.scenario.design.configuration[CENTRAL];
    const struct configuration *to = to_of(&asked);
    cr_expect_str_eq(to->name, "what-if");
    cr_expect_eq(memcmp(&to->written, &from->written, sizeof to->written), 0);
    cr_expect_eq(memcmp(to->written_hospital, from->written_hospital,
                        from->hospitals * sizeof *from->hospital),
                 0);
    cr_expect_eq(to->parameters.value[P_UNIT_DOOR_TO_SCAN_P50_MIN], 11);
    cr_expect_eq(to->parameters.value[P_POLICY_NAME], POLICY_NEAREST_MT);
    cr_expect(to->set_by_hand[P_UNIT_DOOR_TO_SCAN_P50_MIN]);
    cr_expect(!from->set_by_hand[P_UNIT_DOOR_TO_SCAN_P50_MIN]);
    cr_expect_eq(to->hospital[SITE_ASH].own[UNIT_SCAN_TO_NEEDLE_P50_MIN], 12.5);
    cr_expect_eq(to->hospital[SITE_DOGWOOD].roles, 0);
    cr_expect_eq(from->hospital[SITE_DOGWOOD].roles, ROLE_SU);
    forget(&asked);
}

/* A hospital without a role opens as another configuration has it, and with its beds. */
Test(change, opens_as_elsewhere)
{
    static const struct change_request closing = {CHANGE_CLOSE, "Birch"};
    static const struct change_request opening = {CHANGE_OPEN, "Birch"};
    struct asked asked;
    open_small(&asked);
    struct configuration *local = asked.scenario.design.configuration;
    int beds = local->hospital[SITE_BIRCH].beds[BED_SU];
    ask(&asked, &(struct change_options){.request = &closing, .requests = 1}, "");
    change_fini(&asked.change);
    ask(&asked, &(struct change_options){.request = &opening, .requests = 1, .from = "what-if"},
        "");
    cr_expect_str_eq(to_of(&asked)->name, "what-if-2");
    cr_expect_eq(to_of(&asked)->hospital[SITE_BIRCH].roles, ROLE_STROKE);
    cr_expect_eq(to_of(&asked)->hospital[SITE_BIRCH].beds[BED_SU], beds);
    forget(&asked);
}

/* After anything wrong the design is as it was. */
Test(change, that_cannot_be_leaves_no_trace)
{
    static const struct change_request everything[] = {{CHANGE_CLOSE, "Ash"},
                                                       {CHANGE_CLOSE, "Birch"},
                                                       {CHANGE_CLOSE, "Cedar"},
                                                       {CHANGE_CLOSE, "Dogwood"}};
    static const struct change_request nothing = {CHANGE_CLOSE, "elm"};
    struct asked asked;
    open_small(&asked);
    ask(&asked, &(struct change_options){.request = everything, .requests = 4},
        "whatif: error: no hospital of 'what-if' takes strokes; give a hospital the role stroke or "
        "hasu, and beds\n");
    ask(&asked, &(struct change_options){.request = &nothing, .requests = 1},
        "--close: error: elm: there is nothing to close; it has no role in this configuration\n");
    forget(&asked);
}

Test(change, knows_what_one_configuration_may_have_alone)
{
    static const struct {
        const char *set;
        bool of_one;
    } cases[] = {
        {"hospital.\"A = B\".hasu_beds=3", true},
        {"unit.door_to_scan_p50_min=20", true},
        {"policy.name=nearest", true},
        {"cost.transfer_gbp=100", true},
        {"no.such.key=1", true}, /* reported with the other changes */
        {"demand.multiplier=1.2", false},
        {"outcome.organised_care_or=0.8", false},
        {"outcome.mortality_90d=0.2", false},
        {"run.evidence_draws=4", false},
        {"beds.limited=1", false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        cr_expect_eq(change_is_of_one(cases[i].set), cases[i].of_one, "%s", cases[i].set);
}
