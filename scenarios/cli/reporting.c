#include "scenarios/cli/reporting.h"

#include <stdio.h>

static enum report_status make(const char *folder, const struct report_options *options,
                               bool warnings)
{
    struct diagnosis *diagnosis = diagnosis_new();
    struct write_fault fault = {0};
    if (diagnosis == NULL) {
        fputs("strokesim: out of memory\n", stderr);
        return REPORT_NOT_WRITTEN;
    }
    enum report_status status = report_write(folder, options, diagnosis, &fault);
    if (warnings || status == REPORT_REFUSED)
        diagnosis_print(diagnosis, stderr);
    diagnosis_free(diagnosis);
    if (status == REPORT_NOT_WRITTEN)
        fprintf(stderr, "strokesim: no report was written: %s\n", fault.text);
    if (status == REPORT_NOT_BUILT)
        fputs("strokesim: no report was written: this program was built without npm, which the "
              "libraries that draw its charts come from\n",
              stderr);
    return status;
}

enum report_status reporting_make(const char *folder, const struct report_options *options)
{
    return make(folder, options, true);
}

enum report_status reporting_add(const char *folder, const struct report_options *options)
{
    return make(folder, options, false);
}
