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
                        configuration->hospitals, &configuration->parameters);
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
        cr_expect_eq(got->own_su, want[a].own_su, "area %zu: own unit %u", a, got->own_su);
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
         {{E, A, A, none},
          {B, B, B, none},
          {C, C, C, none},
          {D, D, D, none},
          {A, A, A, none},
          {D, D, D, none}}},
        {"no beds at Ash: no destination",
         LOCAL,
         A,
         -1,
         {{E, D, D, none},
          {B, B, B, none},
          {C, C, C, none},
          {D, D, D, none},
          {A, C, C, none},
          {D, D, D, none}}},
        {"central: a HASU, and elsewhere the nearest that is none",
         CENTRAL,
         -1,
         -1,
         {{E, A, D, A}, {B, A, B, B}, {C, C, B, C}, {D, C, D, D}, {A, A, B, A}, {D, A, D, D}}},
        {"no hyper-acute beds at Ash",
         CENTRAL,
         -1,
         A,
         {{E, C, D, A}, {B, C, B, B}, {C, C, B, C}, {D, C, D, D}, {A, C, B, A}, {D, C, D, D}}},
        {"no stroke-unit beds at Dogwood",
         CENTRAL,
         D,
         -1,
         {{E, A, B, A}, {B, A, B, B}, {C, C, B, C}, {D, C, B, C}, {A, A, B, A}, {D, A, B, A}}},
    };
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
        struct place place;
        open_place(&place);
        struct hospital *hospital = place.design.configuration[cases[k].configuration].hospital;
        if (cases[k].no_beds_at >= 0)
            hospital[cases[k].no_beds_at].su_beds = 0;
        if (cases[k].no_hasu_beds_at >= 0)
            hospital[cases[k].no_hasu_beds_at].hasu_beds = 0;
        cr_assert_eq(make(&place, cases[k].configuration), SERVICE_OK, "%s", cases[k].what);
        expect_routes(&place.service, cases[k].want);
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
    hospital[B].su_beds = hospital[D].su_beds = 0;
    cr_assert_eq(make(&place, CENTRAL), SERVICE_OK);
    for (size_t a = 0; a < SMALL_AREAS; a++)
        cr_expect_eq(place.service.route[a].elsewhere, place.service.route[a].ambulance);
    service_fini(&place.service);

    hospital[A].su_beds = hospital[C].su_beds = 0;
    cr_assert_eq(make(&place, CENTRAL), SERVICE_OK);
    for (size_t a = 0; a < SMALL_AREAS; a++)
        cr_expect_eq(place.service.route[a].own_su, NO_HOSPITAL);
    service_fini(&place.service);

    hospital[A].hasu_beds = hospital[C].hasu_beds = 0;
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
        {.95, .6, 12, 20, 148.3, NAN}, /* Ash, HASU with thrombectomy */
        {.7, 0, 31, 36, 148.3, NAN},   /* Birch */
        {.95, 0, 15, 20, 148.3, .3},   /* Cedar, HASU without */
        {.59, 0, 31, 36, 148.3, NAN},  {.59, 0, 31, 36, 148.3, NAN},
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
    static const double scan[2][STROKE_TYPES] = {{30, 15, 60, 30}, {17, 10, 40, 20}};
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
    place.design.configuration[CENTRAL].hospital[D].su_beds = BEDS_UNLIMITED;
    cr_assert_eq(make(&place, CENTRAL), SERVICE_OK);
    static const int hasu[SMALL_HOSPITALS] = {5, 0, 4, 0, 0};
    static const int su[SMALL_HOSPITALS] = {4, 2, 4, BEDS_UNLIMITED, 0};
    for (size_t h = 0; h < SMALL_HOSPITALS; h++) {
        cr_expect_eq(service_hasu_beds(&place.service, h), hasu[h]);
        cr_expect_eq(service_su_beds(&place.service, h), su[h]);
    }
    cr_expect(service_counts_beds(&place.service) && service_has_hasu(&place.service));
    service_fini(&place.service);

    small_design_write(&place.design, BOTH, P_BEDS_LIMITED, 0);
    cr_assert_eq(make(&place, CENTRAL), SERVICE_OK);
    for (size_t h = 0; h < SMALL_HOSPITALS; h++) {
        cr_expect_eq(service_hasu_beds(&place.service, h), hasu[h] ? BEDS_UNLIMITED : 0);
        cr_expect_eq(service_su_beds(&place.service, h), su[h] ? BEDS_UNLIMITED : 0);
    }
    cr_expect_not(service_counts_beds(&place.service));
    service_fini(&place.service);
    cr_assert_eq(make(&place, LOCAL), SERVICE_OK);
    cr_expect_not(service_has_hasu(&place.service));
    service_fini(&place.service);
    design_fini(&place.design);
}
