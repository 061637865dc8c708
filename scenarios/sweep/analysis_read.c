#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "scenarios/read/number.h"
#include "scenarios/read/row_reader.h"
#include "scenarios/read/yaml_tree.h"
#include "scenarios/sweep/analysis_inside.h"
#include "scenarios/sweep/sweep_manifest.h"
#include "scenarios/write/path.h"

/* --- the manifest ----------------------------------------------------------------------------- */

/* The texts of a sequence. */
static const char **texts_of(const struct yaml_node *list, size_t *count)
{
    const char **text = calloc(yaml_count(list) + 1, sizeof *text);
    *count = 0;
    for (size_t i = 0; text != NULL && i < yaml_count(list); i++)
        if (yaml_is_scalar(yaml_item(list, i)))
            text[(*count)++] = yaml_text(yaml_item(list, i));
    return text;
}

static bool read_thresholds(struct analysis *analysis, const struct yaml_node *list)
{
    analysis->threshold_gbp = calloc(yaml_count(list) + 1, sizeof(double));
    for (size_t i = 0; analysis->threshold_gbp != NULL && i < yaml_count(list); i++)
        if (number_parse(yaml_text(yaml_item(list, i)),
                         &analysis->threshold_gbp[analysis->thresholds]))
            analysis->thresholds++;
    return analysis->threshold_gbp != NULL;
}

static void read_metrics(struct analysis *analysis, const struct yaml_node *list)
{
    for (size_t i = 0; i < yaml_count(list) && analysis->metrics < METRIC_COUNT; i++) {
        int metric = metric_find(yaml_text(yaml_item(list, i)));
        if (metric >= 0)
            analysis->metric[analysis->metrics++] = (enum metric)metric;
    }
}

static bool make_sampling(struct analysis *analysis, const struct yaml_node *design)
{
    bool placed = analysis->kind != SAMPLING_PSA;
    struct sampling_plan plan = {.kind = analysis->kind,
                                 .factors = placed ? analysis->factors : 0,
                                 .size = sweep_manifest_number(design, "size"),
                                 .morris_levels =
                                     (unsigned)sweep_manifest_number(design, "morris_levels"),
                                 .seed = analysis->seed};
    return sampling_new(&analysis->sampling, &plan) == SAMPLING_OK &&
           sampling_points(analysis->sampling) == analysis->points;
}

static bool take_manifest(struct analysis *analysis)
{
    const struct yaml_node *root = yaml_tree_root(analysis->manifest);
    const struct yaml_node *design = yaml_find(root, "design");
    const char *kind = yaml_text_at(design, "kind"), *of = yaml_text_at(design, "analyse");
    enum sampling_kind k = 0;
    while (k < SAMPLING_KINDS && strcmp(kind, sampling_kind_name(k)) != 0)
        k++;
    if (k == SAMPLING_KINDS)
        return false;
    analysis->kind = k;
    analysis->wanted = k == SAMPLING_OAT || k == SAMPLING_MORRIS || k == SAMPLING_SOBOL_INDICES ||
                       k == SAMPLING_PSA;
    analysis->points = sweep_manifest_number(root, "points");
    analysis->seed = sweep_manifest_number(design, "seed");
    analysis->factor = texts_of(yaml_find(design, "factors"), &analysis->factors);
    analysis->option = texts_of(yaml_find(root, "configurations"), &analysis->options);
    read_metrics(analysis, yaml_find(design, "metrics"));
    if (analysis->factor == NULL || analysis->option == NULL || analysis->options == 0 ||
        !read_thresholds(analysis, yaml_find(design, "thresholds_gbp")))
        return false;
    analysis->of = analysis->options - 1;
    for (size_t a = 0; a < analysis->options; a++)
        if (strcmp(of, analysis->option[a]) == 0)
            analysis->of = a;
    return !analysis->wanted || make_sampling(analysis, design);
}

bool analysis_read(struct analysis *analysis, struct write_fault *fault)
{
    struct diagnosis *diagnosis = diagnosis_new();
    char *path = path_join(analysis->folder, "manifest.json");
    if (diagnosis != NULL && path != NULL)
        analysis->manifest = yaml_tree_read_file(path, NULL, diagnosis);
    bool good = analysis->manifest != NULL && take_manifest(analysis);
    if (!good)
        write_fault_set(fault, 0, "%s is not the manifest of a sweep",
                        path != NULL ? path : "manifest.json");
    diagnosis_free(diagnosis);
    free(path);
    return good;
}

/* --- the figures ------------------------------------------------------------------------------ */

struct columns {
    size_t point, configuration, metric, mean, sd, replications;
    bool found;
};

struct taking {
    struct analysis *analysis;
    struct columns column;
};

