#include "scenarios/read/diagnosis.h"

#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* Problems of one kind: see the header for what makes a kind. */
struct kind {
    uint32_t hash; /* of the rest, so that a search rarely compares texts */
    enum diagnosis_severity severity;
    char *file;
    char *text;
    size_t kept;
    size_t total;
};

struct entry {
    struct diagnosis_problem problem;
    char *block; /* holds all the strings of the problem */
    size_t kind;
    size_t number; /* within its kind, from 1 */
};

struct diagnosis {
    struct entry *entries;
    size_t entry_count;
    size_t entry_room;
    struct kind *kinds;
    size_t kind_count;
    size_t kind_room;
    size_t latest; /* the kind added to last; repeats come in runs */
    size_t errors;
    size_t warnings;
    bool out_of_memory;
};

struct diagnosis *diagnosis_new(void)
{
    return calloc(1, sizeof(struct diagnosis));
}

void diagnosis_free(struct diagnosis *diagnosis)
{
    if (!diagnosis)
        return;
    for (size_t i = 0; i < diagnosis->entry_count; i++)
        free(diagnosis->entries[i].block);
    for (size_t i = 0; i < diagnosis->kind_count; i++) {
        free(diagnosis->kinds[i].file);
        free(diagnosis->kinds[i].text);
    }
    free(diagnosis->entries);
    free(diagnosis->kinds);
    free(diagnosis);
}

/* FNV-1a. */
static uint32_t hash_text(uint32_t hash, const char *text)
{
    for (; *text; text++)
        hash = (hash ^ (unsigned char)*text) * UINT32_C(16777619);
    return hash;
}

static bool kind_is(const struct kind *kind, uint32_t hash, enum diagnosis_severity severity,
                    const char *file, const char *text)
{
    return kind->hash == hash && kind->severity == severity && strcmp(kind->file, file) == 0 &&
           strcmp(kind->text, text) == 0;
}

/* Makes room for one more, doubling; false when out of memory. */
static bool make_room(void **items, size_t *room, size_t count, size_t size)
{
    if (count < *room)
        return true;
    size_t wanted = *room ? *room * 2 : 16;
    void *grown = wanted <= SIZE_MAX / size ? realloc(*items, wanted * size) : NULL;
    if (!grown)
        return false;
    *items = grown;
    *room = wanted;
    return true;
}

static struct kind *kind_new(struct diagnosis *diagnosis, uint32_t hash,
                             enum diagnosis_severity severity, const char *file, const char *text)
{
    void *kinds = diagnosis->kinds;
    bool room =
        make_room(&kinds, &diagnosis->kind_room, diagnosis->kind_count, sizeof *diagnosis->kinds);
    diagnosis->kinds = kinds;
    if (!room)
        return NULL;
    struct kind kind = {.hash = hash, .severity = severity};
    kind.file = strdup(file);
    kind.text = strdup(text);
    if (!kind.file || !kind.text) {
        free(kind.file);
        free(kind.text);
        return NULL;
    }
    diagnosis->latest = diagnosis->kind_count;
    diagnosis->kinds[diagnosis->kind_count] = kind;
    return &diagnosis->kinds[diagnosis->kind_count++];
}

/* The kind of this description, a new one if need be; NULL when out of memory. */
static struct kind *kind_of(struct diagnosis *diagnosis, enum diagnosis_severity severity,
                            const char *file, const char *text)
{
    uint32_t hash = hash_text(hash_text(UINT32_C(2166136261), file), text);
    if (diagnosis->kind_count > 0 &&
        kind_is(&diagnosis->kinds[diagnosis->latest], hash, severity, file, text))
        return &diagnosis->kinds[diagnosis->latest];
    for (size_t i = 0; i < diagnosis->kind_count; i++) {
        if (kind_is(&diagnosis->kinds[i], hash, severity, file, text)) {
            diagnosis->latest = i;
            return &diagnosis->kinds[i];
        }
    }
    return kind_new(diagnosis, hash, severity, file, text);
}

/* The message as text of its own, or NULL when out of memory. */
__attribute__((format(printf, 1, 0))) static char *format_message(const char *format,
                                                                  va_list arguments)
{
    va_list again;
    va_copy(again, arguments);
    int length = vsnprintf(NULL, 0, format, again);
    va_end(again);
    char *message = length < 0 ? NULL : malloc((size_t)length + 1);
    if (message)
        vsnprintf(message, (size_t)length + 1, format, arguments);
    return message;
}

/* Copies text to *to, moves *to behind it, and returns the copy. */
static const char *append(char **to, const char *text)
{
    size_t size = strlen(text) + 1;
    char *copy = memcpy(*to, text, size);
    *to += size;
    return copy;
}

