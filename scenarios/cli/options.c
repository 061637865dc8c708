#include "scenarios/cli/options.h"

#include <argp.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "scenarios/cli/command.h"
#include "scenarios/read/number.h"
#include "scenarios/read/suggest.h"

enum option_key {
    KEY_OUT = 256,
    KEY_REPLICATIONS,
    KEY_PRECISION,
    KEY_SEED,
    KEY_THREADS,
    KEY_SET,
    KEY_VARIANT,
    KEY_YEARS,
    KEY_PATIENTS,
    KEY_QUIET,
    KEY_FORCE,
    KEY_BASELINE,
    KEY_REPLICATION,
    KEY_PATIENT,
    KEY_DELAY,
    KEY_SHARD,
    KEY_RESUME,
    KEY_YES,
    KEY_FROM,
    KEY_CLOSE,
    KEY_OPEN,
    KEY_ROLE,
    KEY_POLICY,
    KEY_BEDS,
    KEY_SAVE,
    KEY_FOCUS,
    KEY_BOUNDARIES
};

static const struct argp_option baseline_option[] = {
    {"baseline", KEY_BASELINE, "NAME", 0, "compare with this configuration, not the first", 0},
    {0}};

/* Which of the scenario's patients fall ill, and what is true of them. */
static const struct argp_option shared_options[] = {
    {"seed", KEY_SEED, "S", 0, "of the random numbers (the scenario's, or 1)", 1},
    {"threads", KEY_THREADS, "T", 0, "at once (the machine's)", 1},
    {"set", KEY_SET, "KEY=VALUE", 0, "change a parameter, or hospital.\"NAME\".COLUMN; repeatable",
     1},
    {"variant", KEY_VARIANT, "NAME", 0, "a set of parameters that the scenario names", 1},
    {"years", KEY_YEARS, "Y", 0, "length of the window", 1},
    {0}};

/* Of commands that write results. */
static const struct argp_option result_options[] = {
    {"out", KEY_OUT, "DIR", 0, "folder for the results (results/SCENARIO-COMMAND, numbered)", 1},
    {"replications", KEY_REPLICATIONS, "N", 0, "simulate the window N times", 1},
    {"quiet", KEY_QUIET, NULL, 0, "print nothing but errors", 1},
    {"force", KEY_FORCE, NULL, 0, "write over an earlier run", 1},
    {0}};

static const struct argp_option precision_option[] = {
    {"precision", KEY_PRECISION, "METRIC=HALFWIDTH", 0,
     "or until the 95% interval is this narrow (lives_saved=2)", 1},
    {0}};

static const struct argp_option patients_option[] = {
    {"patients", KEY_PATIENTS, NULL, 0, "write patients.csv, a row a patient", 1}, {0}};

/* A sweep has these too, but unseen, to say why it has none. */
static const struct argp_option refused_options[] = {
    {"patients", KEY_PATIENTS, NULL, OPTION_HIDDEN, NULL, 1},
    {"focus", KEY_FOCUS, "PLACE", OPTION_HIDDEN, NULL, 1},
    {0}};

static const struct argp_option patient_options[] = {
    {"replication", KEY_REPLICATION, "R", 0, "the patient's, from 1", 0},
    {"patient", KEY_PATIENT, "P", 0, "the number in patients.csv", 0},
    {0}};

static const struct argp_option sizing_options[] = {
    {"delay", KEY_DELAY, "P", 0, "find the beds with which at most this share waits", 0}, {0}};

static const struct argp_option sweep_options[] = {
    {"shard", KEY_SHARD, "I/N", 0, "run every N-th point from the I-th; merge joins them", 0},
    {"resume", KEY_RESUME, NULL, 0, "go on where an earlier run of the same sweep stopped", 0},
    {"yes", KEY_YES, NULL, 0, "run it however long it takes", 0},
    {0}};

/* Of a command that changes a configuration. */
static const struct argp_option change_options[] = {
    {"from", KEY_FROM, "NAME", 0, "the configuration to change and to compare with (the first)", 0},
    {"close", KEY_CLOSE, "UNIT[:ROLE][@MONTH]", 0,
     "close a hospital, or one of its roles, from a month on; repeatable", 0},
    {"open", KEY_OPEN, "UNIT[:ROLE][@MONTH]", 0,
     "open a hospital or a role (as another configuration has it); repeatable", 0},
    {"role", KEY_ROLE, "UNIT=ROLE[@MONTH]", 0,
     "give a hospital these roles, as in hasu+su; repeatable", 0},
    {"policy", KEY_POLICY, "NAME", 0, "where ambulances go", 0},
    {"beds", KEY_BEDS, "move|stay|scale", 0,
     "those of what closes: to who takes its patients (move), closed (stay), or everywhere by "
     "patients (scale)",
     0},
    {"save", KEY_SAVE, "DIR", 0, "write the changed configuration as a scenario", 0},
    {0}};

