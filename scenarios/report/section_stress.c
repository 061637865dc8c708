/* The STRESS-DES checklist (Monks et al. 2019, Journal of Simulation 13:55), filled in from the
 * run: its items by name, and what can be said of each. What a program cannot know is left to the
 * author of the study, and says so. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "scenarios/report/page.h"

/* What the program says of an item: a text, or a function where it depends on the run; neither is
 * left to the author. `author` is what is up to the author, or may be added. */
struct item {
    const char *number, *name, *text;
    void (*say)(struct page *page);
    const char *author;
};

bool section_stress_applies(const struct page *page)
{
    return page->results->of == RESULTS_OF_RUN;
}

/* --- what depends on the run ------------------------------------------------------------------ */

static void say_outputs(struct page *page)
{
    const struct table *table = page->results->table[RESULTS_SUMMARY];
    double metrics = (double)table_row_count(table) / (double)page->results->configurations;
    html_put(page->html,
             "%s figures of each configuration (summary.csv), from deaths and disability at 90 "
             "days to bed-days and cost. Means over replications, with 95%% intervals; deaths and "
             "disability are expected values given each patient's way through the service.",
             figure_count(metrics).text);
    if (page->results->configurations > 1)
        html_put(page->html, " Differences are taken patient by patient on the same patients "
                             "(differences.csv).");
}

static void say_aims(struct page *page)
{
    const struct results_read *results = page->results;
    html_put(page->html, results->configurations > 1 ? "Comparison of scenarios:"
                                                     : "One configuration, described:");
    for (size_t c = 0; c < results->configurations; c++)
        html_put(page->html, "%s <em>%s</em>%s%s", c == 0 ? "" : ";",
                 results->configuration[c].name,
                 results->configuration[c].title[0] == '\0' ? "" : ": ",
                 results->configuration[c].title);
    html_put(page->html, ". ");
}

static void say_scenarios(struct page *page)
{
    const struct results_read *results = page->results;
    for (size_t c = 0; c < results->configurations; c++) {
        const struct read_configuration *of = &results->configuration[c];
        html_put(page->html, "<em>%s</em>: ", of->name);
        if (of->policy[0] != '\0')
            html_put(page->html, "patients are taken by the policy %s; ", of->policy);
        html_put(page->html, "beds are %s. ",
                 of->beds_limited ? "as many as counted, and patients may wait"
                                  : "not limited, so nobody waits for one");
    }
    html_put(page->html, "Patients, their luck and the map are the same under all. Every figure "
                         "that the scenario changed is in the table of assumptions.");
}

static void say_inputs(struct page *page)
{
    const struct table *table = page->results->table[RESULTS_PARAMETERS];
    const struct yaml_node *inputs = yaml_find(yaml_tree_root(page->results->manifest), "inputs");
    html_put(page->html,
             "The scenario's %s input file%s, listed with fingerprints under \"How the run can be "
             "repeated\"%s.",
             figure_count((double)yaml_count(inputs)).text, yaml_count(inputs) == 1 ? "" : "s",
             table == NULL ? ""
                           : "; clinical figures and prices each with its source in the table "
                             "of assumptions");
}

static void say_parameters(struct page *page)
{
    html_put(page->html,
             page->results->table[RESULTS_PARAMETERS] == NULL
                 ? "The dictionary of parameters (strokesim params) with the changes named in "
                   "manifest.json."
                 : "In the table of assumptions (parameters.csv): value, unit, distribution and "
                   "95%% range of each.");
}

static void say_start(struct page *page)
{
    double days = results_manifest_number(page->results, "warm_up_days");
    const char *by = results_manifest_text(page->results, "warm_up_by");
    html_put(page->html,
             "Non-terminating. Each replication begins empty and runs %s days of warm-up before "
             "anything is counted (by %s); arrivals follow the hour and the weekday.",
             isnan(days) ? "some" : figure_count(days).text, by[0] == '\0' ? "the manifest" : by);
}

static void say_length(struct page *page)
{
    double years = results_manifest_number(page->results, "years");
    char words[40];
    snprintf(words, sizeof words, "%.6g", years);
    html_put(page->html,
             "%s year%s counted in each replication; time is continuous, in minutes. Patients who "
             "fall ill within it are followed to the end of their stay.",
             isnan(years) ? "The time" : words, years == 1 ? "" : "s");
}

static void say_estimation(struct page *page)
{
    const char *asked = results_manifest_text(page->results, "replications_asked");
    html_put(page->html,
             "%s independent replications%s. Configurations share their random numbers, patient by "
             "patient. %s draws of the uncertain figures give the range of the evidence.",
             results_manifest_text(page->results, "replications"),
             strcmp(asked, "by precision") == 0 ? ", as many as the precision asked for needed"
                                                : "",
             results_manifest_text(page->results, "evidence_draws"));
}

static void say_software(struct page *page)
{
    html_put(page->html,
             "strokesim %s, a program in C17 with an event-scheduling engine of its own; numerical "
             "methods by the GNU Scientific Library. Operating system: Linux (%s, %s).",
             page->results->version, results_manifest_text(page->results, "architecture"),
             results_manifest_text(page->results, "c_library"));
}

static void say_random(struct page *page)
{
    html_put(page->html,
             "Counter-based generator Philox, seed %s. Each patient and each purpose has a stream "
             "of its own, so a change of the service changes nobody's luck.",
             results_manifest_text(page->results, "seed"));
}

static void say_system(struct page *page)
{
    html_put(page->html, "Run on %s from %s to %s. Results do not depend on the number of threads.",
             results_manifest_text(page->results, "architecture"),
             results_manifest_text(page->results, "start"),
             results_manifest_text(page->results, "end"));
}

/* --- the checklist ---------------------------------------------------------------------------- */

