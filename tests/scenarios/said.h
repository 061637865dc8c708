/* What a diagnosis prints, as a text to compare with: the words are what users see, so the tests
   of the readers are tables of an input and the very lines it must give. */
#ifndef STROKESIM_TESTS_SCENARIOS_SAID_H
#define STROKESIM_TESTS_SCENARIOS_SAID_H

#include "scenarios/read/diagnosis.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>

/* To be freed by the caller. */
static inline char *said(const struct diagnosis *diagnosis)
{
    char *text = NULL;
    size_t size = 0;
    FILE *stream = open_memstream(&text, &size);
    cr_assert_not_null(stream);
    diagnosis_print(diagnosis, stream);
    cr_assert_eq(fclose(stream), 0);
    return text;
}

/* Asserts what was said, and frees the diagnosis. */
static inline void expect_said(struct diagnosis *diagnosis, const char *wanted)
{
    char *text = said(diagnosis);
    cr_assert_str_eq(text, wanted, "said:\n%swanted:\n%s", text, wanted);
    free(text);
    diagnosis_free(diagnosis);
}

#endif
