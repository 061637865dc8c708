/* strokesim new: writes a small scenario that runs, to start one's own from. */
#include <argp.h>
#include <stdio.h>
#include <stdlib.h>

#include "scenarios/cli/command.h"
#include "scenarios/write/out_file.h"
#include "scenarios/write/output_folder.h"

/* The files of the new scenario; a made-up county, marked as such. */
static const struct {
    const char *name, *text;
} files[] = {
    {"scenario.yaml",
     "# A made-up county: two towns with a hospital each, villages between. Make it yours.\n"
     "# strokesim params lists every parameter; strokesim check says what is wrong.\n"
     "name: my-scenario\n"
     "title: Two local units or one hyper-acute one\n"
     "start: 2025-01-06\n"
     "years: 1\n"
     "areas: areas.csv\n"
     "hospitals: hospitals.csv\n"
     "travel: estimate      # or a file: area, then a column a hospital, minutes\n"
     "transfers: estimate   # or a file: hospital, then a column a hospital, minutes\n"
     "\n"
     "parameters:\n"
     "  beds.limited: 0     # 1: patients wait for the beds of hospitals.csv\n"
     "\n"
     "configurations:       # the first is the baseline\n"
     "  - name: today\n"
     "    title: Each town keeps its stroke unit\n"
     "    policy: nearest\n"
     "  - name: one-hasu\n"
     "    title: Strokes go to Northtown, and home to Southtown after the first days\n"
     "    from: today\n"
     "    policy: nearest_hasu\n"
     "    hospitals:\n"
     "      Northtown General: {role: hasu+su, hasu_beds: 8}\n"
     "      Southtown Infirmary: {role: su}\n"},
    {"areas.csv", "area,group,lat,lon,age_0_64,age_65_79,age_80_plus,deprivation_score\n"
                  "Northtown,North,52.3000,-1.2000,98000,16500,6200,24\n"
                  "Northtown villages,North,52.3600,-1.2800,31000,8100,3000,12\n"
                  "Between,Middle,52.2000,-1.1500,22000,6000,2300,15\n"
                  "Southtown,South,52.0800,-1.1000,74000,13000,5100,28\n"
                  "Southtown villages,South,52.0200,-1.0200,26000,7400,2900,11\n"},
    {"hospitals.csv", "hospital,lat,lon,sector,role,hasu_beds,su_beds\n"
                      "Northtown General,52.3050,-1.2100,,stroke,,24\n"
                      "Southtown Infirmary,52.0850,-1.1050,,stroke,,18\n"},
};

static error_t parse(int key, char *text, struct argp_state *state)
{
    const char **target = state->input;
    switch (key) {
    case ARGP_KEY_ARG:
        if (*target != NULL)
            argp_error(state, "one folder at a time");
        *target = text;
        return 0;
    case ARGP_KEY_END:
        if (*target == NULL)
            argp_error(state, "which folder? Name one that does not exist yet");
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

static bool write_file(const struct output_folder *folder, const char *name, const char *text,
                       struct write_fault *fault)
{
    char *path = output_folder_file(folder, name);
    if (path == NULL)
        return write_fault_set(fault, 0, "out of memory");
    struct out_file *file = out_file_open(path, fault);
    if (file != NULL)
        out_file_text(file, text);
    bool written = file != NULL && out_file_close(file, fault);
    free(path);
    return written;
}

int command_new(int argc, char **argv)
{
    static const struct argp argp = {
        .parser = parse,
        .args_doc = "DIR",
        .doc = "Writes a small scenario that runs into a new folder, to start one's own from."};
    const char *target = NULL;
    command_parse(&argp, argc, argv, &target);

    struct write_fault fault = {0};
    struct output_folder *folder = output_folder_new(target, OUTPUT_NEW, &fault);
    bool written = folder != NULL;
    for (size_t i = 0; written && i < sizeof files / sizeof *files; i++)
        written = write_file(folder, files[i].name, files[i].text, &fault);
    written = written && output_folder_commit(folder, &fault);
    if (written)
        printf("A small scenario is in %s. Next:\n\n  strokesim check %s\n  strokesim compare %s\n",
               target, target, target);
    else
        fprintf(stderr, "strokesim new: %s\n", fault.text);
    output_folder_free(folder);
    return written ? EXIT_DONE : EXIT_FAILED;
}
