#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>
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

/* Beds of a stage's closed hospitals to the others: each its share to within a bed, none lost. The
 * hospitals without strokes before the stage, and in it; a bit each. Returns how many get any. */
static int expect_moved(const struct asked *asked, size_t stage, unsigned closed_before,
                        unsigned closed, int beds)
{
    const struct change_stage *made = &asked->change.stage[stage];
    double before[SMALL_HOSPITALS], after[SMALL_HOSPITALS], gained = 0;
    int moved = 0, takers = 0;
    strokes_without(&asked->scenario.design, closed_before, before);
    strokes_without(&asked->scenario.design, closed, after);
    for (size_t h = 0; h < SITE_ELM; h++)
        gained += fmax(0, after[h] - before[h]);
    for (size_t h = 0; h < SITE_ELM; h++) {
        const struct bed_change *change = &made->beds[h];
        const struct hospital *hospital = &configuration_phase(to_of(asked), stage)[h];
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
    cr_expect_eq(made->closed[BED_SU], beds);
    cr_expect_eq(made->moved[BED_SU], beds);
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
            several += expect_moved(&asked, 0, 0, 1u << a | 1u << b, b > a ? 2 * BEDS : BEDS) > 1;
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
        cr_expect_eq(asked.change.stage[0].moved[BED_SU], 0);
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
    cr_expect_eq(asked.change.stage[0].closed[BED_SU], 9);
    cr_expect_eq(asked.change.stage[0].moved[BED_SU], 0);
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

/* The two that close in months 9 and 4, said in this order. Each month is made of the one before,
 * with the beds that it has by then; the beginning stays the start, and as written all of it does.
 * Returns whether the later to close had got some of the earlier one's beds, and not all. */
static bool expect_stages(struct asked *asked, const char *const name[2], const size_t closed[2])
{
    enum { BEDS = 31 };
    char text[2][40];
    snprintf(text[0], sizeof text[0], "%s@9", name[1]);
    snprintf(text[1], sizeof text[1], "%s:stroke@4", name[0]);
    const struct change_request request[] = {{CHANGE_CLOSE, text[0]}, {CHANGE_CLOSE, text[1]}};
    open_small(asked);
    asked->scenario.design.configuration[LOCAL].hospital[closed[0]].beds[BED_SU] = BEDS;
    ask(asked, &(struct change_options){.request = request, .requests = 2}, "");
    const struct configuration *from = &asked->scenario.design.configuration[LOCAL];
    const struct configuration *to = to_of(asked);
    size_t size = to->hospitals * sizeof *to->hospital;
    cr_assert(to->laters == 2 && asked->change.stages == 3);
    cr_expect_eq(memcmp(to->hospital, from->hospital, size), 0);
    cr_expect_eq(to->later[0].month, 4);
    cr_expect_eq(to->later[0].from_day, 91, "three twelfths of 365 days, where no date is known");
    cr_expect_eq(to->later[1].month, 9);
    for (size_t p = 0; p < 2; p++)
        cr_expect_eq(memcmp(to->later[p].written_hospital, from->written_hospital, size), 0);
    cr_expect_eq(to->later[0].hospital[closed[1]].roles, ROLE_STROKE);
    expect_moved(asked, 1, 0, 1u << closed[0], BEDS);
    int later = to->later[0].hospital[closed[1]].beds[BED_SU];
    int got = later - from->hospital[closed[1]].beds[BED_SU];
    expect_moved(asked, 2, 1u << closed[0], 1u << closed[0] | 1u << closed[1], later);
    return got > 0 && got < BEDS;
}

Test(change, holds_from_its_month_on)
{
    static const char *const name[] = {"Ash", "Birch", "Cedar", "Dogwood"};
    int some = 0;
    for (size_t a = 0; a < SITE_ELM; a++)
        for (size_t b = 0; b < SITE_ELM; b++) {
            struct asked asked;
            if (a == b)
                continue;
            some +=
                expect_stages(&asked, (const char *[]){name[a], name[b]}, (const size_t[]){a, b});
            forget(&asked);
        }
    cr_expect_gt(some, 0, "beds of a closed hospital move on nowhere, so nothing is shown");
}

Test(change, by_month_has_words_and_a_name_for_a_folder)
{
    static const struct change_request request[] = {{CHANGE_CLOSE, "Ash@9"},
                                                    {CHANGE_CLOSE, "Birch:stroke@4"}};
    struct asked asked;
    open_small(&asked);
    ask(&asked, &(struct change_options){.request = request, .requests = 2}, "");
    cr_expect_str_eq(asked.change.words, "from month 4: Birch closed; from month 9: Ash closed");
    cr_expect_str_eq(asked.change.slug, "close-ash-month-9-close-birch-stroke-month-4");
    forget(&asked);
}

/* Months are of the calendar where the start is known; the first is the beginning; a policy and
 * --set hold throughout. */
Test(change, knows_the_calendar_and_what_holds_throughout)
{
    static const char *const set[] = {"hospital.Dogwood.su_beds=3"};
    static const struct change_request request[] = {{CHANGE_ROLE, "Birch=stroke+mt@1"},
                                                    {CHANGE_CLOSE, "Cedar@2"}};
    struct asked asked;
    open_small(&asked);
    asked.scenario.start = (char[]){"2024-01-31"};
    ask(&asked,
        &(struct change_options){
            .request = request, .requests = 2, .policy = "nearest_mt", .set = set, .sets = 1},
        "");
    const struct configuration *to = to_of(&asked);
    cr_assert_eq(to->laters, 1);
    cr_expect_eq(to->later[0].from_day, 29, "29 February 2024");
    cr_expect_eq(to->later[0].date[2], 29);
    for (size_t p = 0; p < 2; p++) {
        const struct hospital *hospital = configuration_phase(to, p);
        cr_expect_eq(hospital[SITE_BIRCH].roles, ROLE_STROKE | ROLE_MT);
        cr_expect_eq(hospital[SITE_DOGWOOD].beds[BED_SU], 3);
        cr_expect_eq(hospital[SITE_CEDAR].roles, p == 0 ? ROLE_STROKE : 0);
    }
    cr_expect_str_eq(asked.change.words, "Birch as stroke+mt, not stroke; policy nearest_mt; "
                                         "hospital.Dogwood.su_beds=3; from month 2: Cedar closed");
    cr_expect_str_eq(asked.change.slug, "role-birch-stroke-mt-close-cedar-month-2-policy-nearest-mt"
                                        "-set-hospital-dogwood-su-beds-3");
    forget(&asked);
}

/* A hospital that closed opens again with its own beds, and those that moved stay. */
Test(change, opens_again_in_a_later_month)
{
    static const struct change_request request[] = {{CHANGE_CLOSE, "Birch@3"},
                                                    {CHANGE_OPEN, "Birch@5"}};
    struct asked asked;
    open_small(&asked);
    ask(&asked, &(struct change_options){.request = request, .requests = 2}, "");
    const struct configuration *from = &asked.scenario.design.configuration[LOCAL];
    const struct hospital *closed = configuration_phase(to_of(&asked), 1);
    const struct hospital *again = configuration_phase(to_of(&asked), 2);
    cr_expect_eq(closed[SITE_BIRCH].roles, 0);
    for (size_t h = 0; h < SMALL_HOSPITALS; h++) {
        cr_expect_eq(again[h].roles, from->hospital[h].roles);
        cr_expect_eq(again[h].beds[BED_SU],
                     (h == SITE_BIRCH ? from->hospital : closed)[h].beds[BED_SU]);
    }
    forget(&asked);
}

Test(change, by_month_that_cannot_be_leaves_no_trace)
{
    static const struct {
        struct change_request request[2];
        const char *said;
    } cases[] = {
        {{{CHANGE_CLOSE, "Ash@0"}, {CHANGE_CLOSE, "Birch@x"}},
         "--close: error: Ash@0: 0 is below 1; a whole number from 1 to 1200\n"
         "--close: error: Birch@x: 'x' is not a whole number; a whole number from 1 to 1200\n"},
        {{{CHANGE_CLOSE, "Ash@13"}, {CHANGE_OPEN, "Birch:su@1201"}},
         "--close: error: Ash@13: month 13 begins after the run of 1 year; run more years, or "
         "begin "
         "earlier\n"
         "--open: error: Birch:su@1201: 1201 is above 1200; a whole number from 1 to 1200\n"},
        {{{CHANGE_CLOSE, "Ash@3"}, {CHANGE_CLOSE, "Ash@8"}},
         "--close: error: Ash@8: there is nothing to close; it has no role in this "
         "configuration\n"},
        {{{CHANGE_CLOSE, "Ash@3"}, {CHANGE_ROLE, "Ash=stroke@3"}},
         "whatif: error: nothing changes from month 3 on; another change, or leave the month "
         "out\n"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct asked asked;
        open_small(&asked);
        ask(&asked, &(struct change_options){.request = cases[i].request, .requests = 2},
            cases[i].said);
        forget(&asked);
    }
}

/* Beds of a week: what moves is there every day, what scales does so each day, and what closes
 * counts as the most of the week. */
Test(change, of_beds_by_weekday)
{
    static const struct change_request request = {CHANGE_CLOSE, "Birch"};
    for (enum change_beds how = CHANGE_BEDS_MOVE; how <= CHANGE_BEDS_SCALE; how++) {
        struct asked asked;
        double before[SMALL_HOSPITALS], after[SMALL_HOSPITALS];
        open_small(&asked);
        struct hospital *hospital = asked.scenario.design.configuration[LOCAL].hospital;
        for (size_t h = 0; h < SITE_ELM; h++) {
            hospital[h].by_weekday[BED_SU] = true;
            hospital[h].beds[BED_SU] = 26;
            for (int day = 0; day < WEEKDAYS; day++)
                hospital[h].week_beds[BED_SU][day] = 20 + day;
        }
        ask(&asked, &(struct change_options){.request = &request, .requests = 1, .beds = how}, "");
        strokes_without(&asked.scenario.design, 0, before);
        strokes_without(&asked.scenario.design, 1u << SITE_BIRCH, after);
        if (how == CHANGE_BEDS_MOVE)
            expect_moved(&asked, 0, 0, 1u << SITE_BIRCH, 26);
        for (size_t h = 0; h < SITE_ELM; h++) {
            const struct hospital *to = &to_of(&asked)->hospital[h];
            cr_expect_eq(to->by_weekday[BED_SU], h != SITE_BIRCH);
            for (int day = 0; h != SITE_BIRCH && day < WEEKDAYS; day++) {
                int wanted = how == CHANGE_BEDS_STAY ? 20 + day
                             : how == CHANGE_BEDS_MOVE
                                 ? to->beds[BED_SU] - 6 + day
                                 : (int)floor((20 + day) * after[h] / before[h] + 0.5);
                cr_expect_eq(to->week_beds[BED_SU][day], wanted, "%zu on %d", h, day);
            }
        }
        forget(&asked);
    }
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