static const struct argp_option report_options[] = {
    {"focus", KEY_FOCUS, "PLACE", 0, "begin the report with this area or group", 0},
    {"boundaries", KEY_BOUNDARIES, "FILE", 0,
     "draw these boundaries on its map: GeoJSON in longitude and latitude", 0},
    {0}};

/* What the parser works on. */
struct parsing {
    struct options *options;
    const struct options_command *command;
};

static uint64_t whole_number(struct argp_state *state, const char *option, const char *text,
                             int64_t smallest)
{
    int64_t value = 0;
    if (!number_parse_integer(text, &value) || value < smallest)
        argp_error(state, "--%s: '%s' is not a whole number of at least %lld", option, text,
                   (long long)smallest);
    return (uint64_t)value;
}

static void parse_precision(struct argp_state *state, struct options *options, const char *text)
{
    char name[64];
    const char *equals = strchr(text, '=');
    size_t length = equals == NULL ? strlen(text) : (size_t)(equals - text);
    if (length >= sizeof name)
        length = sizeof name - 1;
    memcpy(name, text, length);
    name[length] = '\0';
    int metric = metric_find(name);
    if (metric < 0) {
        char remedy[160];
        const char *nearest = suggest_metric(name, remedy, sizeof remedy);
        argp_error(state, "--precision: there is no metric '%s'%s%s", name,
                   nearest == NULL ? "" : "; ", nearest == NULL ? "" : nearest);
        return;
    }
    options->precision_metric = (enum metric)metric;
    if (equals == NULL || !number_parse(equals + 1, &options->precision_half_width) ||
        !(options->precision_half_width > 0))
        argp_error(state, "--precision: say METRIC=HALFWIDTH with a number above 0, as in %s=2",
                   name);
}

static void parse_years(struct argp_state *state, struct options *options, const char *text)
{
    if (!number_parse(text, &options->scenario.years) || options->scenario.years < 1.0 / 365 ||
        options->scenario.years > 100)
        argp_error(state, "--years: '%s' is not a number of years from a day to 100", text);
}

static void parse_delay(struct argp_state *state, struct options *options, const char *text)
{
    if (!number_parse(text, &options->delay) || !(options->delay > 0 && options->delay < 1))
        argp_error(state, "--delay: '%s' is not a share between 0 and 1, as in 0.1", text);
}

static void parse_shard(struct argp_state *state, struct options *options, const char *text)
{
    int64_t shard = 0, shards = 0;
    char first[24];
    const char *slash = strchr(text, '/');
    size_t length = slash == NULL ? 0 : (size_t)(slash - text);
    snprintf(first, sizeof first, "%.*s", length < sizeof first ? (int)length : 0, text);
    if (slash == NULL || !number_parse_integer(first, &shard) ||
        !number_parse_integer(slash + 1, &shards) || shard < 1 || shards < shard)
        argp_error(state, "--shard: '%s' is not I/N, as in 2/8 for the second of eight", text);
    options->shard = (uint64_t)shard;
    options->shards = (uint64_t)shards;
}

static void parse_set(struct argp_state *state, struct options *options, const char *text)
{
    if (strchr(text, '=') == NULL)
        argp_error(state, "--set: '%s' lacks a value: say KEY=VALUE", text);
    options->set[options->scenario.sets++] = text;
}

static void parse_argument(struct argp_state *state, struct parsing *parsing, const char *text)
{
    struct options *options = parsing->options;
    if (options->scenario_path == NULL)
        options->scenario_path = text;
    else if (options->names < parsing->command->most_names)
        options->name[options->names++] = text;
    else
        argp_error(state, "'%s' is one name too many", text);
}

static void parse_beds(struct argp_state *state, struct options *options, const char *text)
{
    static const char *const word[] = {
        [CHANGE_BEDS_MOVE] = "move", [CHANGE_BEDS_STAY] = "stay", [CHANGE_BEDS_SCALE] = "scale"};
    for (enum change_beds beds = CHANGE_BEDS_MOVE; beds <= CHANGE_BEDS_SCALE; beds++)
        if (strcmp(text, word[beds]) == 0) {
            options->beds = beds;
            return;
        }
    argp_error(state, "--beds: '%s' is not move, stay or scale", text);
}

static void parse_request(struct options *options, enum change_kind kind, const char *text)
{
    options->request[options->requests++] = (struct change_request){kind, text};
}

