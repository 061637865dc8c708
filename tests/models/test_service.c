#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

#include "tests/models/small_region.h"

/* Minutes by hand: the nearest of all is Elm in the north, else as the names suggest. */
static const double minutes[SMALL_AREAS][SMALL_SITES] = {
    /* Ash Birch Cedar Dogwood Elm */
    {14, 20, 30, 18, 7},  /* North */
    {16, 6, 25, 40, 12},  /* East */
    {15, 28, 8, 33, 22},  /* South */
    {17, 35, 16, 9, 26},  /* West */
    {5, 13, 12, 21, 11},  /* Middle */
    {61, 70, 66, 52, 55}, /* Far */
};

struct place {
    struct design design;
    struct service service;
};

static enum service_problem make(struct place *place, size_t c)
{
    const struct configuration *configuration = &place->design.configuration[c];
    return service_init(&place->service, &place->design.region, configuration->hospital,
                        configuration->hospitals, &configuration->parameters,
                        configuration->catchment);
}

static void open_place(struct place *place)
{
    small_design(&place->design);
    memcpy(place->design.region.minutes, minutes, sizeof minutes);
}

static void expect_routes(const struct service *service, const struct route want[SMALL_AREAS])
{
    for (size_t a = 0; a < SMALL_AREAS; a++) {
        const struct route *got = &service->route[a];
        cr_expect_eq(got->nearest, want[a].nearest, "area %zu: nearest %u", a, got->nearest);
        cr_expect_eq(got->ambulance, want[a].ambulance, "area %zu: ambulance to %u", a,
                     got->ambulance);
        cr_expect_eq(got->elsewhere, want[a].elsewhere, "area %zu: elsewhere %u", a,
                     got->elsewhere);
        cr_expect_eq(got->centre, want[a].centre, "area %zu: centre %u", a, got->centre);
        cr_expect_eq(got->own_su, want[a].own_su, "area %zu: own unit %u", a, got->own_su);
        cr_expect_eq(got->own_rehab, want[a].own_rehab, "area %zu", a);
    }
}

enum { A = SITE_ASH, B = SITE_BIRCH, C = SITE_CEDAR, D = SITE_DOGWOOD, E = SITE_ELM };
static const uint32_t none = NO_HOSPITAL;

Test(service, routes)
{
    static const struct {
        const char *what;
        size_t configuration;
        int no_beds_at, no_hasu_beds_at; /* -1: nowhere */
        struct route want[SMALL_AREAS];
    } cases[] = {
        {"local: the nearest stroke unit",
         LOCAL,
         -1,
         -1,
         {{E, A, A, A, none, NO_HOSPITAL},
          {B, B, B, B, none, NO_HOSPITAL},
          {C, C, C, C, none, NO_HOSPITAL},
          {D, D, D, D, none, NO_HOSPITAL},
          {A, A, A, A, none, NO_HOSPITAL},
          {D, D, D, D, none, NO_HOSPITAL}}},
        {"no beds at Ash: no destination",
         LOCAL,
         A,
         -1,
         {{E, D, D, D, none, NO_HOSPITAL},
          {B, B, B, B, none, NO_HOSPITAL},
          {C, C, C, C, none, NO_HOSPITAL},
          {D, D, D, D, none, NO_HOSPITAL},
          {A, C, C, C, none, NO_HOSPITAL},
          {D, D, D, D, none, NO_HOSPITAL}}},
        {"central: a HASU, and elsewhere the nearest that is none",
         CENTRAL,
         -1,
         -1,
         {{E, A, D, A, A, NO_HOSPITAL},
          {B, A, B, A, B, NO_HOSPITAL},
          {C, C, B, C, C, NO_HOSPITAL},
          {D, C, D, C, D, NO_HOSPITAL},
          {A, A, B, A, A, NO_HOSPITAL},
          {D, A, D, A, D, NO_HOSPITAL}}},
        {"no hyper-acute beds at Ash",
         CENTRAL,
         -1,
         A,
         {{E, C, D, C, A, NO_HOSPITAL},
          {B, C, B, C, B, NO_HOSPITAL},
          {C, C, B, C, C, NO_HOSPITAL},
          {D, C, D, C, D, NO_HOSPITAL},
          {A, C, B, C, A, NO_HOSPITAL},
          {D, C, D, C, D, NO_HOSPITAL}}},
        {"no stroke-unit beds at Dogwood",
         CENTRAL,
         D,
         -1,
         {{E, A, B, A, A, NO_HOSPITAL},
          {B, A, B, A, B, NO_HOSPITAL},
          {C, C, B, C, C, NO_HOSPITAL},
          {D, C, B, C, C, NO_HOSPITAL},
          {A, A, B, A, A, NO_HOSPITAL},
          {D, A, B, A, A, NO_HOSPITAL}}},
    };
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
        struct place place;
        open_place(&place);
        struct hospital *hospital = place.design.configuration[cases[k].configuration].hospital;
        if (cases[k].no_beds_at >= 0)
            hospital[cases[k].no_beds_at].beds[BED_SU] = 0;
        if (cases[k].no_hasu_beds_at >= 0)
            hospital[cases[k].no_hasu_beds_at].beds[BED_HASU] = 0;
        cr_assert_eq(make(&place, cases[k].configuration), SERVICE_OK, "%s", cases[k].what);
        expect_routes(&place.service, cases[k].want);
        service_fini(&place.service);
        design_fini(&place.design);
    }
}

