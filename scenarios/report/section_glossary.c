/* The words that somebody who was not in the room may not know. */
#include "scenarios/report/page.h"

struct term {
    const char *term, *meaning;
};

static const struct term of_all[] = {
    {"Ambulance journey", "The drive from where somebody fell ill to the hospital's door, without "
                          "the wait for the ambulance and the time at the scene."},
    {"Baseline", "The configuration that the others are compared with: the first one."},
    {"Bed occupancy", "The share of beds with a patient in them, on average over all days."},
    {"Configuration", "One way to arrange the service: which hospital does what, and where "
                      "ambulances take patients."},
    {"Draw of the evidence", "The uncertain figures of medicine and cost, all set anew at random "
                             "within their published ranges, and the comparison made again."},
    {"Expected", "Worked out from each patient's chances (of dying, of disability) instead of from "
                 "throws of dice, which takes much of the accident out of the figure."},
    {"HASU", "Hyper-acute stroke unit: takes people with a stroke for the first days, with "
             "specialists, scans and clot-busting treatment at all hours."},
    {"Interval", "The 95% interval of a simulated mean: how well it is computed, and nothing "
                 "else."},
    {"Lifetime figures", "What follows over the rest of a year's patients' lives, not only in the "
                         "first 90 days, with later years counting less (discounted)."},
    {"Mimic", "An illness that looks like a stroke at first and turns out to be something else. "
              "It needs an ambulance and a bed all the same."},
    {"mRS", "Modified Rankin Scale, from 0 (no symptoms) through 5 (needs constant care) to 6 "
            "(dead). 0 to 2 counts as independent."},
    {"Net benefit",
     "Health gained, at the price society is held to pay for it, less what it costs. "
     "Above nought: worth its money."},
    {"NIHSS", "National Institutes of Health Stroke Scale: how severe a stroke is on arrival, 0 to "
              "42."},
    {"Organised care", "Care on a stroke unit, reached within hours of arrival, by a team for "
                       "stroke. It saves lives whatever the other treatment."},
    {"Outlier", "Somebody with a stroke on a general ward because no stroke bed was free."},
    {"Percentage point", "The difference between two percentages: from 12% to 11% is one "
                         "percentage point."},
    {"QALY", "Quality-adjusted life year: one year in full health, or several in poorer health "
             "that count as much."},
    {"Replication", "The same period simulated once more with other accidents: who falls ill, "
                    "where, with what luck."},
    {"Stroke unit", "A ward for people with a stroke, where they stay after the first days or from "
                    "the start."},
    {"Thrombectomy", "Pulling a large clot out through an artery; few hospitals can."},
    {"Thrombolysis", "Clot-busting treatment by injection, within hours of the first symptoms."},
    {"TIA", "Transient ischaemic attack: symptoms of a stroke that pass by themselves."},
    {"Year to year", "The range over simulated years: what a single real year may look like, by "
                     "chance alone."},
};

static const struct term of_sweeps[] = {
    {"Design", "The plan of an experiment: which figures are varied, and which combinations of "
               "them are simulated."},
    {"Factor", "A figure that the design varies."},
    {"Point", "One combination of the factors' values, with everything simulated at it."},
    {"Share of noise", "How much of the difference between points is accident of the simulation. "
                       "More replications would settle it."},
    {"Value of perfect information", "What it would be worth to know the uncertain figures exactly "
                                     "before deciding: the most that research could be worth."},
};

bool section_glossary_applies(const struct page *page)
{
    return page->results != NULL;
}

static void put_terms(struct page *page, const struct term term[], size_t count)
{
    for (size_t i = 0; i < count; i++)
        html_put(page->html, "<dt>%s</dt><dd>%s</dd>\n", term[i].term, term[i].meaning);
}

void section_glossary(struct page *page)
{
    html_put(page->html, "<dl class=\"glossary\">\n");
    if (page->results->of == RESULTS_OF_SWEEP)
        put_terms(page, of_sweeps, sizeof of_sweeps / sizeof *of_sweeps);
    put_terms(page, of_all, sizeof of_all / sizeof *of_all);
    html_put(page->html, "</dl>\n");
}
