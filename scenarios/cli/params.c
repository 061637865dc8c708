/* strokesim params: the parameter dictionary, as a list, one row in full, or CSV. */
#include <argp.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "models/parameters.h"
#include "scenarios/cli/command.h"
#include "scenarios/read/number.h"
#include "scenarios/read/suggest.h"

struct params_options {
    const char *key;
    bool csv;
};

enum { KEY_CSV = 256 };

static error_t parse(int key, char *text, struct argp_state *state)
{
    struct params_options *options = state->input;
    switch (key) {
    case KEY_CSV:
        options->csv = true;
        return 0;
    case ARGP_KEY_ARG:
        if (options->key != NULL)
            argp_error(state, "one key at most");
        options->key = text;
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

static const char *number(double value, char text[NUMBER_TEXT_SIZE])
{
    if (isnan(value))
        return "solved";
    number_format(value, text);
    return text;
}

static void put_csv(const char *text, bool last)
{
    bool quote = strpbrk(text, ",\"\n") != NULL;
    if (quote)
        putchar('"');
    for (; *text != '\0'; text++) {
        if (*text == '"')
            putchar('"');
        putchar(*text);
    }
    if (quote)
        putchar('"');
    putchar(last ? '\n' : ',');
}

static void print_csv_row(const struct parameter_info *info)
{
    char text[NUMBER_TEXT_SIZE];
    put_csv(info->key, false);
    put_csv(info->meaning, false);
    put_csv(info->unit, false);
    put_csv(number(info->value, text), false);
    put_csv(number(info->smallest, text), false);
    put_csv(number(info->largest, text), false);
    put_csv(parameter_family_name(info->family), false);
    bool ranged = parameter_family_has_range(info->family);
    put_csv(ranged ? number(info->low, text) : "", false);
    put_csv(ranged ? number(info->high, text) : "", false);
    put_csv(info->effective_size > 0 ? number(info->effective_size, text) : "", false);
    put_csv(parameter_scope_name(info->scope), false);
    put_csv(info->moves, false);
    put_csv(parameter_standing_name(info->standing), false);
    put_csv(info->source, true);
}

static void print_whole(const struct parameter_info *info)
{
    char a[NUMBER_TEXT_SIZE], b[NUMBER_TEXT_SIZE];
    printf("%s\n  meaning      %s\n  default      %s %s\n", info->key, info->meaning,
           number(info->value, a), info->unit);
    printf("  bounds       %s to %s\n", number(info->smallest, a), number(info->largest, b));
    printf("  uncertainty  %s", parameter_family_name(info->family));
    if (parameter_family_has_range(info->family))
        printf(", 95%% from %s to %s", number(info->low, a), number(info->high, b));
    if (info->effective_size > 0)
        printf(", effective size %s", number(info->effective_size, a));
    printf("\n  may differ   by %s\n  moves        %s\n  standing     %s\n  source       %s\n",
           parameter_scope_name(info->scope), info->moves[0] != '\0' ? info->moves : "-",
           parameter_standing_name(info->standing), info->source);
}

static void print_line(const struct parameter_info *info)
{
    char value[NUMBER_TEXT_SIZE];
    printf("%-44s %12s  %-20s %-10s  %s\n", info->key, number(info->value, value), info->unit,
           parameter_standing_name(info->standing), info->meaning);
}

static int no_such_key(const char *key)
{
    const char *keys[PARAMETER_COUNT];
    char remedy[160];
    for (enum parameter_id id = 0; id < PARAMETER_COUNT; id++)
        keys[id] = parameter_info(id)->key;
    const char *nearest = suggest_remedy(key, keys, PARAMETER_COUNT, remedy, sizeof remedy);
    fprintf(stderr, "strokesim params: there is no parameter '%s'%s%s\n", key,
            nearest == NULL ? "" : "; ", nearest == NULL ? "" : nearest);
    return EXIT_WRONG;
}

/* A key, or the beginning of several ("outcome."). */
static int print_matching(const struct params_options *options)
{
    size_t length = options->key == NULL ? 0 : strlen(options->key);
    int exact = options->key == NULL ? -1 : parameter_find(options->key);
    bool any = false;
    for (enum parameter_id id = 0; id < PARAMETER_COUNT; id++) {
        const struct parameter_info *info = parameter_info(id);
        bool wanted = exact >= 0 ? (int)id == exact
                                 : length == 0 || strncmp(info->key, options->key, length) == 0;
        if (!wanted)
            continue;
        if (!any && options->csv)
            puts("key,meaning,unit,default,smallest,largest,family,low,high,effective_size,"
                 "may_differ_by,moves,standing,source");
        any = true;
        if (options->csv)
            print_csv_row(info);
        else if (exact >= 0)
            print_whole(info);
        else
            print_line(info);
    }
    return any ? EXIT_DONE : no_such_key(options->key);
}

int command_params(int argc, char **argv)
{
    static const struct argp_option argp_options[] = {
        {"csv", KEY_CSV, NULL, 0, "every column, as CSV", 0}, {0}};
    static const struct argp argp = {
        .options = argp_options,
        .parser = parse,
        .args_doc = "[KEY]",
        .doc = "Prints the parameter dictionary: every number of the model with its meaning, unit, "
               "default, uncertainty, the metric it moves, and its source.\v"
               "KEY is one key, or the beginning of several (outcome.)."};
    struct params_options options = {0};
    command_parse(&argp, argc, argv, &options);
    return print_matching(&options);
}