/* A HASU with thrombectomy (Ash), one without (Cedar), and two local units. */
static void make_mixed(struct place *place, double policy)
{
    struct hospital *hospital = place->design.configuration[CENTRAL].hospital;
    hospital[B].roles = hospital[D].roles = ROLE_STROKE;
    small_design_write(&place->design, CENTRAL, P_POLICY_NAME, policy);
}

/* By hand from the minutes above; own stroke units are Ash's and Cedar's. */
Test(service, routes_by_policy)
{
    static const struct {
        const char *what;
        enum policy policy;
        double limit_min;
        int su_at, mt_at; /* a hospital that has this role instead, and too; -1: none */
        struct route want[SMALL_AREAS];
    } cases[] = {
        {"nearest",
         POLICY_NEAREST,
         8,
         -1,
         -1,
         {{E, A, A, A, A, NO_HOSPITAL},
          {B, B, B, B, A, NO_HOSPITAL},
          {C, C, C, C, C, NO_HOSPITAL},
          {D, D, D, D, C, NO_HOSPITAL},
          {A, A, A, A, A, NO_HOSPITAL},
          {D, D, D, D, A, NO_HOSPITAL}}},
        {"nearest_mt: there is one",
         POLICY_NEAREST_MT,
         8,
         -1,
         -1,
         {{E, A, A, A, A, NO_HOSPITAL},
          {B, A, A, A, A, NO_HOSPITAL},
          {C, A, A, A, C, NO_HOSPITAL},
          {D, A, A, A, C, NO_HOSPITAL},
          {A, A, A, A, A, NO_HOSPITAL},
          {D, A, A, A, A, NO_HOSPITAL}}},
        {"nearest_mt: and one in the west",
         POLICY_NEAREST_MT,
         8,
         -1,
         D,
         {{E, A, A, A, A, NO_HOSPITAL},
          {B, A, A, A, A, NO_HOSPITAL},
          {C, A, A, A, C, NO_HOSPITAL},
          {D, D, D, D, C, NO_HOSPITAL},
          {A, A, A, A, A, NO_HOSPITAL},
          {D, D, D, D, A, NO_HOSPITAL}}},
        {"drip_and_ship: a HASU or a local unit",
         POLICY_DRIP_AND_SHIP,
         8,
         -1,
         -1,
         {{E, A, A, A, A, NO_HOSPITAL},
          {B, B, B, B, A, NO_HOSPITAL},
          {C, C, C, C, C, NO_HOSPITAL},
          {D, D, D, D, C, NO_HOSPITAL},
          {A, A, A, A, A, NO_HOSPITAL},
          {D, D, D, D, A, NO_HOSPITAL}}},
        {"drip_and_ship: not a unit for after the first days",
         POLICY_DRIP_AND_SHIP,
         8,
         D,
         -1,
         {{E, A, A, A, A, NO_HOSPITAL},
          {B, B, B, B, A, NO_HOSPITAL},
          {C, C, C, C, C, NO_HOSPITAL},
          {D, C, C, C, D, NO_HOSPITAL},
          {A, A, A, A, A, NO_HOSPITAL},
          {D, A, A, A, D, NO_HOSPITAL}}},
        {"mothership: 7 or 8 min more is not too far, 9 or 10 is",
         POLICY_MOTHERSHIP,
         8,
         -1,
         -1,
         {{E, A, A, A, A, NO_HOSPITAL},
          {B, B, B, B, A, NO_HOSPITAL},
          {C, C, C, A, C, NO_HOSPITAL},
          {D, D, D, A, C, NO_HOSPITAL},
          {A, A, A, A, A, NO_HOSPITAL},
          {D, D, D, D, A, NO_HOSPITAL}}},
        {"mothership: never past the nearest unit",
         POLICY_MOTHERSHIP,
         0,
         -1,
         -1,
         {{E, A, A, A, A, NO_HOSPITAL},
          {B, B, B, B, A, NO_HOSPITAL},
          {C, C, C, C, C, NO_HOSPITAL},
          {D, D, D, D, C, NO_HOSPITAL},
          {A, A, A, A, A, NO_HOSPITAL},
          {D, D, D, D, A, NO_HOSPITAL}}},
        {"mothership: however far",
         POLICY_MOTHERSHIP,
         1440,
         -1,
         -1,
         {{E, A, A, A, A, NO_HOSPITAL},
          {B, B, B, A, A, NO_HOSPITAL},
          {C, C, C, A, C, NO_HOSPITAL},
          {D, D, D, A, C, NO_HOSPITAL},
          {A, A, A, A, A, NO_HOSPITAL},
          {D, D, D, A, A, NO_HOSPITAL}}},
        {"catchment: as the file says",
         POLICY_CATCHMENT,
         8,
         -1,
         -1,
         {{E, D, D, D, A, NO_HOSPITAL},
          {B, A, A, A, A, NO_HOSPITAL},
          {C, B, B, B, C, NO_HOSPITAL},
          {D, C, C, C, C, NO_HOSPITAL},
          {A, A, A, A, A, NO_HOSPITAL},
          {D, B, B, B, A, NO_HOSPITAL}}},
    };
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
        struct place place;
        uint32_t catchment[SMALL_AREAS] = {D, A, B, C, A, B};
        open_place(&place);
        make_mixed(&place, cases[k].policy);
        small_design_write(&place.design, CENTRAL, P_POLICY_BYPASS_LIMIT_MIN, cases[k].limit_min);
        struct configuration *configuration = &place.design.configuration[CENTRAL];
        if (cases[k].su_at >= 0)
            configuration->hospital[cases[k].su_at].roles = ROLE_SU;
        if (cases[k].mt_at >= 0)
            configuration->hospital[cases[k].mt_at].roles |= ROLE_MT;
        configuration->catchment = catchment;
        cr_assert_eq(make(&place, CENTRAL), SERVICE_OK, "%s", cases[k].what);
        expect_routes(&place.service, cases[k].want);
        service_fini(&place.service);
        configuration->catchment = NULL;
        design_fini(&place.design);
    }
}

