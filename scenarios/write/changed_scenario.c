#include "scenarios/write/changed_scenario.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "scenarios/read/number.h"
#include "scenarios/read/scenario_loader.h"
#include "scenarios/read/text_file.h"
#include "scenarios/write/hospitals_table.h"
#include "scenarios/write/out_file.h"
#include "scenarios/write/path.h"

static const char yaml_name[] = "scenario.yaml";

/* What is being written. */
struct saving {
    const struct output_folder *folder;
    const struct scenario *scenario;
    const struct change *change;
    struct write_fault *fault;
    char **name; /* of each input in the folder; the first is scenario.yaml */
    char *table; /* the new configuration's hospitals file; NULL: changes by name say it */
};

/* --- the other files -------------------------------------------------------------------------- */

static bool is_outside(const char *name)
{
    return name[0] == '/' || strcmp(name, "..") == 0 || strncmp(name, "../", 3) == 0 ||
           strstr(name, "/../") != NULL;
}

static bool is_taken(const struct saving *saving, size_t inputs, const char *name)
{
    if (strcmp(name, yaml_name) == 0)
        return true;
    for (size_t i = 0; i < saving->scenario->inputs; i++) {
        const char *own = saving->scenario->input[i].name;
        if ((i < inputs && strcmp(saving->name[i], name) == 0) ||
            (!is_outside(own) && strcmp(own, name) == 0))
            return true;
    }
    return false;
}

/* As the scenario calls it; from outside by its bare name, with a number before it if that is
 * taken. */
static bool name_inputs(struct saving *saving)
{
    const struct scenario *scenario = saving->scenario;
    for (size_t i = 0; i < scenario->inputs; i++) {
        const char *own = i == 0 ? yaml_name : scenario->input[i].name;
        char bare[300];
        snprintf(bare, sizeof bare, "%.250s", path_name(own));
        for (unsigned n = 2; is_outside(own) && is_taken(saving, i, bare); n++)
            snprintf(bare, sizeof bare, "%u-%.250s", n, path_name(own));
        saving->name[i] = strdup(is_outside(own) ? bare : own);
        if (saving->name[i] == NULL)
            return write_fault_set(saving->fault, 0, "out of memory");
    }
    return true;
}

/* Opens a file in the folder, with the folders that its name asks for. */
static struct out_file *open_file(const struct saving *saving, const char *name)
{
    char *path = output_folder_file(saving->folder, name), *made = NULL;
    char *parent = path == NULL ? NULL : path_parent(path);
    struct out_file *file = NULL;
    if (parent == NULL)
        write_fault_set(saving->fault, 0, "out of memory");
    else if (path_make_folders(parent, &made, saving->fault))
        file = out_file_open(path, saving->fault);
    free(made);
    free(parent);
    free(path);
    return file;
}

/* The bytes of an input, which was readable a moment ago; NULL and the fault. */
static char *read_input(const struct saving *saving, size_t i, size_t *length)
{
    enum { LARGEST = 1 << 30 };
    struct diagnosis *diagnosis = diagnosis_new();
    char *text = NULL;
    if (diagnosis != NULL)
        text = text_file_read(saving->scenario->input[i].path, NULL, LARGEST, diagnosis, length);
    if (text == NULL)
        write_fault_set(saving->fault, 0, "cannot read %s again", saving->scenario->input[i].path);
    diagnosis_free(diagnosis);
    return text;
}

static bool copy_input(const struct saving *saving, size_t i)
{
    size_t length;
    char *text = read_input(saving, i, &length);
    struct out_file *file = text == NULL ? NULL : open_file(saving, saving->name[i]);
    if (file != NULL)
        out_file_put(file, text, length);
    free(text);
    return file != NULL && out_file_close(file, saving->fault);
}

/* --- the new configuration -------------------------------------------------------------------- */

/* In double quotes, which take every character. */
static void put_quoted(struct out_file *file, const char *text)
{
    out_file_text(file, "\"");
    for (; *text != '\0'; text++) {
        if (*text == '"' || *text == '\\')
            out_file_text(file, "\\");
        out_file_put(file, text, 1);
    }
    out_file_text(file, "\"");
}

static void put_beds(struct out_file *file, enum bed_kind kind, int beds)
{
    out_file_print(file, "%s_beds: ", bed_kind_name(kind));
    if (beds == BEDS_UNLIMITED)
        out_file_text(file, "unlimited");
    else
        out_file_print(file, "%d", beds);
}

static bool same(double a, double b)
{
    return a == b || (isnan(a) && isnan(b));
}

/* As short as reads back as the same number. */
static void put_number(struct out_file *file, double value)
{
    char text[NUMBER_TEXT_SIZE];
    number_format_shortest(value, text);
    out_file_text(file, text);
}

