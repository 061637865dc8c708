/* One patient's journey in words that a clinician would use: who it is, and every step.
 *
 * The steps stand in one table (journey_words.c), in a clinician's order; a new one is a line
 * there. What is said of a step is one or more lines of text: when it was, and what there is to say
 * of it, or "no: " and why it was not; or nothing, where the step is not one of this journey. A
 * time is the clock's and whole minutes since onset, both cut and not rounded, so they agree.
 */
#ifndef SCENARIOS_CLI_JOURNEY_WORDS_H
#define SCENARIOS_CLI_JOURNEY_WORDS_H

#include <stddef.h>
#include <stdio.h>

#include "models/outcome.h"
#include "models/pathway.h"

/* A patient under one configuration, with all that is needed to tell of it. */
struct told {
    const char *configuration; /* its name */
    const struct service *service;
    const struct outcome_level *level;
    const struct patient *patient;
    const struct path *path;
    int start_weekday;       /* of simulated time; 0: Monday */
    double window_start_min; /* simulated time */
};

struct journey_step {
    const char *label;
    size_t time;      /* where in struct path it is; JOURNEY_NO_TIME: nowhere */
    const char *does; /* "is scanned": the patient, in a sentence on when; NULL: none */
    /* What follows the time, or stands instead of it; NULL: nothing. */
    void (*tell)(const struct told *told, FILE *out);
};

#define JOURNEY_NO_TIME ((size_t)-1)

size_t journey_steps(void);
const struct journey_step *journey_step(size_t step);

/* When a step was, in simulated time; NAN: it was not, or has no time. */
double journey_step_min(const struct journey_step *step, const struct path *path);

/* What there is to say of a step; nothing, where it is not one of this journey. */
void journey_tell_step(const struct journey_step *step, const struct told *told, FILE *out);

/* Who it is, as a sentence. */
void journey_tell_patient(const struct told *told, FILE *out);

/* Minutes since onset, as shown; and minutes as a length of time. */
long long journey_since_onset_min(const struct patient *patient, double min);
void journey_tell_length(double min, FILE *out);

const char *journey_hospital(const struct told *told, uint32_t hospital);
const char *journey_mrs_words(int mrs);

#endif