/* Thrombectomy without a centre, and a catchment without a file or with a hospital that takes no
 * strokes, are a problem. */
Test(service, policies_that_cannot_be)
{
    struct place place;
    uint32_t catchment[SMALL_AREAS] = {D, A, B, C, A, E};
    open_place(&place);
    make_mixed(&place, POLICY_CATCHMENT);
    struct configuration *configuration = &place.design.configuration[CENTRAL];
    cr_expect_eq(make(&place, CENTRAL), SERVICE_NO_UNIT);
    configuration->catchment = catchment;
    cr_expect_eq(make(&place, CENTRAL), SERVICE_NO_UNIT, "Elm takes no strokes");
    configuration->catchment = NULL;
    small_design_write(&place.design, CENTRAL, P_POLICY_NAME, POLICY_NEAREST_MT);
    configuration->hospital[A].roles = ROLE_MT;
    cr_expect_eq(make(&place, CENTRAL), SERVICE_NO_UNIT, "thrombectomy without a stroke unit");
    design_fini(&place.design);
}

/* Which hospitals may take an ambulance of South that is sent on from a full unit: of the kind that
 * it was sent to, and under mothership within the limit for those picked out. */
Test(service, who_may_take_a_diverted_ambulance)
{
    enum { SOUTH = 2 };
    static const struct {
        enum policy policy;
        enum way way;
        double limit_min;
        bool want[SMALL_HOSPITALS];
    } cases[] = {
        {POLICY_NEAREST, WAY_USUAL, 30, {true, true, true, true, false}},
        {POLICY_NEAREST_HASU, WAY_USUAL, 30, {true, false, true, false, false}},
        {POLICY_NEAREST_HASU, WAY_ELSEWHERE, 30, {false, true, false, true, false}},
        {POLICY_NEAREST, WAY_ELSEWHERE, 30, {true, true, true, true, false}},
        {POLICY_NEAREST_MT, WAY_USUAL, 30, {true, false, false, true, false}},
        {POLICY_DRIP_AND_SHIP, WAY_USUAL, 30, {true, true, true, true, false}},
        {POLICY_MOTHERSHIP, WAY_USUAL, 0, {true, true, true, true, false}},
        {POLICY_MOTHERSHIP, WAY_CENTRE, 30, {true, false, false, true, false}},
        {POLICY_MOTHERSHIP, WAY_CENTRE, 24, {true, false, false, false, false}},
        {POLICY_MOTHERSHIP, WAY_CENTRE, 6, {false, false, false, false, false}},
    };
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
        struct place place;
        open_place(&place);
        make_mixed(&place, cases[k].policy);
        place.design.configuration[CENTRAL].hospital[D].roles |= ROLE_MT;
        small_design_write(&place.design, CENTRAL, P_POLICY_BYPASS_LIMIT_MIN, cases[k].limit_min);
        cr_assert_eq(make(&place, CENTRAL), SERVICE_OK);
        for (size_t h = 0; h < SMALL_HOSPITALS; h++)
            cr_expect_eq(service_takes(&place.service, h, SOUTH, cases[k].way), cases[k].want[h],
                         "case %zu: hospital %zu", k, h);
        service_fini(&place.service);
        design_fini(&place.design);
    }
}