/* One hospital's changes, from a month on. */
static void put_hospital(struct out_file *file, const char *name, const struct hospital *from,
                         const struct hospital *to, int month)
{
    const char *separator = "";
    char roles[ROLES_TEXT];
    put_quoted(file, name);
    out_file_text(file, ": {");
    if (from->roles != to->roles) {
        out_file_print(file, "role: %s", hospital_roles_text(to->roles, roles));
        separator = ", ";
    }
    for (enum bed_kind kind = 0; kind < BED_KINDS; kind++)
        if (from->beds[kind] != to->beds[kind]) {
            out_file_text(file, separator);
            put_beds(file, kind, to->beds[kind]);
            separator = ", ";
        }
    for (size_t which = 0; which < UNIT_PARAMETERS; which++)
        if (!same(from->own[which], to->own[which])) {
            out_file_print(file, "%s%s: ", separator, hospital_fields()[which]);
            if (isnan(to->own[which]))
                out_file_text(file, "~");
            else
                put_number(file, to->own[which]);
            separator = ", ";
        }
    if (month > 1)
        out_file_print(file, "%sfrom_month: %d", separator, month);
    out_file_text(file, "}\n");
}

static const struct configuration *started(const struct saving *saving)
{
    return &saving->scenario->design.configuration[saving->change->from];
}

static const struct configuration *changed(const struct saving *saving)
{
    return &saving->scenario->design.configuration[saving->change->to];
}

/* A hospital as it is before a phase. */
static const struct hospital *before_phase(const struct saving *saving, size_t phase, size_t h)
{
    return phase == 0 ? &started(saving)->hospital[h]
                      : &configuration_phase(changed(saving), phase - 1)[h];
}

/* Whether a hospital changes with a phase. */
static bool changes_in(const struct saving *saving, size_t phase, size_t h)
{
    const struct hospital *now = &configuration_phase(changed(saving), phase)[h];
    return memcmp(before_phase(saving, phase, h), now, sizeof *now) != 0;
}

/* Whether a hospital changes twice, which changes by name, one a hospital, cannot say. */
static bool needs_table(const struct saving *saving)
{
    bool needs = false;
    for (size_t h = 0; h < changed(saving)->hospitals; h++) {
        size_t changes = 0;
        for (size_t phase = 0; phase <= changed(saving)->laters; phase++)
            changes += changes_in(saving, phase, h);
        needs = needs || changes > 1;
    }
    return needs;
}

static void put_hospitals(struct out_file *file, const struct saving *saving, int indent)
{
    const struct configuration *to = changed(saving);
    bool any = false;
    if (saving->table != NULL) {
        out_file_print(file, "%*s  hospitals: %s\n", indent, "", saving->table);
        return;
    }
    for (size_t phase = 0; phase <= to->laters; phase++)
        for (size_t h = 0; h < to->hospitals; h++) {
            const struct hospital *now = &configuration_phase(to, phase)[h];
            if (!changes_in(saving, phase, h))
                continue;
            if (!any)
                out_file_print(file, "%*s  hospitals:\n", indent, "");
            out_file_print(file, "%*s    ", indent, "");
            put_hospital(file, saving->scenario->design.region.site[now->site].name,
                         before_phase(saving, phase, h), now,
                         phase == 0 ? 1 : to->later[phase - 1].month);
            any = true;
        }
}

/* NAME-hospitals.csv, with a number before it if that is taken. */
static bool write_table(struct saving *saving)
{
    const struct region *region = &saving->scenario->design.region;
    char name[300];
    if (!needs_table(saving))
        return true;
    snprintf(name, sizeof name, "%.200s-hospitals.csv", changed(saving)->name);
    for (unsigned n = 2; is_taken(saving, saving->scenario->inputs, name); n++)
        snprintf(name, sizeof name, "%u-%.200s-hospitals.csv", n, changed(saving)->name);
    saving->table = strdup(name);
    char *path = output_folder_file(saving->folder, name);
    bool written = saving->table != NULL && path != NULL
                       ? hospitals_table_write(path, region, changed(saving), saving->fault)
                       : write_fault_set(saving->fault, 0, "out of memory");
    free(path);
    return written;
}

static void put_parameters(struct out_file *file, const struct configuration *from,
                           const struct configuration *to, int indent)
{
    bool any = false;
    for (enum parameter_id id = 0; id < PARAMETER_COUNT; id++) {
        if (!to->set_by_hand[id] || from->set_by_hand[id] || id == P_POLICY_NAME)
            continue;
        if (!any)
            out_file_print(file, "%*s  parameters:\n", indent, "");
        out_file_print(file, "%*s    %s: ", indent, "", parameter_info(id)->key);
        put_number(file, to->parameters.value[id]);
        out_file_text(file, "\n");
        any = true;
    }
}