/* The options of the report. */
static error_t parse_report(int key, char *text, struct argp_state *state, struct options *options)
{
    (void)state;
    switch (key) {
    case KEY_FOCUS:
        options->focus = text;
        break;
    case KEY_BOUNDARIES:
        options->boundaries = text;
        break;
    default:
        return ARGP_ERR_UNKNOWN;
    }
    return 0;
}

/* The options of a command that changes a configuration. */
static error_t parse_change(int key, char *text, struct argp_state *state, struct options *options)
{
    switch (key) {
    case KEY_FROM:
        options->from = text;
        break;
    case KEY_CLOSE:
        parse_request(options, CHANGE_CLOSE, text);
        break;
    case KEY_OPEN:
        parse_request(options, CHANGE_OPEN, text);
        break;
    case KEY_ROLE:
        parse_request(options, CHANGE_ROLE, text);
        break;
    case KEY_POLICY:
        options->policy = text;
        break;
    case KEY_BEDS:
        parse_beds(state, options, text);
        break;
    case KEY_SAVE:
        options->save = text;
        break;
    default:
        return ARGP_ERR_UNKNOWN;
    }
    return 0;
}

/* The options of a sweep. */
static error_t parse_sweep(int key, char *text, struct argp_state *state, struct options *options)
{
    switch (key) {
    case KEY_SHARD:
        parse_shard(state, options, text);
        break;
    case KEY_RESUME:
        options->resume = true;
        break;
    case KEY_YES:
        options->yes = true;
        break;
    default:
        return ARGP_ERR_UNKNOWN;
    }
    return 0;
}

/* What a comparison takes and a sweep would ignore. */
static void check_sweep(struct argp_state *state, const struct options *options)
{
    static const char draws[] = "run.evidence_draws=";
    if (options->patients)
        argp_error(state, "--patients: a sweep writes no patients; compare with the --set of a "
                          "point does");
    if (options->focus != NULL)
        argp_error(state, "--focus: a sweep has no places to focus on; compare with the --set of a "
                          "point has them");
    for (size_t i = 0; i < options->scenario.sets; i++)
        if (strncmp(options->set[i], draws, sizeof draws - 1) == 0)
            argp_error(state,
                       "--set: '%s': a sweep draws the evidence 'draws:' times, in a design "
                       "of 'kind: psa'",
                       options->set[i]);
}

/* What only the whole line shows. */
static void check_line(struct argp_state *state, const struct parsing *parsing)
{
    const struct options *options = parsing->options;
    if (options->scenario_path == NULL)
        argp_error(state, "which scenario? Name its folder");
    if (options->precision_given && options->replications > 0)
        argp_error(state, "--replications and --precision: give one of them");
    if (options->resume && options->force)
        argp_error(state, "--resume and --force: give one of them");
    if (parsing->command->sweeps)
        check_sweep(state, options);
    if (options->names < parsing->command->fewest_names)
        argp_error(state, "which %s? Name it after the scenario",
                   parsing->command->sweeps ? "design" : "configuration");
    if (parsing->command->one_patient && (options->replication == 0 || options->patient == 0))
        argp_error(state, "which patient? Give --replication R and --patient P, as they stand "
                          "in patients.csv");
}

static unsigned parse_threads(struct argp_state *state, const char *text)
{
    uint64_t threads = whole_number(state, "threads", text, 1);
    if (threads > 1024)
        argp_error(state, "--threads: more than 1024");
    return (unsigned)threads;
}

static error_t parse_shared(int key, char *text, struct argp_state *state, struct options *options)
{
    switch (key) {
    case KEY_SEED:
        options->scenario.seed = whole_number(state, "seed", text, 0);
        options->scenario.seed_given = true;
        break;
    case KEY_THREADS:
        options->threads = parse_threads(state, text);
        break;
    case KEY_SET:
        parse_set(state, options, text);
        break;
    case KEY_VARIANT:
        options->scenario.variant = text;
        break;
    case KEY_YEARS:
        parse_years(state, options, text);
        break;
    case KEY_BASELINE:
        options->baseline = text;
        break;
    default:
        return ARGP_ERR_UNKNOWN;
    }
    return 0;
}

/* The options of commands that write results. */
static error_t parse_results(int key, char *text, struct argp_state *state, struct options *options)
{
    switch (key) {
    case KEY_OUT:
        options->out = text;
        break;
    case KEY_REPLICATIONS:
        options->replications = whole_number(state, "replications", text, 1);
        break;
    case KEY_PRECISION:
        parse_precision(state, options, text);
        options->precision_given = true;
        break;
    case KEY_PATIENTS:
        options->patients = true;
        break;
    case KEY_QUIET:
        options->quiet = true;
        break;
    case KEY_FORCE:
        options->force = true;
        break;
    default:
        return ARGP_ERR_UNKNOWN;
    }
    return 0;
}

