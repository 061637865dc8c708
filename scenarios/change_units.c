/* The roles of hospitals, as the command line closes, opens and sets them. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "scenarios/change_inside.h"
#include "scenarios/read/name.h"
#include "scenarios/read/suggest.h"
#include "scenarios/read/value.h"

const char *change_option(enum change_kind kind)
{
    static const char *const option[] = {
        [CHANGE_CLOSE] = "--close", [CHANGE_OPEN] = "--open", [CHANGE_ROLE] = "--role"};
    return option[kind];
}

/* --- which hospital --------------------------------------------------------------------------- */

/* By its whole name, in any letter case if nothing else; NAME_NOT_FOUND. */
static size_t find_whole(const struct changing *changing, const char *name)
{
    size_t alike = NAME_NOT_FOUND;
    for (size_t h = 0; h < changing->to->hospitals; h++) {
        if (strcmp(changing_name(changing, h), name) == 0)
            return h;
        if (strcasecmp(changing_name(changing, h), name) == 0)
            alike = h;
    }
    return alike;
}

static void report_several(const struct changing *changing, const char *name,
                           const struct place *place)
{
    enum { MOST = 4 };
    char list[400] = "";
    size_t count = 0, length = 0;
    for (size_t h = 0; h < changing->to->hospitals; h++)
        if (name_has_part(changing_name(changing, h), name) && count++ < MOST)
            length += (size_t)snprintf(list + length, sizeof list - length, "%s'%.80s'",
                                       count == 1 ? "" : ", ", changing_name(changing, h));
    diagnosis_error(changing->diagnosis, place, list, "%zu hospitals have '%.60s' in their names",
                    count, name);
}

/* The first words of a name, as many as another has. */
static char *first_words(const char *name, const char *as_many)
{
    size_t length = strcspn(name, " ");
    for (const char *at = as_many; *at; at++)
        if (*at == ' ' && name[length])
            length += 1 + strcspn(name + length + 1, " ");
    return strndup(name, length);
}

/* A short name is near to a name's beginning, not to the whole of it. */
static const char *nearest(const struct changing *changing, const char *name)
{
    char *start[MOST_SITES] = {0};
    const char *meant = NULL;
    size_t hospitals = changing->to->hospitals, found = 0;
    for (size_t h = 0; h < hospitals; h++)
        start[h] = first_words(changing_name(changing, h), name);
    meant = suggest_nearest(name, (const char *const *)start, hospitals);
    while (meant && start[found] != meant)
        found++;
    for (size_t h = 0; h < hospitals; h++)
        free(start[h]);
    return meant ? changing_name(changing, found) : NULL;
}

static void report_stranger(const struct changing *changing, const char *name,
                            const struct place *place)
{
    const char *names[MOST_SITES];
    char buffer[512];
    const char *remedy = NULL, *meant = nearest(changing, name);
    for (size_t h = 0; h < changing->to->hospitals; h++)
        names[h] = changing_name(changing, h);
    if (*name)
        remedy = meant
                     ? suggest_remedy(meant, &meant, 1, buffer, sizeof buffer)
                     : suggest_remedy(name, names, changing->to->hospitals, buffer, sizeof buffer);
    diagnosis_error(changing->diagnosis, place, remedy, "'%.60s' has no hospital '%.60s'",
                    changing->from->name, name);
}

size_t change_find(const struct changing *changing, const char *name, const struct place *place)
{
    size_t found = find_whole(changing, name), count = 0;
    if (found != NAME_NOT_FOUND)
        return found;
    for (size_t h = 0; *name && h < changing->to->hospitals; h++)
        if (name_has_part(changing_name(changing, h), name)) {
            found = h;
            count++;
        }
    if (count == 1)
        return found;
    if (count > 1)
        report_several(changing, name, place);
    else
        report_stranger(changing, name, place);
    return NAME_NOT_FOUND;
}

/* --- one request ------------------------------------------------------------------------------ */

/* The month of a request, or 0, which is reported. One after the run would be a change that is
 * never seen, and its answer misleading. */
static int read_month(const struct changing *changing, const char *text, const struct place *place)
{
    double years = changing->scenario->design.years;
    int64_t month;
    int date[3];
    if (!value_integer(text, 1, MOST_MONTHS, place, changing->diagnosis, &month))
        return 0;
    if (years <= 0 || loader_month_day(changing->loader, (int)month, date) < years * 365)
        return (int)month;
    diagnosis_error(changing->diagnosis, place, "run more years, or begin earlier",
                    "month %d begins after the run of %g year%s", (int)month, years,
                    years == 1 ? "" : "s");
    return 0;
}