static void put_configuration(struct out_file *file, const struct saving *saving, int indent)
{
    const struct configuration *from = started(saving), *to = changed(saving);
    out_file_print(file, "\n%*s- name: %s\n%*s  title: ", indent, "", to->name, indent, "");
    put_quoted(file, to->title);
    out_file_print(file, "\n%*s  from: ", indent, "");
    put_quoted(file, from->name);
    out_file_text(file, "\n");
    if (to->set_by_hand[P_POLICY_NAME])
        out_file_print(file, "%*s  policy: %s\n", indent, "",
                       policy_word((enum policy)to->parameters.value[P_POLICY_NAME]));
    put_hospitals(file, saving, indent);
    put_parameters(file, from, to, indent);
}

/* --- scenario.yaml ---------------------------------------------------------------------------- */

/* The start of a line, counted from 1. */
static const char *line_at(const char *text, size_t line)
{
    for (; line > 1; line--) {
        const char *end = strchr(text, '\n');
        if (end == NULL)
            return text + strlen(text);
        text = end + 1;
    }
    return text;
}

static bool says_something(const char *line)
{
    line += strspn(line, " \t\r");
    return *line != '\0' && *line != '\n' && *line != '#';
}

/* Where the list ends, before the comments of the next key; and its indentation. False: it is not
 * written as a line or more for each configuration. */
static bool find_end(const char *text, const struct yaml_node *root, size_t *end, int *indent)
{
    const struct yaml_node *list = yaml_find(root, "configurations");
    size_t first = yaml_place(yaml_item(list, 0)).line, next = 0;
    for (size_t i = 0; i < yaml_count(root); i++) {
        size_t line = yaml_place(yaml_key(root, i)).line;
        if (line > first && (next == 0 || line < next))
            next = line;
    }
    const char *item = line_at(text, first);
    const char *stop = next == 0 ? text + strlen(text) : line_at(text, next);
    *indent = (int)strspn(item, " ");
    if (item[*indent] != '-')
        return false;
    *end = (size_t)(item - text);
    for (const char *line = item; line < stop;) {
        const char *after = strchr(line, '\n');
        after = after == NULL ? line + strlen(line) : after + 1;
        if (says_something(line))
            *end = (size_t)(after - text);
        line = after;
    }
    return true;
}

static bool is_of_path(char c)
{
    return c != '\0' && strchr(" \t\r\n'\",{}[]#:", c) == NULL;
}

/* The bytes of a text with the names of files from outside changed for those in the folder. */
static void put_renamed(struct out_file *file, const struct saving *saving, const char *text,
                        size_t length)
{
    for (size_t at = 0; at < length;) {
        size_t named = 0, i = 1;
        bool begins = at == 0 || !is_of_path(text[at - 1]);
        for (; begins && i < saving->scenario->inputs; i++) {
            const char *name = saving->scenario->input[i].name;
            named = strlen(name);
            if (is_outside(name) && at + named <= length && memcmp(text + at, name, named) == 0 &&
                !is_of_path(text[at + named]))
                break;
        }
        if (begins && i < saving->scenario->inputs) {
            out_file_text(file, saving->name[i]);
            at += named;
        } else {
            out_file_put(file, text + at++, 1);
        }
    }
}

static bool put_yaml(const struct saving *saving, const char *text, const struct yaml_node *root)
{
    size_t end;
    int indent;
    if (!find_end(text, root, &end, &indent))
        return write_fault_set(saving->fault, 0,
                               "the configurations of scenario.yaml stand in one line; give each a "
                               "line of its own that begins with '- '");
    struct out_file *file = open_file(saving, yaml_name);
    if (file == NULL)
        return false;
    put_renamed(file, saving, text, end);
    if (end > 0 && text[end - 1] != '\n')
        out_file_text(file, "\n");
    put_configuration(file, saving, indent);
    put_renamed(file, saving, text + end, strlen(text) - end);
    return out_file_close(file, saving->fault);
}

static bool write_yaml(const struct saving *saving)
{
    size_t length;
    char *text = read_input(saving, 0, &length);
    struct diagnosis *diagnosis = diagnosis_new();
    struct yaml_tree *tree = NULL;
    if (text != NULL && diagnosis != NULL)
        tree = yaml_tree_read_text(text, length, NULL, diagnosis);
    bool written = tree != NULL && put_yaml(saving, text, yaml_tree_root(tree));
    if (tree == NULL && saving->fault->text[0] == '\0')
        write_fault_set(saving->fault, 0, "cannot read scenario.yaml again");
    yaml_tree_free(tree);
    diagnosis_free(diagnosis);
    free(text);
    return written;
}

/* --- what was written says the same ----------------------------------------------------------- */

static bool is_same_week(const struct hospital *x, const struct hospital *y, enum bed_kind kind)
{
    return x->beds[kind] == y->beds[kind] && x->by_weekday[kind] == y->by_weekday[kind] &&
           (!x->by_weekday[kind] ||
            memcmp(x->week_beds[kind], y->week_beds[kind], sizeof x->week_beds[kind]) == 0);
}

