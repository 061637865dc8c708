#include "models/model.h"

#include <gsl/gsl_errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct model_basis {
    const struct model *central;
    struct case_mix *mix;        /* central, of the people */
    struct pilot_people *people; /* on whom levels are solved for */
};

static void drop_later(struct configuration *configuration)
{
    for (size_t p = 0; p < configuration->laters; p++) {
        free(configuration->later[p].written_hospital);
        free(configuration->later[p].hospital);
    }
    free(configuration->later);
    configuration->later = NULL;
    configuration->laters = 0;
}

void configuration_keep_first(struct configuration *configuration)
{
    drop_later(configuration);
    for (size_t h = 0; h < configuration->hospitals; h++)
        for (enum bed_kind kind = 0; kind < BED_KINDS; kind++)
            configuration->hospital[h].by_weekday[kind] =
                configuration->written_hospital[h].by_weekday[kind] = false;
}

void configuration_fini(struct configuration *configuration)
{
    free(configuration->name);
    free(configuration->title);
    free(configuration->written_hospital);
    free(configuration->hospital);
    free(configuration->catchment);
    drop_later(configuration);
}

void design_fini(struct design *design)
{
    for (size_t c = 0; c < design->configurations; c++)
        configuration_fini(&design->configuration[c]);
    free(design->configuration);
    for (size_t f = 0; f < design->fleets; f++)
        fleet_table_fini(&design->fleet[f]);
    free(design->fleet);
    free(design->growth.row);
    region_fini(&design->region);
    *design = (struct design){0};
}

bool design_prepare(struct design *design, size_t *configuration, enum parameter_id *which)
{
    gsl_set_error_handler_off(); /* GSL's default aborts; its results are checked instead */
    for (size_t c = 0; c < design->configurations; c++)
        if (!evidence_init(&design->configuration[c].evidence, design->configuration[c].spread,
                           which)) {
            *configuration = c;
            return false;
        }
    return true;
}

const char *model_status_text(enum model_status status)
{
    switch (status) {
    case MODEL_OK:
        return "ok";
    case MODEL_NO_MEMORY:
        return "out of memory";
    case MODEL_NO_PATIENTS:
        return "nobody falls ill: no strokes in any area, or weights that are all 0";
    case MODEL_DEMAND:
        return "demand grows to more than 64 times that of the areas file within the run";
    case MODEL_NO_UNIT:
        return "a policy finds no hospital to send strokes to";
    case MODEL_RATE_TOO_HIGH:
        return "a published thrombolysis rate is higher than the share of strokes in time";
    case MODEL_MORTALITY:
        return "no level of the outcome scale gives the stated 90-day mortality";
    }
    return "unknown";
}

void model_explain(const struct model *model, enum model_status status,
                   char text[MODEL_EXPLANATION])
{
    const struct impossible_rate *rate = &model->calibration.impossible;
    if (status != MODEL_RATE_TOO_HIGH) {
        snprintf(text, MODEL_EXPLANATION, "%s", model_status_text(status));
        return;
    }
    snprintf(text, MODEL_EXPLANATION,
             "%s: %g of %s strokes at %.60s, where at most %.3f of them are",
             model_status_text(status), rate->rate,
             rate->type == STROKE_TYPES ? "all" : stroke_type_name(rate->type),
             rate->site != SIZE_MAX    ? model->design->region.site[rate->site].name
             : rate->kind == KIND_HASU ? "HASUs"
                                       : "local units",
             rate->most);
}

static enum model_status status_of_service(enum service_problem problem)
{
    return problem == SERVICE_OK          ? MODEL_OK
           : problem == SERVICE_NO_MEMORY ? MODEL_NO_MEMORY
                                          : MODEL_NO_UNIT;
}

static enum model_status status_of_calibration(enum calibration_status status)
{
    switch (status) {
    case CALIBRATION_OK:
        return MODEL_OK;
    case CALIBRATION_NO_MEMORY:
        return MODEL_NO_MEMORY;
    case CALIBRATION_NO_WEEK:
        return MODEL_NO_PATIENTS;
    case CALIBRATION_RATE_TOO_HIGH:
        return MODEL_RATE_TOO_HIGH;
    case CALIBRATION_MORTALITY:
        return MODEL_MORTALITY;
    }
    return MODEL_NO_MEMORY;
}

/* What is set by hand is certain, and a row with such a cell is certain as a whole. */
static void keep_what_is_set(const struct configuration *configuration,
                             const struct parameters *central, struct parameters *drawn)
{
    for (enum parameter_id id = 0; id < PARAMETER_COUNT; id++) {
        enum parameter_id first = id;
        if (!configuration->set_by_hand[id])
            continue;
        size_t cells = parameter_is_row(id, &first) ? 6 : 1;
        memcpy(drawn->value + first, central->value + first, cells * sizeof *drawn->value);
    }
}