/* False: out of memory. A unit that is called so as a whole is not parted. */
static bool part(const struct changing *changing, const struct change_request *request,
                 struct parted *parted)
{
    const struct place place = {.file = change_option(request->kind), .key = request->text};
    *parted = (struct parted){.request = request, .unit = strdup(request->text), .month = 1};
    if (parted->unit == NULL)
        return false;
    if (request->kind != CHANGE_ROLE && find_whole(changing, parted->unit) != NAME_NOT_FOUND)
        return true;
    char *month = strrchr(parted->unit, '@');
    if (month != NULL) {
        *month = '\0';
        parted->month = read_month(changing, month + 1, &place);
    }
    char *separator = strrchr(parted->unit, request->kind == CHANGE_ROLE ? '=' : ':');
    if (separator != NULL) {
        *separator = '\0';
        parted->role = separator + 1;
    }
    return true;
}

void change_part(struct changing *changing)
{
    changing->parted = calloc(changing->options->requests + 1, sizeof *changing->parted);
    bool parted = changing->parted != NULL;
    for (size_t r = 0; parted && r < changing->options->requests; r++)
        parted = part(changing, &changing->options->request[r], &changing->parted[r]);
    if (!parted)
        diagnosis_out_of_memory(changing->diagnosis);
}

void change_unpart(struct changing *changing)
{
    for (size_t r = 0; changing->parted != NULL && r < changing->options->requests; r++)
        free(changing->parted[r].unit);
    free(changing->parted);
    changing->parted = NULL;
}

static bool read_roles(const struct changing *changing, const char *text, const struct place *place,
                       unsigned *roles)
{
    struct hospital read = {0};
    bool good = hospital_set(&read, "role", text, place, changing->diagnosis);
    *roles = read.roles;
    return good;
}

static void close_unit(struct changing *changing, struct hospital *hospital, const char *role,
                       const struct place *place)
{
    unsigned closing = hospital->roles;
    char text[ROLES_TEXT];
    if (role != NULL && !read_roles(changing, role, place, &closing))
        return;
    if (hospital->roles == 0)
        diagnosis_error(changing->diagnosis, place, "it has no role in this configuration",
                        "there is nothing to close");
    else if (closing == 0 || (closing & ~hospital->roles) != 0)
        diagnosis_error(changing->diagnosis, place, "a role that it has",
                        "it has no role '%.30s'; it is %s", role,
                        hospital_roles_text(hospital->roles, text));
    else
        hospital->roles &= ~closing;
}

/* What it is in another configuration of the scenario, the first that has it open; 0: in none. */
static unsigned roles_elsewhere(const struct changing *changing, size_t site)
{
    const struct design *design = &changing->scenario->design;
    for (size_t c = 0; c < design->configurations; c++)
        for (size_t h = 0; h < design->configuration[c].hospitals; h++) {
            const struct hospital *hospital = &design->configuration[c].hospital[h];
            if (hospital->site == site && hospital->roles != 0)
                return hospital->roles;
        }
    return 0;
}

static void open_unit(struct changing *changing, struct hospital *hospital, const char *role,
                      const struct place *place)
{
    unsigned opening = 0;
    char text[ROLES_TEXT];
    if (role != NULL && !read_roles(changing, role, place, &opening))
        return;
    if (role == NULL && hospital->roles == 0)
        opening = roles_elsewhere(changing, hospital->site);
    if (role == NULL && opening == 0)
        diagnosis_error(changing->diagnosis, place, "name the role: UNIT:hasu, UNIT:stroke+mt",
                        hospital->roles == 0 ? "no other configuration says as what it opens (%s)"
                                             : "it is open already, as %s",
                        hospital_roles_text(hospital->roles, text));
    else if ((opening & ~hospital->roles) == 0)
        diagnosis_error(changing->diagnosis, place, "a role that it has not",
                        "there is nothing to open; it is %s",
                        hospital_roles_text(hospital->roles, text));
    else
        hospital->roles |= opening;
}

static void set_role(struct changing *changing, struct hospital *hospital, const char *role,
                     const struct place *place)
{
    unsigned roles;
    char text[ROLES_TEXT];
    if (!read_roles(changing, role, place, &roles))
        return;
    if (roles == hospital->roles)
        diagnosis_error(changing->diagnosis, place, "another role, or leave it out",
                        "it is %s already", hospital_roles_text(roles, text));
    hospital->roles = roles;
}

static void make_request(struct changing *changing, const struct parted *parted)
{
    const struct change_request *request = parted->request;
    const struct place place = {.file = change_option(request->kind), .key = request->text};
    if (request->kind == CHANGE_ROLE && parted->role == NULL) {
        diagnosis_error(changing->diagnosis, &place, "UNIT=ROLE", "there is no '='");
        return;
    }
    size_t h = change_find(changing, parted->unit, &place);
    if (h == NAME_NOT_FOUND)
        return;
    struct hospital *hospital = &changing->hospital[h];
    if (request->kind == CHANGE_CLOSE)
        close_unit(changing, hospital, parted->role, &place);
    else if (request->kind == CHANGE_OPEN)
        open_unit(changing, hospital, parted->role, &place);
    else
        set_role(changing, hospital, parted->role, &place);
}

void change_units(struct changing *changing)
{
    for (size_t r = 0; r < changing->options->requests; r++)
        if (changing->parted[r].month == changing->stage->month)
            make_request(changing, &changing->parted[r]);
}