/* What is asked of thrombectomy says nothing of a hospital without it. */
static bool is_same_hospital(const struct hospital *x, const struct hospital *y)
{
    bool alike = x->site == y->site && x->roles == y->roles;
    size_t asked =
        (x->roles & ROLE_MT) != 0 ? (size_t)UNIT_PARAMETERS : (size_t)UNIT_MT_TREATED_IF_ELIGIBLE;
    for (enum bed_kind kind = 0; kind < BED_KINDS; kind++)
        alike = alike && is_same_week(x, y, kind);
    for (size_t which = 0; which < asked; which++)
        alike = alike && same(x->own[which], y->own[which]);
    return alike;
}

/* Sectors are told by who shares one. */
static bool is_same_phase(const struct hospital x[], const struct hospital y[], size_t hospitals)
{
    bool alike = true;
    for (size_t h = 0; alike && h < hospitals; h++) {
        alike = is_same_hospital(&x[h], &y[h]) &&
                (x[h].sector == NO_SECTOR) == (y[h].sector == NO_SECTOR);
        for (size_t i = 0; i < h; i++)
            alike = alike && (x[h].sector == x[i].sector) == (y[h].sector == y[i].sector);
    }
    return alike;
}

static bool is_same_configuration(const struct configuration *a, const struct configuration *b)
{
    bool alike = a->hospitals == b->hospitals && a->laters == b->laters;
    for (enum parameter_id id = 0; id < PARAMETER_COUNT; id++)
        alike = alike && same(a->parameters.value[id], b->parameters.value[id]);
    for (size_t phase = 0; alike && phase <= a->laters; phase++)
        alike = is_same_phase(configuration_phase(a, phase), configuration_phase(b, phase),
                              a->hospitals) &&
                (phase == 0 || a->later[phase - 1].from_day == b->later[phase - 1].from_day);
    return alike;
}

static bool check_written(const struct saving *saving, const struct scenario_options *options)
{
    struct diagnosis *diagnosis = diagnosis_new();
    if (diagnosis == NULL)
        return write_fault_set(saving->fault, 0, "out of memory");
    const struct design *design = &saving->scenario->design;
    struct scenario *again =
        scenario_read(output_folder_partial(saving->folder), options, diagnosis);
    bool alike = again != NULL && again->design.configurations == design->configurations;
    for (size_t i = 0; alike && i < 2; i++) {
        size_t c = i == 0 ? saving->change->from : saving->change->to;
        alike = is_same_configuration(&design->configuration[c], &again->design.configuration[c]);
    }
    scenario_free(again);
    diagnosis_free(diagnosis);
    return alike || write_fault_set(saving->fault, 0,
                                    "the change cannot be written into this scenario.yaml so that "
                                    "it reads the same");
}

/* --- all of it -------------------------------------------------------------------------------- */

bool changed_scenario_write(const struct output_folder *folder, const struct scenario *scenario,
                            const struct scenario_options *options, const struct change *change,
                            struct write_fault *fault)
{
    struct saving saving = {
        folder, scenario, change, fault, calloc(scenario->inputs + 1, sizeof *saving.name), NULL};
    if (saving.name == NULL)
        return write_fault_set(fault, 0, "out of memory");
    bool written = name_inputs(&saving);
    for (size_t i = 1; written && i < scenario->inputs; i++)
        written = copy_input(&saving, i);
    written =
        written && write_table(&saving) && write_yaml(&saving) && check_written(&saving, options);
    for (size_t i = 0; i < scenario->inputs; i++)
        free(saving.name[i]);
    free(saving.name);
    free(saving.table);
    return written;
}

bool changed_scenario_solves_anew(const struct scenario *scenario, const struct change *change)
{
    const struct design *design = &scenario->design;
    const struct configuration *to = &design->configuration[change->to];
    bool hasu_before = false, hasu = false, own_rate = false;
    for (size_t c = 0; c < design->configurations; c++)
        for (size_t h = 0; c != change->to && h < design->configuration[c].hospitals; h++)
            hasu_before = hasu_before || hospital_is_hasu(&design->configuration[c].hospital[h]);
    for (size_t phase = 0; phase <= to->laters; phase++)
        for (size_t h = 0; h < to->hospitals; h++) {
            const struct hospital *hospital = &configuration_phase(to, phase)[h];
            hasu = hasu || hospital_is_hasu(hospital);
            for (enum unit_parameter which = UNIT_THROMBOLYSIS_RATE;
                 which <= UNIT_THROMBOLYSIS_RATE_LVO; which++)
                own_rate = own_rate || !isnan(hospital->own[which]);
        }
    return own_rate || (hasu && !hasu_before);
}