/* Where each hospital sends those for thrombectomy, and how long the way is. */
Test(service, thrombectomy_centres)
{
    static const struct {
        const char *what;
        enum policy policy;
        double transfer;
        int mt_at;
        uint32_t want[4];
    } cases[] = {
        {"by the switch", POLICY_NEAREST, 1, -1, {none, A, A, A}},
        {"switched off", POLICY_NEAREST, 0, -1, {none, none, none, none}},
        {"drip_and_ship always", POLICY_DRIP_AND_SHIP, 0, -1, {none, A, A, A}},
        {"mothership always", POLICY_MOTHERSHIP, 0, -1, {none, A, A, A}},
        {"the nearest of two by transfer", POLICY_DRIP_AND_SHIP, 1, C, {none, C, none, A}},
    };
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
        struct place place;
        open_place(&place);
        make_mixed(&place, cases[k].policy);
        small_design_write(&place.design, CENTRAL, P_MT_TRANSFER, cases[k].transfer);
        small_design_write(&place.design, CENTRAL, P_JOURNEY_ADDED_MIN, 7);
        struct region *region = &place.design.region;
        for (size_t from = 0; from < SMALL_SITES; from++)
            for (size_t to = 0; to < SMALL_SITES; to++)
                region->transfer_minutes[from * SMALL_SITES + to] = 20 + (double)to;
        region->transfer_minutes[B * SMALL_SITES + C] = 19;
        if (cases[k].mt_at >= 0)
            place.design.configuration[CENTRAL].hospital[cases[k].mt_at].roles |= ROLE_MT;
        cr_assert_eq(make(&place, CENTRAL), SERVICE_OK);
        for (size_t h = 0; h < 4; h++) {
            const struct unit *unit = &place.service.unit[h];
            cr_expect_eq(unit->mt_centre, cases[k].want[h], "%s: hospital %zu", cases[k].what, h);
            double want = cases[k].want[h] == A   ? 27
                          : cases[k].want[h] == C ? 26
                                                  : (double)INFINITY;
            cr_expect_eq(unit->mt_transfer_min, want, "%s: hospital %zu", cases[k].what, h);
        }
        service_fini(&place.service);
        design_fini(&place.design);
    }
}

