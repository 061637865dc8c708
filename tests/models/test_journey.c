#include <criterion/criterion.h>
#include <math.h>

#include "models/journey.h"
#include "tests/models/small_region.h"

struct road {
    struct design design;
    struct service service[2];
};

static void open_road(struct road *road)
{
    small_design(&road->design);
    small_design_write(&road->design, CENTRAL, P_POLICY_ELSEWHERE_SHARE, .15);
    for (size_t c = 0; c < 2; c++) {
        struct configuration *configuration = &road->design.configuration[c];
        cr_assert_eq(service_init(&road->service[c], &road->design.region, configuration->hospital,
                                  configuration->hospitals, &configuration->parameters,
                                  configuration->catchment),
                     SERVICE_OK);
    }
}

static void close_road(struct road *road)
{
    for (size_t c = 0; c < 2; c++)
        service_fini(&road->service[c]);
    design_fini(&road->design);
}

/* Whose stroke begins in a hospital is in the nearest: no ambulance, no way, and a transfer where
 * that hospital does not treat. */
Test(journey, from_within_a_hospital)
{
    struct road road;
    open_road(&road);
    int transfers = 0;
    for (uint32_t area = 0; area < SMALL_AREAS; area++)
        for (size_t c = 0; c < 2; c++)
            for (double added = 0; added <= 30; added += 30) {
                const struct service *service = &road.service[c];
                struct patient patient = {.area = area, .in_hospital = true, .elsewhere = 1};
                struct journey got = journey_plan(service, &patient, added);
                const struct route *route = &service->route[area];
                cr_assert(got.first == route->nearest && got.treating == route->ambulance);
                cr_expect(got.response_min == 0 && got.scene_min == 0 && got.travel_min == 0);
                double moved =
                    got.first == got.treating
                        ? 0
                        : 60 + added +
                              region_transfer_min(&road.design.region, got.first, got.treating);
                cr_expect(near(journey_to_door_min(&got), moved, 1e-12));
                transfers += got.first != got.treating;
            }
    cr_expect_gt(transfers, 0);
    close_road(&road);
}

/* The whole of a journey by hand, for every area, by ambulance or not, elsewhere or not. */
Test(journey, components)
{
    struct road road;
    open_road(&road);
    const struct region *region = &road.design.region;
    int transfers = 0, direct = 0;
    for (uint32_t area = 0; area < SMALL_AREAS; area++)
        for (int ambulance = 0; ambulance < 2; ambulance++)
            for (int elsewhere = 0; elsewhere < 2; elsewhere++)
                for (size_t c = 0; c < 2; c++)
                    for (double added = 0; added <= 30; added += 30) {
                        const struct service *service = &road.service[c];
                        struct patient patient = {.area = area,
                                                  .by_ambulance = ambulance,
                                                  .elsewhere = elsewhere ? .1499 : .15,
                                                  .response_z = 1,
                                                  .scene_z = -2};
                        struct journey got = journey_plan(service, &patient, added);
                        const struct route *route = &service->route[area];
                        uint32_t treating =
                            elsewhere && c == CENTRAL ? route->elsewhere : route->ambulance;
                        uint32_t first = ambulance ? treating : route->nearest;
                        cr_assert_eq(got.treating, treating);
                        cr_assert_eq(got.first, first);
                        double travel = region_minutes(region, area, first) + added;
                        double response = ambulance ? 8 * exp(.5) : 0;
                        double scene = ambulance ? 25 * exp(-2 * .51) : 0;
                        double wait = first == treating ? 0 : 60;
                        double way = first == treating
                                         ? 0
                                         : region_transfer_min(region, first, treating) + added;
                        cr_expect(near(got.response_min, response, 1e-12));
                        cr_expect(near(got.scene_min, scene, 1e-12));
                        cr_expect_eq(got.travel_min, travel);
                        cr_expect_eq(got.door_in_door_out_min, wait);
                        cr_expect_eq(got.transfer_min, way);
                        cr_expect(near(journey_to_door_min(&got),
                                       response + scene + travel + wait + way, 1e-12),
                                  "the parts add up");
                        transfers += first != treating;
                        direct += first == treating;
                    }
    cr_expect(transfers > 10 && direct > 10, "both ways occur: %d, %d", transfers, direct);
    close_road(&road);
}

/* Onset to arrival is the published figure at the reference journey, whatever it is there, and
 * later by the difference elsewhere; who published sooner than the way takes has called at onset.
 */
Test(journey, the_reference_arrives_as_published)
{
    struct road road;
    open_road(&road);
    for (uint32_t area = 0; area < SMALL_AREAS; area++)
        for (double published = 10; published < 600; published += 7) {
            struct patient patient = {.area = area,
                                      .by_ambulance = true,
                                      .elsewhere = .5,
                                      .response_z = .3,
                                      .onset_to_arrival_min = published};
            struct journey usual = journey_plan(&road.service[LOCAL], &patient, 0);
            struct journey way = journey_plan(&road.service[CENTRAL], &patient, 0);
            double usual_min = journey_to_door_min(&usual), way_min = journey_to_door_min(&way);
            double delay = journey_delay_to_call_min(&patient, usual_min);
            cr_assert(delay >= 0);
            cr_assert(near(delay + usual_min, fmax(published, usual_min), 1e-12));
            if (published >= usual_min)
                cr_assert(near(delay + way_min, published + (way_min - usual_min), 1e-12));
        }
    close_road(&road);
}