static size_t place_of(const char *name, const char *const field[], size_t fields)
{
    for (size_t i = 0; i < fields; i++)
        if (strcmp(field[i], name) == 0)
            return i;
    return ROW_READER_MOST_FIELDS;
}

static bool take_header(struct columns *column, const char *const field[], size_t fields)
{
    *column = (struct columns){.point = place_of("point", field, fields),
                               .configuration = place_of("configuration", field, fields),
                               .metric = place_of("metric", field, fields),
                               .mean = place_of("mean", field, fields),
                               .sd = place_of("sd", field, fields),
                               .replications = place_of("replications", field, fields)};
    column->found = column->point < fields && column->configuration < fields &&
                    column->metric < fields && column->mean < fields && column->sd < fields &&
                    column->replications < fields;
    return column->found;
}

static double number_of(const char *text)
{
    double value;
    return number_parse(text, &value) ? value : NAN;
}

static size_t option_of(const struct analysis *analysis, const char *name)
{
    for (size_t a = 0; a < analysis->options; a++)
        if (strcmp(analysis->option[a], name) == 0)
            return a;
    return analysis->options;
}

static void take_benefit(struct analysis *analysis, uint64_t point, size_t option, int metric,
                         double mean, double se)
{
    size_t at = (point - 1) * analysis->options + option;
    if (metric == METRIC_QALYS_LIFETIME) {
        analysis->qalys[at] = mean;
        analysis->qalys_se[at] = se;
    } else if (metric == METRIC_COST_LIFETIME_GBP) {
        analysis->cost_gbp[at] = mean;
        analysis->cost_se[at] = se;
    }
}

static bool take_row(void *context, const char *const field[], size_t fields)
{
    struct taking *taking = context;
    struct analysis *analysis = taking->analysis;
    const struct columns *column = &taking->column;
    if (!column->found)
        return take_header(&taking->column, field, fields);
    uint64_t point = strtoull(field[column->point], NULL, 10);
    size_t option = option_of(analysis, field[column->configuration]);
    if (point == 0 || point > analysis->points || option == analysis->options)
        return false;
    int metric = metric_find(field[column->metric]);
    double mean = number_of(field[column->mean]);
    double se = number_of(field[column->sd]) / sqrt(number_of(field[column->replications]));
    if (analysis->qalys != NULL)
        take_benefit(analysis, point, option, metric, mean, se);
    for (size_t m = 0; option == analysis->of && m < analysis->metrics; m++)
        if ((int)analysis->metric[m] == metric) {
            analysis->y[m][point - 1] = mean;
            analysis->variance[m][point - 1] = se * se;
        }
    return true;
}

static double *row_of_nan(size_t n)
{
    double *row = calloc(n + 1, sizeof *row);
    for (size_t i = 0; row != NULL && i < n; i++)
        row[i] = NAN;
    return row;
}

static bool make_room(struct analysis *analysis)
{
    bool good = true;
    for (size_t m = 0; m < analysis->metrics; m++) {
        analysis->y[m] = row_of_nan(analysis->points);
        analysis->variance[m] = row_of_nan(analysis->points);
        good = good && analysis->y[m] != NULL && analysis->variance[m] != NULL;
    }
    if (analysis->kind != SAMPLING_PSA)
        return good;
    double **benefit[] = {&analysis->qalys, &analysis->cost_gbp, &analysis->qalys_se,
                          &analysis->cost_se};
    size_t cells = analysis->points * analysis->options;
    for (size_t b = 0; b < sizeof benefit / sizeof *benefit; b++) {
        *benefit[b] = row_of_nan(cells);
        for (uint64_t p = 0; *benefit[b] != NULL && p < analysis->points; p++)
            (*benefit[b])[p * analysis->options] = 0; /* the baseline's difference from itself */
        good = good && *benefit[b] != NULL;
    }
    return good;
}

bool analysis_read_figures(struct analysis *analysis, struct write_fault *fault)
{
    struct taking taking = {.analysis = analysis};
    const char *name = analysis->options > 1 ? "sweep_differences.csv" : "sweep.csv";
    char *path = path_join(analysis->folder, name);
    bool good = path != NULL && make_room(analysis);
    if (!good)
        write_fault_set(fault, 0, "out of memory");
    good = good && row_reader_file(path, take_row, &taking, fault);
    free(path);
    return good;
}

void analysis_fini(struct analysis *analysis)
{
    for (size_t m = 0; m < METRIC_COUNT; m++) {
        free(analysis->y[m]);
        free(analysis->variance[m]);
    }
    free(analysis->qalys);
    free(analysis->cost_gbp);
    free(analysis->qalys_se);
    free(analysis->cost_se);
    free(analysis->factor);
    free(analysis->option);
    free(analysis->threshold_gbp);
    sampling_free(analysis->sampling);
    yaml_tree_free(analysis->manifest);
}