/* Where no other unit stands, patients are treated elsewhere at the HASU; and a policy that finds
 * nothing is a problem, not a crash. */
Test(service, nowhere_to_go)
{
    struct place place;
    open_place(&place);
    struct hospital *hospital = place.design.configuration[CENTRAL].hospital;
    hospital[B].beds[BED_SU] = hospital[D].beds[BED_SU] = 0;
    cr_assert_eq(make(&place, CENTRAL), SERVICE_OK);
    for (size_t a = 0; a < SMALL_AREAS; a++)
        cr_expect_eq(place.service.route[a].elsewhere, place.service.route[a].ambulance);
    service_fini(&place.service);

    hospital[A].beds[BED_SU] = hospital[C].beds[BED_SU] = 0;
    cr_assert_eq(make(&place, CENTRAL), SERVICE_OK);
    for (size_t a = 0; a < SMALL_AREAS; a++)
        cr_expect_eq(place.service.route[a].own_su, NO_HOSPITAL);
    service_fini(&place.service);

    hospital[A].beds[BED_HASU] = hospital[C].beds[BED_HASU] = 0;
    cr_expect_eq(make(&place, CENTRAL), SERVICE_NO_UNIT);
    small_design_write(&place.design, LOCAL, P_POLICY_NAME, POLICY_NEAREST_HASU);
    cr_expect_eq(make(&place, LOCAL), SERVICE_NO_UNIT);
    struct model model;
    cr_expect_eq(model_init(&model, &place.design, 0), MODEL_NO_UNIT);
    design_fini(&place.design);
}

