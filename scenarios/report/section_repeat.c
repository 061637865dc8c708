/* How somebody else gets the same figures. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "scenarios/report/page.h"

bool section_repeat_applies(const struct page *page)
{
    return page->results->manifest != NULL;
}

static void put_fact(struct page *page, const char *name, const char *value)
{
    if (value[0] != '\0')
        html_put(page->html, "<tr><th scope=\"row\">%s</th><td>%s</td></tr>\n", name, value);
}

static void put_manifest_fact(struct page *page, const char *name, const char *key)
{
    put_fact(page, name, results_manifest_text(page->results, key));
}

/* --- the run ---------------------------------------------------------------------------------- */

static void put_replications(struct page *page)
{
    const char *asked = results_manifest_text(page->results, "replications_asked");
    const char *run = results_manifest_text(page->results, "replications");
    char words[160];
    bool by_precision = strcmp(asked, "by precision") == 0;
    if (run[0] == '\0') /* a sweep: each point has its own */
        snprintf(words, sizeof words, "%.20s%s", asked, by_precision ? "" : " at each point");
    else if (by_precision)
        snprintf(words, sizeof words, "%.20s, until the result was precise enough", run);
    else if (strcmp(asked, run) != 0)
        snprintf(words, sizeof words, "%.20s of the %.20s asked for", run, asked);
    else
        snprintf(words, sizeof words, "%.20s", run);
    put_fact(page, "Replications (repeats with other chance)", words);
}

static void put_warm_up(struct page *page)
{
    double days = results_manifest_number(page->results, "warm_up_days");
    const char *by = results_manifest_text(page->results, "warm_up_by");
    char words[160];
    if (isnan(days))
        return;
    snprintf(words, sizeof words, "%s days%s%.60s", figure_count(days).text,
             by[0] == '\0' ? "" : ", found by ", by);
    put_fact(page, "Warm-up before anything is counted", words);
}

static void put_years(struct page *page)
{
    double years = results_manifest_number(page->results, "years");
    char words[60];
    if (isnan(years))
        return;
    snprintf(words, sizeof words, "%.6g year%s", years, years == 1 ? "" : "s");
    put_fact(page, "Time simulated in each replication", words);
}

static void put_when(struct page *page)
{
    const char *start = results_manifest_text(page->results, "start");
    const char *end = results_manifest_text(page->results, "end");
    char words[80];
    snprintf(words, sizeof words, "%.30s to %.30s", start, end);
    if (start[0] != '\0')
        put_fact(page, "When (universal time)", words);
}

static void put_run(struct page *page)
{
    bool complete = strcmp(page->results->status, "complete") == 0;
    html_put(page->html, "<table class=\"facts\"><caption>The run</caption><tbody>\n");
    put_fact(page, "Program", "strokesim");
    put_fact(page, "Version", page->results->version);
    put_fact(page, "Scenario", page->results->scenario);
    put_manifest_fact(page, "Variant", "variant");
    put_manifest_fact(page, "Seed of the random numbers", "seed");
    put_manifest_fact(page, "Points of the design", "points");
    put_replications(page);
    put_manifest_fact(page, "Draws of the evidence", "evidence_draws");
    put_years(page);
    put_warm_up(page);
    put_fact(page, "Finished",
             complete ? "yes, complete" : "no: stopped before its end, these are partial results");
    put_when(page);
    put_manifest_fact(page, "Machine", "architecture");
    put_manifest_fact(page, "C library (its mathematics)", "c_library");
    html_put(page->html, "</tbody></table>\n");
}

/* --- the inputs ------------------------------------------------------------------------------- */

/* Short on the screen, whole for whoever compares. */
static void put_input(struct page *page, const struct yaml_node *input)
{
    const struct yaml_node *file = yaml_find(input, "file"), *hash = yaml_find(input, "sha256");
    if (!yaml_is_scalar(file) || !yaml_is_scalar(hash))
        return;
    char brief[13];
    snprintf(brief, sizeof brief, "%.12s", yaml_text(hash));
    html_put(page->html,
             "<tr><th scope=\"row\">%s</th><td><code title=\"%s\">%s</code>"
             "<code class=\"whole\">%s</code></td></tr>\n",
             yaml_text(file), yaml_text(hash), brief, yaml_text(hash));
}

static void put_inputs(struct page *page)
{
    const struct yaml_node *root = yaml_tree_root(page->results->manifest);
    const struct yaml_node *inputs = yaml_find(root, "inputs"), *design = yaml_find(root, "design");
    if (yaml_count(inputs) == 0)
        return;
    html_put(page->html,
             "<details class=\"prints\"><summary>The files that went in, with their fingerprints "
             "(SHA-256)</summary>\n<table class=\"facts\"><thead><tr><th scope=\"col\">File</th>"
             "<th scope=\"col\">Fingerprint</th></tr></thead><tbody>\n");
    for (size_t i = 0; i < yaml_count(inputs); i++)
        put_input(page, yaml_item(inputs, i));
    put_input(page, design);
    put_input(page, yaml_find(design, "list"));
    html_put(page->html, "</tbody></table></details>\n");
}

void section_repeat(struct page *page)
{
    html_put(page->html,
             "<p>With the same version, the same files and this command, anybody gets the same "
             "figures:</p>\n<pre class=\"command\" tabindex=\"0\">%s</pre>\n",
             page->results->command);
    put_run(page);
    put_inputs(page);
    html_put(page->html,
             "<p>On a machine of the same kind with the same C library the result files are the "
             "same to the last byte, however many threads work on them. Elsewhere the last digits "
             "may differ, because mathematics libraries round differently; patients, hospitals and "
             "conclusions do not. A file with another fingerprint is another input. The manifest "
             "(manifest.json) beside this report has all of this for a computer to read.</p>\n");
}