/* The options of commands that write none. */
static error_t parse_told(int key, char *text, struct argp_state *state, struct options *options)
{
    switch (key) {
    case KEY_REPLICATION:
        options->replication = whole_number(state, "replication", text, 1);
        break;
    case KEY_PATIENT:
        options->patient = whole_number(state, "patient", text, 1);
        break;
    case KEY_DELAY:
        parse_delay(state, options, text);
        break;
    default:
        return ARGP_ERR_UNKNOWN;
    }
    return 0;
}

static error_t parse_option(int key, char *text, struct argp_state *state)
{
    static error_t (*const parse[])(int, char *, struct argp_state *, struct options *) = {
        parse_shared, parse_results, parse_told, parse_sweep, parse_change, parse_report};
    struct parsing *parsing = state->input;
    error_t answer = ARGP_ERR_UNKNOWN;
    if (key == ARGP_KEY_ARG) {
        parse_argument(state, parsing, text);
        return 0;
    }
    if (key == ARGP_KEY_END) {
        check_line(state, parsing);
        return 0;
    }
    for (size_t i = 0; i < sizeof parse / sizeof *parse && answer == ARGP_ERR_UNKNOWN; i++)
        answer = parse[i](key, text, state, parsing->options);
    return answer;
}

static unsigned processors(void)
{
    long online = sysconf(_SC_NPROCESSORS_ONLN);
    return online < 1 ? 1 : online > 1024 ? 1024 : (unsigned)online;
}

char *options_join(int argc, char **argv)
{
    char *joined = NULL;
    size_t length;
    FILE *stream = open_memstream(&joined, &length);
    if (stream == NULL)
        return NULL;
    fputs("strokesim", stream);
    for (int i = 0; i < argc; i++)
        fprintf(stream, " %s", argv[i]);
    if (fclose(stream) != 0) {
        free(joined);
        return NULL;
    }
    return joined;
}

static size_t append(struct argp_option *to, size_t n, const struct argp_option *from)
{
    for (; from->name != NULL; from++)
        to[n++] = *from;
    return n;
}

enum { MOST_OPTIONS = 32 };

/* Those that a command has; the last is all 0. */
static void list_options(struct argp_option option[MOST_OPTIONS],
                         const struct options_command *command)
{
    size_t n = append(option, 0, command->one_patient ? patient_options : result_options);
    if (command->sizes_beds) {
        n = append(option, n, sizing_options);
    } else if (!command->one_patient) {
        n = append(option, n, precision_option);
        n = append(option, n, command->sweeps ? refused_options : patients_option);
    }
    if (command->changes)
        n = append(option, n, change_options);
    if (command->baseline)
        n = append(option, n, baseline_option);
    if (command->sweeps)
        n = append(option, n, sweep_options);
    if (command->reports)
        n = append(option, n, report_options);
    append(option, n, shared_options);
}

bool options_parse(struct options *options, const struct options_command *command, int argc,
                   char **argv)
{
    *options = (struct options){
        .command = command->name,
        .command_line = options_join(argc, argv),
        .name = calloc((size_t)argc, sizeof *options->name),
        .set = calloc((size_t)argc, sizeof *options->set),
        .request = calloc((size_t)argc, sizeof *options->request),
        .precision_metric = METRIC_LIVES_SAVED,
        .precision_half_width = 2,
        .threads = processors(),
        .delay = NAN,
        .shard = 1,
        .shards = 1,
        .scenario = {.years = NAN},
    };
    if (options->command_line == NULL || options->name == NULL || options->set == NULL ||
        options->request == NULL) {
        options_fini(options);
        return false;
    }
    struct argp_option option[MOST_OPTIONS] = {{0}};
    list_options(option, command);
    struct argp argp = {.options = option,
                        .parser = parse_option,
                        .args_doc = command->arguments,
                        .doc = command->purpose};
    struct parsing parsing = {.options = options, .command = command};
    command_parse(&argp, argc, argv, &parsing);
    options->scenario.set = options->set;
    return true;
}

bool options_own_draws(const struct options *options, const struct configuration *first)
{
    return options->draws > 0 && !first->set_by_hand[P_RUN_EVIDENCE_DRAWS] &&
           first->parameters.value[P_RUN_EVIDENCE_DRAWS] ==
               parameter_info(P_RUN_EVIDENCE_DRAWS)->value;
}

void options_fini(struct options *options)
{
    free(options->command_line);
    free(options->name);
    free(options->set);
    free(options->request);
}