/* A hospital's own value stands before the configuration's, and this before the dictionary's. */
Test(service, units_perform_by_their_own_values_or_the_dictionarys)
{
    struct place place;
    open_place(&place);
    struct hospital *hospital = place.design.configuration[CENTRAL].hospital;
    hospital[B].own[UNIT_ORGANISED_CARE_SHARE] = .7;
    hospital[A].own[UNIT_DOOR_TO_SCAN_P50_MIN] = 12;
    hospital[C].own[UNIT_TREATED_IF_ELIGIBLE] = .3;
    small_design_write(&place.design, CENTRAL, P_MT_TREATED_IF_ELIGIBLE, .6);
    small_design_write(&place.design, CENTRAL, P_HASU_SCAN_TO_NEEDLE_P50_MIN, 20);
    small_design_write(&place.design, CENTRAL, P_HASU_DOOR_TO_SCAN_P50_MIN, 15);
    small_design_write(&place.design, CENTRAL, P_UNIT_DOOR_TO_SCAN_P50_MIN, 31);
    small_design_write(&place.design, CENTRAL, P_UNIT_SCAN_TO_NEEDLE_P50_MIN, 36);
    cr_assert_eq(make(&place, CENTRAL), SERVICE_OK);
    static const struct {
        double care, mt, scan, needle, puncture, treated;
    } want[SMALL_HOSPITALS] = {
        {.95, .6, 12, 20, 98, NAN}, /* Ash, HASU with thrombectomy */
        {.7, 0, 31, 36, 98, NAN},   /* Birch */
        {.95, 0, 15, 20, 98, .3},   /* Cedar, HASU without */
        {.59, 0, 31, 36, 98, NAN},  {.59, 0, 31, 36, 98, NAN},
    };
    for (size_t h = 0; h < SMALL_HOSPITALS; h++) {
        const struct unit *unit = &place.service.unit[h];
        cr_expect_eq(unit->organised_care_share, want[h].care, "hospital %zu", h);
        cr_expect_eq(unit->mt_treated_if_eligible, want[h].mt, "hospital %zu", h);
        cr_expect(near(exp(unit->scan_mu[TYPE_LVO]), want[h].scan, 1e-12), "hospital %zu", h);
        cr_expect(near(exp(unit->needle_mu[TYPE_LVO]), want[h].needle, 1e-12), "hospital %zu", h);
        cr_expect(near(exp(unit->puncture_mu), want[h].puncture, 1e-12), "hospital %zu", h);
        cr_expect(same(unit->treated_if_eligible[TYPE_LVO], want[h].treated), "hospital %zu", h);
    }
    service_set_treated_if_eligible(&place.service, TYPE_LVO, .2, .5);
    static const double treated[SMALL_HOSPITALS] = {.5, .2, .3, .2, .2};
    for (size_t h = 0; h < SMALL_HOSPITALS; h++)
        cr_expect_eq(place.service.unit[h].treated_if_eligible[TYPE_LVO], treated[h],
                     "hospital %zu", h);
    service_fini(&place.service);
    design_fini(&place.design);
}

/* By type of stroke: the hospital's own for the type, its own for all times the type's ratio, the
 * configuration's times the ratio. */