void design_draw(const struct design *design, size_t c, uint64_t draw, struct parameters *drawn)
{
    const struct configuration *configuration = &design->configuration[c];
    *drawn = configuration->parameters;
    if (draw == 0)
        return;
    struct stream stream = {design->seed, draw, DOMAIN_EVIDENCE};
    evidence_draw(&configuration->evidence, &stream, &configuration->parameters, drawn);
    keep_what_is_set(configuration, &configuration->parameters, drawn);
}

/* Of every configuration its parameters, as its files say and as it runs. */
struct both {
    struct parameters written, running;
};

/* Those of a draw. What configurations hold equally uncertain is the same luck, and drawn once.
 * NULL: out of memory. */
static struct both *draw_all(const struct design *design, uint64_t draw)
{
    struct both *both = calloc(design->configurations, sizeof *both);
    const struct stream stream = {design->seed, draw, DOMAIN_EVIDENCE};
    struct parameters first;
    const struct evidence_drawn known = {&design->configuration[0].evidence,
                                         &design->configuration[0].written, &first};
    for (size_t c = 0; both != NULL && c < design->configurations; c++) {
        const struct configuration *from = &design->configuration[c];
        both[c] = (struct both){from->written, from->parameters};
        if (draw == 0)
            continue;
        if (c == 0)
            evidence_draw(&from->evidence, &stream, &from->written, &first);
        evidence_draw_like(&from->evidence, &stream, &from->written, &known, &both[c].written);
        evidence_draw_like(&from->evidence, &stream, &from->parameters, &known, &both[c].running);
        keep_what_is_set(from, &from->written, &both[c].written);
        keep_what_is_set(from, &from->parameters, &both[c].running);
    }
    return both;
}

static void fini_services(struct service *service, size_t services)
{
    for (size_t s = 0; s < services; s++)
        service_fini(&service[s]);
    free(service);
}

static bool has_fleet(const struct design *design)
{
    for (size_t c = 0; c < design->configurations; c++)
        if (design->configuration[c].fleet != NULL)
            return true;
    return false;
}

/* A configuration's fleet. False: out of memory. */
static bool make_fleet(const struct design *design, size_t c, const struct case_mix *mix,
                       struct service *service)
{
    size_t *site = calloc(service->hospitals, sizeof *site);
    for (size_t h = 0; site != NULL && h < service->hospitals; h++)
        site[h] = service->hospital[h].site;
    const struct fleet_plan_source source = {
        .table = design->configuration[c].fleet,
        .region = &design->region,
        .mix = mix,
        .site = site,
        .hospitals = service->hospitals,
        .roads = &design->configuration[0].parameters, /* as the region's own minutes */
        .parameters = &service->parameters,
        .start_weekday = design->start_weekday,
    };
    if (site != NULL)
        service->fleet = fleet_plan_new(&source);
    for (struct service *phase = service->next; phase != NULL; phase = phase->next)
        phase->fleet = service->fleet;
    free(site);
    return service->fleet != NULL;
}

/* Fleets of the configurations that have one. */
static enum model_status make_fleets(const struct design *design, struct service *service)
{
    if (!has_fleet(design))
        return MODEL_OK;
    struct case_mix *mix = case_mix_new(&design->region, &service[0].parameters);
    enum model_status status = mix == NULL ? MODEL_NO_PATIENTS : MODEL_OK;
    for (size_t c = 0; status == MODEL_OK && c < design->configurations; c++)
        if (design->configuration[c].fleet != NULL && !make_fleet(design, c, mix, &service[c]))
            status = MODEL_NO_MEMORY;
    case_mix_free(mix);
    return status;
}

/* A configuration's service with all its phases. After any problem it needs no fini. */
static enum service_problem make_service(const struct design *design, size_t c,
                                         const struct parameters *parameters, bool written,
                                         struct service *service)
{
    const struct configuration *configuration = &design->configuration[c];
    enum service_problem problem =
        service_init(service, &design->region,
                     written ? configuration->written_hospital : configuration->hospital,
                     configuration->hospitals, parameters, configuration->catchment);
    if (problem != SERVICE_OK)
        return problem;
    service->start_weekday = design->start_weekday;
    for (size_t p = 0; problem == SERVICE_OK && p < configuration->laters; p++) {
        const struct later_phase *later = &configuration->later[p];
        problem = service_add_phase(service, written ? later->written_hospital : later->hospital,
                                    later->from_day, configuration->catchment);
    }
    if (problem != SERVICE_OK)
        service_fini(service);
    return problem;
}

static enum model_status make_services(const struct design *design, const struct both *both,
                                       bool written, struct service **services)
{
    struct service *service = calloc(design->configurations, sizeof *service);
    if (service == NULL)
        return MODEL_NO_MEMORY;
    for (size_t c = 0; c < design->configurations; c++) {
        enum service_problem problem = make_service(
            design, c, written ? &both[c].written : &both[c].running, written, &service[c]);
        if (problem != SERVICE_OK) {
            fini_services(service, c);
            return status_of_service(problem);
        }
    }
    enum model_status status = make_fleets(design, service);
    if (status == MODEL_OK)
        *services = service;
    else
        fini_services(service, design->configurations);
    return status;
}

