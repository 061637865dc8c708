/* A change in one line of words, and in the name of a folder. */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "scenarios/change_inside.h"

enum { SLUG_LONGEST = 100 }; /* characters; a name of a folder has room for 255 */

/* --- the words -------------------------------------------------------------------------------- */

/* Hospitals whose roles changed with a phase, in the order of the file. */
static void put_roles(const struct changing *changing, size_t phase, FILE *out,
                      const char **separator)
{
    const struct hospital *now = configuration_phase(changing->to, phase);
    const struct hospital *then =
        phase == 0 ? changing->from->hospital : configuration_phase(changing->to, phase - 1);
    for (size_t h = 0; h < changing->to->hospitals; h++) {
        unsigned from = then[h].roles, to = now[h].roles;
        char before[ROLES_TEXT], after[ROLES_TEXT];
        if (from == to)
            continue;
        fprintf(out, "%s%s", *separator, changing_name(changing, h));
        if (to == 0)
            fputs(" closed", out);
        else if (from == 0)
            fprintf(out, " opened as %s", hospital_roles_text(to, after));
        else
            fprintf(out, " as %s, not %s", hospital_roles_text(to, after),
                    hospital_roles_text(from, before));
        *separator = "; ";
    }
}

static bool put_words(const struct changing *changing, FILE *out)
{
    const struct change_options *options = changing->options;
    const char *separator = "";
    put_roles(changing, 0, out, &separator);
    if (options->policy != NULL) {
        fprintf(out, "%spolicy %s", separator, options->policy);
        separator = "; ";
    }
    for (size_t i = 0; i < options->sets; i++) {
        fprintf(out, "%s%s", separator, options->set[i]);
        separator = "; ";
    }
    for (size_t phase = 1; phase <= changing->to->laters; phase++) {
        fprintf(out, "%sfrom month %d: ", separator, changing->to->later[phase - 1].month);
        separator = "";
        put_roles(changing, phase, out, &separator);
        separator = "; ";
    }
    return fclose(out) == 0;
}

/* --- the slug --------------------------------------------------------------------------------- */

struct slug {
    char text[SLUG_LONGEST + 1];
    size_t length;
    bool part; /* a '-' comes before the next character */
};

/* Letters and digits in small letters; whatever stands between them is one '-'. */
static void slug_add(struct slug *slug, const char *text)
{
    slug->part = slug->length > 0;
    for (; *text != '\0'; text++) {
        unsigned char c = (unsigned char)*text;
        bool plain = c < 128 && isalnum(c);
        if (c == '\'') /* St George's is one word */
            continue;
        if (!plain) {
            slug->part = slug->length > 0;
            continue;
        }
        if (slug->length + 1 + slug->part > SLUG_LONGEST)
            return;
        if (slug->part)
            slug->text[slug->length++] = '-';
        slug->part = false;
        slug->text[slug->length++] = (char)tolower(c);
    }
}

static void slug_add_request(struct slug *slug, const struct parted *parted)
{
    char month[20];
    slug_add(slug, change_option(parted->request->kind) + 2);
    slug_add(slug, parted->unit);
    if (parted->role != NULL)
        slug_add(slug, parted->role);
    if (parted->month <= 1)
        return;
    snprintf(month, sizeof month, "month-%d", parted->month);
    slug_add(slug, month);
}

static void put_slug(const struct changing *changing, struct slug *slug)
{
    static const char *const beds[] = {[CHANGE_BEDS_MOVE] = "",
                                       [CHANGE_BEDS_STAY] = "beds-stay",
                                       [CHANGE_BEDS_SCALE] = "beds-scale"};
    const struct change_options *options = changing->options;
    for (size_t r = 0; r < options->requests; r++)
        slug_add_request(slug, &changing->parted[r]);
    if (options->policy != NULL) {
        slug_add(slug, "policy");
        slug_add(slug, options->policy);
    }
    for (size_t i = 0; i < options->sets; i++) {
        slug_add(slug, "set");
        slug_add(slug, options->set[i]);
    }
    slug_add(slug, beds[options->beds]);
}

bool change_describe(struct changing *changing)
{
    struct change *change = changing->change;
    struct slug slug = {0};
    size_t size;
    FILE *out = open_memstream(&change->words, &size);
    if (out == NULL || !put_words(changing, out))
        return false;
    put_slug(changing, &slug);
    change->slug = strdup(slug.text);
    changing->to->title = strdup(change->words);
    return change->slug != NULL && changing->to->title != NULL;
}