Test(service, units_perform_by_type_of_stroke)
{
    struct place place;
    open_place(&place);
    struct hospital *hospital = place.design.configuration[CENTRAL].hospital;
    small_design_write(&place.design, CENTRAL, P_UNIT_DOOR_TO_SCAN_P50_MIN, 30);
    small_design_write(&place.design, CENTRAL, P_UNIT_SCAN_TO_NEEDLE_P50_MIN, 40);
    small_design_write(&place.design, CENTRAL, P_TREATMENT_DOOR_TO_SCAN_RATIO_LVO, .5);
    small_design_write(&place.design, CENTRAL, P_TREATMENT_DOOR_TO_SCAN_RATIO_HAEMORRHAGE, 2);
    small_design_write(&place.design, CENTRAL, P_TREATMENT_SCAN_TO_NEEDLE_RATIO_NLVO, 1.5);
    hospital[D].own[UNIT_DOOR_TO_SCAN_P50_MIN] = 20;
    hospital[D].own[UNIT_DOOR_TO_SCAN_P50_MIN_NLVO] = 17;
    hospital[D].own[UNIT_DOOR_TO_SCAN_SIGMA_LVO] = .3;
    hospital[D].own[UNIT_SCANNED_IN_LIMIT_SHARE] = .9;
    hospital[D].own[UNIT_SCANNED_IN_LIMIT_SHARE_HAEMORRHAGE] = .8;
    hospital[D].own[UNIT_SCAN_TO_NEEDLE_SIGMA] = .2;
    hospital[D].own[UNIT_TREATED_IF_ELIGIBLE_LVO] = .7;
    hospital[D].own[UNIT_THROMBOLYSIS_RATE_NLVO] = .1;
    cr_assert_eq(make(&place, CENTRAL), SERVICE_OK);
    static const double scan[2][STROKE_TYPES] = {{30, 15, 60, 30, 30}, {17, 10, 40, 20, 20}};
    static const double needle[ISCHAEMIC_TYPES] = {60, 40};
    for (int own = 0; own < 2; own++) {
        const struct unit *unit = &place.service.unit[own ? D : B];
        for (enum stroke_type type = 0; type < STROKE_TYPES; type++) {
            cr_expect(near(exp(unit->scan_mu[type]), scan[own][type], 1e-12), "type %d", type);
            double sigma = own && type == TYPE_LVO ? .3 : .941;
            double share = !own                       ? unit->scanned_in_limit_share[TYPE_MIMIC]
                           : type == TYPE_HAEMORRHAGE ? .8
                                                      : .9;
            cr_expect_eq(unit->scan_sigma[type], sigma, "type %d", type);
            cr_expect_eq(unit->scanned_in_limit_share[type], share, "type %d", type);
        }
        for (enum stroke_type type = 0; type < ISCHAEMIC_TYPES; type++) {
            cr_expect(near(exp(unit->needle_mu[type]), needle[type], 1e-12), "type %d", type);
            cr_expect_eq(unit->needle_sigma[type], own ? .2 : .690, "type %d", type);
            cr_expect_eq(unit_has_own_rate(unit, type), own && type == TYPE_NLVO, "type %d", type);
        }
        cr_expect(same(unit->treated_if_eligible[TYPE_LVO], own ? .7 : NAN));
    }
    service_set_treated_if_eligible(&place.service, TYPE_NLVO, .2, .5);
    service_set_treated_if_eligible(&place.service, TYPE_LVO, .2, .5);
    cr_expect(isnan(place.service.unit[D].treated_if_eligible[TYPE_NLVO])); /* by its own rate */
    cr_expect_eq(place.service.unit[D].treated_if_eligible[TYPE_LVO], .7);
    service_fini(&place.service);
    design_fini(&place.design);
}

Test(service, beds_as_the_run_sees_them)
{
    struct place place;
    open_place(&place);
    place.design.configuration[CENTRAL].hospital[D].beds[BED_SU] = BEDS_UNLIMITED;
    cr_assert_eq(make(&place, CENTRAL), SERVICE_OK);
    static const int hasu[SMALL_HOSPITALS] = {5, 0, 4, 0, 0};
    static const int su[SMALL_HOSPITALS] = {4, 2, 4, BEDS_UNLIMITED, 0};
    for (size_t h = 0; h < SMALL_HOSPITALS; h++) {
        cr_expect_eq(service_beds(&place.service, h, BED_HASU), hasu[h]);
        cr_expect_eq(service_beds(&place.service, h, BED_SU), su[h]);
    }
    cr_expect(service_counts_beds(&place.service) && service_has_hasu(&place.service));
    service_fini(&place.service);

    small_design_write(&place.design, BOTH, P_BEDS_LIMITED, 0);
    cr_assert_eq(make(&place, CENTRAL), SERVICE_OK);
    for (size_t h = 0; h < SMALL_HOSPITALS; h++) {
        cr_expect_eq(service_beds(&place.service, h, BED_HASU), hasu[h] ? BEDS_UNLIMITED : 0);
        cr_expect_eq(service_beds(&place.service, h, BED_SU), su[h] ? BEDS_UNLIMITED : 0);
    }
    cr_expect_not(service_counts_beds(&place.service));
    service_fini(&place.service);
    cr_assert_eq(make(&place, LOCAL), SERVICE_OK);
    cr_expect_not(service_has_hasu(&place.service));
    service_fini(&place.service);
    design_fini(&place.design);
}
