#include "scenarios/sweep/sweep_manifest.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "scenarios/write/json_writer.h"
#include "scenarios/write/manifest_parts.h"
#include "scenarios/write/path.h"
#include "scenarios/write/sha256.h"

static bool put_file(struct json_writer *json, const char *name, const char *path,
                     struct write_fault *fault)
{
    char hex[SHA256_HEX_SIZE];
    if (!sha256_file(path, hex, fault))
        return false;
    json_writer_text_at(json, "file", name);
    json_writer_text_at(json, "sha256", hex);
    return true;
}

static void put_run(struct json_writer *json, const struct sweep *sweep,
                    const struct sweep_about *about)
{
    const struct scenario_options *options = sweep->scenario_options;
    json_writer_text_at(json, "scenario", sweep->scenario->name);
    json_writer_text_at(json, "variant", options->variant);
    json_writer_key(json, "set");
    json_writer_begin_array(json);
    for (size_t i = 0; i < options->sets; i++)
        json_writer_text(json, options->set[i]);
    json_writer_end_array(json);
    json_writer_unsigned_at(json, "seed", sweep->scenario->design.seed);
    json_writer_number_at(json, "years", sweep->scenario->design.years);
    json_writer_key(json, "replications_asked");
    if (sweep->plan->replications > 0) {
        json_writer_unsigned(json, sweep->plan->replications);
    } else {
        json_writer_text(json, "by precision");
        json_writer_text_at(json, "precision_metric",
                            metric_info(sweep->plan->precision_metric)->name);
        json_writer_number_at(json, "precision_half_width", sweep->plan->precision_half_width);
    }
    json_writer_number_at(json, "warm_up_days", sweep->warm_up_days);
    json_writer_unsigned_at(json, "points", sweep->points);
    if (about->shards > 1) {
        json_writer_unsigned_at(json, "shard", about->shard);
        json_writer_unsigned_at(json, "shards", about->shards);
    }
}

static void put_names(struct json_writer *json, const struct sweep *sweep)
{
    json_writer_key(json, "configurations");
    json_writer_begin_array(json);
    for (size_t a = 0; a < sweep->configurations; a++)
        json_writer_text(json, sweep->scenario->design.configuration[sweep->configuration[a]].name);
    json_writer_end_array(json);
}

/* What the analysis needs to know of the design. */
static bool put_design(struct json_writer *json, const struct sweep *sweep,
                       struct write_fault *fault)
{
    const struct sweep_plan *plan = sweep->plan;
    struct sampling_plan sampling = plan_sampling(plan, sweep->scenario->design.seed);
    char *path = path_trim(plan->path);
    bool good = path != NULL;
    json_writer_key(json, "design");
    json_writer_begin_object(json);
    good = good && put_file(json, path_name(path), plan->path, fault);
    if (good && plan->list_path != NULL) {
        json_writer_key(json, "list");
        json_writer_begin_object(json);
        good = put_file(json, plan->list_name, plan->list_path, fault);
        json_writer_end_object(json);
    }
    free(path);
    json_writer_text_at(json, "kind", sampling_kind_name(plan->kind));
    json_writer_unsigned_at(json, "size", plan->size);
    json_writer_unsigned_at(json, "morris_levels", plan->morris_levels);
    json_writer_unsigned_at(json, "seed", sampling.seed);
    json_writer_text_at(json, "analyse", plan->of);
    json_writer_key(json, "factors");
    json_writer_begin_array(json);
    for (size_t f = 0; f < plan->factors; f++)
        json_writer_text(json, plan->factor[f].key);
    json_writer_end_array(json);
    json_writer_key(json, "metrics");
    json_writer_begin_array(json);
    for (size_t m = 0; m < plan->metrics; m++)
        json_writer_text(json, metric_info(plan->metric[m])->name);
    json_writer_end_array(json);
    json_writer_key(json, "thresholds_gbp");
    json_writer_begin_array(json);
    for (size_t t = 0; plan->kind == SAMPLING_PSA && t < plan->thresholds; t++)
        json_writer_number(json, plan->threshold_gbp[t]);
    json_writer_end_array(json);
    json_writer_end_object(json);
    return good;
}

static bool put_all(struct json_writer *json, const struct sweep *sweep,
                    const struct sweep_about *about, bool complete, struct write_fault *fault)
{
    manifest_begin(json, about->version, about->command);
    json_writer_text_at(json, "status", complete ? "complete" : "partial");
    put_run(json, sweep, about);
    put_names(json, sweep);
    return put_design(json, sweep, fault) &&
           manifest_end(json, sweep->scenario, about->start, time(NULL), fault);
}

bool sweep_manifest_write(const char *folder, const struct sweep *sweep,
                          const struct sweep_about *about, bool complete, struct write_fault *fault)
{
    char *path = path_join(folder, "manifest.json"), *fresh = path_join(folder, "manifest.new");
    struct json_writer *json = NULL;
    bool good = path != NULL && fresh != NULL;
    if (!good)
        write_fault_set(fault, 0, "out of memory");
    good = good && (json = json_writer_open(fresh, fault)) != NULL &&
           manifest_close(json, put_all(json, sweep, about, complete, fault), fault);
    if (good && rename(fresh, path) != 0)
        good = write_fault_set(fault, errno, "cannot write %s", path);
    if (good)
        path_sync_folder(folder);
    else if (fresh != NULL)
        remove(fresh);
    free(path);
    free(fresh);
    return good;
}