/* Solves for the published levels on the scenario as its files say. */
static enum model_status calibrate(struct model *model, const struct both *both,
                                   const struct model_basis *basis)
{
    const struct design *design = model->design;
    struct case_mix *mix = case_mix_new(&design->region, &both[0].written);
    if (mix == NULL)
        return MODEL_NO_PATIENTS;
    struct service *written;
    enum model_status status = make_services(design, both, true, &written);
    if (status == MODEL_OK) {
        status = status_of_calibration(
            calibration_solve(&model->calibration, basis == NULL ? NULL : basis->people, mix,
                              written, model->service, design->configurations));
        fini_services(written, design->configurations);
    }
    case_mix_free(mix);
    return status;
}

/* A table of lives for every service; configurations on the same terms share one. */
static bool make_lifetimes(struct model *model, const struct model_basis *basis)
{
    size_t services = model->design->configurations;
    model->lifetime = calloc(services, sizeof *model->lifetime);
    if (model->lifetime == NULL)
        return false;
    for (size_t s = 0; s < services; s++) {
        struct service *service = &model->service[s];
        struct lifetime_terms terms;
        lifetime_terms_init(&terms, &service->parameters);
        for (size_t t = 0; t < s && service->lifetime == NULL; t++)
            if (memcmp(lifetime_table_terms(model->service[t].lifetime), &terms, sizeof terms) == 0)
                service->lifetime = model->service[t].lifetime;
        if (service->lifetime == NULL)
            service->lifetime = model->lifetime[s] = lifetime_table_like(
                basis == NULL ? NULL : basis->central->service[s].lifetime, &terms);
        if (service->lifetime == NULL)
            return false;
        for (struct service *phase = service->next; phase != NULL; phase = phase->next)
            phase->lifetime = service->lifetime;
    }
    return true;
}

static enum model_status make_demand(struct model *model)
{
    const struct design *design = model->design;
    const struct parameters *parameters = &model->service[0].parameters;
    model->mix = case_mix_new(&design->region, parameters);
    if (model->mix != NULL)
        model->demand = demand_new(model->mix, parameters, &design->growth, design->start_weekday);
    if (model->demand == NULL)
        return MODEL_NO_PATIENTS;
    return demand_most(model->demand, design->years) > DEMAND_MOST_LAYERS ? MODEL_DEMAND : MODEL_OK;
}

static enum model_status make_model(struct model *model, const struct both *both,
                                    const struct model_basis *basis)
{
    enum model_status status = make_services(model->design, both, false, &model->service);
    if (status != MODEL_OK)
        return status;
    status = make_lifetimes(model, basis) ? calibrate(model, both, basis) : MODEL_NO_MEMORY;
    return status == MODEL_OK ? make_demand(model) : status;
}

enum model_status model_init_on(struct model *model, const struct design *design, uint64_t draw,
                                const struct model_basis *basis)
{
    *model = (struct model){.design = design};
    struct both *both = draw_all(design, draw);
    enum model_status status = both == NULL ? MODEL_NO_MEMORY : make_model(model, both, basis);
    free(both);
    if (status != MODEL_OK)
        model_fini(model);
    return status;
}

enum model_status model_init(struct model *model, const struct design *design, uint64_t draw)
{
    return model_init_on(model, design, draw, NULL);
}

void model_fini(struct model *model)
{
    for (size_t s = 0; model->lifetime != NULL && s < model->design->configurations; s++)
        lifetime_table_free(model->lifetime[s]);
    free(model->lifetime);
    if (model->service != NULL)
        fini_services(model->service, model->design->configurations);
    demand_free(model->demand);
    case_mix_free(model->mix);
    model->service = NULL;
    model->lifetime = NULL;
    model->demand = NULL;
    model->mix = NULL;
}

struct model_basis *model_basis_new(const struct model *central)
{
    const struct design *design = central->design;
    const struct parameters *first = &design->configuration[0].written;
    struct week week;
    struct model_basis *basis = calloc(1, sizeof *basis);
    if (basis == NULL)
        return NULL;
    basis->central = central;
    basis->mix = case_mix_new(&design->region, first);
    if (basis->mix != NULL && week_init(&week, first->value, 0))
        basis->people = pilot_people_new(basis->mix, &week);
    if (basis->people == NULL) {
        model_basis_free(basis);
        return NULL;
    }
    return basis;
}

void model_basis_free(struct model_basis *basis)
{
    if (basis == NULL)
        return;
    pilot_people_free(basis->people);
    case_mix_free(basis->mix);
    free(basis);
}