/* Keeps a copy of the problem; false when out of memory. */
static bool keep(struct diagnosis *diagnosis, const struct diagnosis_problem *problem, size_t kind)
{
    void *entries = diagnosis->entries;
    bool room = make_room(&entries, &diagnosis->entry_room, diagnosis->entry_count,
                          sizeof *diagnosis->entries);
    diagnosis->entries = entries;
    if (!room)
        return false;
    char *block = malloc(strlen(problem->file) + strlen(problem->key) + strlen(problem->message) +
                         strlen(problem->remedy) + 4);
    if (!block)
        return false;
    struct entry entry = {.problem = *problem,
                          .block = block,
                          .kind = kind,
                          .number = diagnosis->kinds[kind].kept + 1};
    entry.problem.file = append(&block, problem->file);
    entry.problem.key = append(&block, problem->key);
    entry.problem.message = append(&block, problem->message);
    entry.problem.remedy = append(&block, problem->remedy);
    diagnosis->entries[diagnosis->entry_count++] = entry;
    return true;
}

static const char *or_empty(const char *text)
{
    return text ? text : "";
}

/* Files the problem under its kind and keeps it unless there are enough; false when out of
   memory. */
__attribute__((format(printf, 3, 0))) static bool file_problem(struct diagnosis *diagnosis,
                                                               struct diagnosis_problem *problem,
                                                               const char *format,
                                                               va_list arguments)
{
    bool bare = strcmp(format, "%s") == 0;
    char *message = bare ? format_message(format, arguments) : NULL;
    bool done = false;
    if (bare && !message)
        goto out;
    struct kind *kind =
        kind_of(diagnosis, problem->severity, problem->file, bare ? message : format);
    if (!kind)
        goto out;
    kind->total++;
    done = true;
    if (kind->kept == DIAGNOSIS_REPEATS)
        goto out;
    if (!message)
        message = format_message(format, arguments);
    problem->message = message;
    done = message && keep(diagnosis, problem, (size_t)(kind - diagnosis->kinds));
    if (done)
        kind->kept++;
out:
    free(message);
    return done;
}

void diagnosis_add(struct diagnosis *diagnosis, enum diagnosis_severity severity,
                   const struct place *place, const char *remedy, const char *format,
                   va_list arguments)
{
    assert(diagnosis && format);
    static const struct place nowhere = {0};
    if (!place)
        place = &nowhere;
    if (severity == DIAGNOSIS_ERROR)
        diagnosis->errors++;
    else
        diagnosis->warnings++;
    struct diagnosis_problem problem = {.severity = severity,
                                        .file = or_empty(place->file),
                                        .line = place->line,
                                        .column = place->column,
                                        .key = or_empty(place->key),
                                        .remedy = or_empty(remedy)};
    if (!file_problem(diagnosis, &problem, format, arguments))
        diagnosis->out_of_memory = true;
}

void diagnosis_error(struct diagnosis *diagnosis, const struct place *place, const char *remedy,
                     const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    diagnosis_add(diagnosis, DIAGNOSIS_ERROR, place, remedy, format, arguments);
    va_end(arguments);
}

void diagnosis_warning(struct diagnosis *diagnosis, const struct place *place, const char *remedy,
                       const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    diagnosis_add(diagnosis, DIAGNOSIS_WARNING, place, remedy, format, arguments);
    va_end(arguments);
}

void diagnosis_out_of_memory(struct diagnosis *diagnosis)
{
    diagnosis->errors++;
    diagnosis->out_of_memory = true;
}

size_t diagnosis_errors(const struct diagnosis *diagnosis)
{
    return diagnosis->errors;
}

size_t diagnosis_warnings(const struct diagnosis *diagnosis)
{
    return diagnosis->warnings;
}

size_t diagnosis_count(const struct diagnosis *diagnosis)
{
    return diagnosis->entry_count;
}

const struct diagnosis_problem *diagnosis_at(const struct diagnosis *diagnosis, size_t index)
{
    assert(index < diagnosis->entry_count);
    return &diagnosis->entries[index].problem;
}

size_t diagnosis_unkept_after(const struct diagnosis *diagnosis, size_t index)
{
    assert(index < diagnosis->entry_count);
    const struct entry *entry = &diagnosis->entries[index];
    const struct kind *kind = &diagnosis->kinds[entry->kind];
    return entry->number == DIAGNOSIS_REPEATS ? kind->total - kind->kept : 0;
}

bool diagnosis_ran_out_of_memory(const struct diagnosis *diagnosis)
{
    return diagnosis->out_of_memory;
}