static const struct item objectives[] = {
    {"1.1", "Purpose of the model", NULL, NULL,
     "the question that the study was to answer, for whom, and why it was asked"},
    {"1.2", "Model outputs", NULL, say_outputs, NULL},
    {"1.3", "Experimentation aims", NULL, say_aims, "why these configurations were chosen"},
};

static const struct item logic[] = {
    {"2.1", "Base model overview diagram",
     "Onset, call, ambulance, door, scan, treatment, hyper-acute bed, stroke-unit bed, "
     "rehabilitation, home or death; the program's documentation (README, ARCHITECTURE) and "
     "strokesim trace tell each step.",
     NULL, "a diagram, where the publication needs one"},
    {"2.2", "Base model logic",
     "Where a patient is taken, treated and transferred follows the policy of the configuration; "
     "treatment depends on time since onset, type and severity of the stroke; outcome on age, "
     "severity, treatment and organised care.",
     NULL, NULL},
    {"2.3", "Scenario logic", NULL, say_scenarios, NULL},
    {"2.4", "Algorithms",
     "Disability and death on one log-odds scale; published levels (mortality, rates of "
     "treatment) are solved for by pilot patients before the run; where lives come from is split "
     "by Shapley values.",
     NULL, NULL},
    {"2.5.1", "Entities",
     "People with a stroke, a TIA or a mimic, each with age, sex, place, type, severity, time of "
     "onset and luck.",
     NULL, NULL},
    {"2.5.2", "Activities",
     "Ambulance journeys, scan, thrombolysis, thrombectomy, stays, transfers and discharge, with "
     "the durations in the table of assumptions.",
     NULL, NULL},
    {"2.5.3", "Resources",
     "Hyper-acute, stroke-unit and rehabilitation beds of each hospital, limited or not; "
     "ambulances where the scenario has a fleet.",
     NULL, NULL},
    {"2.5.4", "Queues",
     "For each kind of bed in each hospital: by rank, then first come, first served; who waits too "
     "long becomes an outlier on a general ward. Nobody queues where beds are not limited.",
     NULL, NULL},
    {"2.5.5", "Entry/exit points",
     "Patients enter where they fall ill, by area, hour and weekday, and leave by discharge or "
     "death. Every patient is accounted for at the end of each replication.",
     NULL, NULL},
};

static const struct item data[] = {
    {"3.1", "Data sources", NULL, say_inputs, "how local data were collected, and for which years"},
    {"3.2", "Pre-processing", NULL, NULL,
     "what was done to local data before they became the input files"},
    {"3.3", "Input parameters", NULL, say_parameters, NULL},
    {"3.4", "Assumptions",
     "Figures marked assumed or unverified in the table of assumptions; further assumptions of the "
     "model are in the program's documentation.",
     NULL, "assumptions made in choosing the configurations"},
};

static const struct item experimentation[] = {
    {"4.1", "Initialisation", NULL, say_start, NULL},
    {"4.2", "Run length", NULL, say_length, NULL},
    {"4.3", "Estimation approach", NULL, say_estimation, NULL},
};

static const struct item implementation[] = {
    {"5.1", "Software or programming language", NULL, say_software, NULL},
    {"5.2", "Random sampling", NULL, say_random, NULL},
    {"5.3", "Model execution",
     "Events in the order of time, then priority, then first come first served; one replication a "
     "thread.",
     NULL, NULL},
    {"5.4", "System specification", NULL, say_system, NULL},
};

static const struct item access[] = {
    {"6.1", "Computer model sharing statement",
     "The program is free software under the MIT licence. With the input files, the command and "
     "the version named in this report the run can be repeated.",
     NULL, "where the input files can be had"},
};

static const struct part {
    const char *name;
    const struct item *item;
    size_t items;
} parts[] = {
    {"1. Objectives", objectives, sizeof objectives / sizeof *objectives},
    {"2. Logic", logic, sizeof logic / sizeof *logic},
    {"3. Data", data, sizeof data / sizeof *data},
    {"4. Experimentation", experimentation, sizeof experimentation / sizeof *experimentation},
    {"5. Implementation", implementation, sizeof implementation / sizeof *implementation},
    {"6. Code access", access, sizeof access / sizeof *access},
};

static void put_item(struct page *page, const struct item *item)
{
    html_put(page->html, "<tr><th scope=\"row\">%s %s</th><td>", item->number, item->name);
    if (item->text != NULL)
        html_put(page->html, "%s", item->text);
    if (item->say != NULL)
        item->say(page);
    if (item->author != NULL && (item->text != NULL || item->say != NULL))
        html_put(page->html, "<br>");
    if (item->author != NULL)
        html_put(page->html, "<strong>To be filled in by the author of the study:</strong> %s.",
                 item->author);
    html_put(page->html, "</td></tr>\n");
}

void section_stress(struct page *page)
{
    html_put(page->html,
             "<p>A checklist for reporting simulation studies: STRESS-DES (Monks and others, "
             "<cite>Strengthening the reporting of empirical simulation studies</cite>, Journal of "
             "Simulation 2019, 13:55). Filled in as far as the run itself knows; the rest is the "
             "author's.</p>\n<details class=\"prints\"><summary>The checklist, 20 items</summary>"
             "\n");
    for (size_t p = 0; p < sizeof parts / sizeof *parts; p++) {
        html_put(page->html,
                 "<table class=\"stress\"><caption>%s</caption><thead><tr><th scope=\"col\">Item"
                 "</th><th scope=\"col\">This run</th></tr></thead><tbody>\n",
                 parts[p].name);
        for (size_t i = 0; i < parts[p].items; i++)
            put_item(page, &parts[p].item[i]);
        html_put(page->html, "</tbody></table>\n");
    }
    html_put(page->html, "</details>\n");
}
