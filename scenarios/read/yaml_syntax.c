#include "scenarios/read/yaml_store.h"

#include <string.h>

/* What libyaml says, and what a planner should be told. The first row whose texts are found in
   libyaml's problem and context is used. */
struct wording {
    const char *problem;
    const char *context; /* NULL: any */
    bool at_context;     /* the place to show is where the thing began */
    const char *message;
    const char *remedy;
};

static const struct wording wordings[] = {
    {"unexpected end of stream", "quoted scalar", true, "the quote that opens here is never closed",
     "close the quote"},
    {"unexpected document indicator", "quoted scalar", true,
     "the quote that opens here is never closed", "close the quote"},
    {"unknown escape character", NULL, false, "a backslash in double quotes begins an escape",
     "write '\\\\' for a backslash, or use single quotes"},
    {"mapping values are not allowed", NULL, false, "a ':' where no key can stand",
     "put a text that holds ': ' in quotes, and check the indentation"},
    {"could not find expected ':'", NULL, true, "there is no ':' after this key",
     "write 'key: value', and check the indentation and the quotes above"},
    {"tab character", NULL, false, "the line is indented with a tab", "indent with spaces"},
    {"cannot start any token", NULL, false, "a value cannot begin with this character",
     "indent with spaces, not tabs, and put a text that begins with '@', '`' or '%' in quotes"},
    {"expected '-' indicator", NULL, false, "an item of the list should begin here",
     "begin it with '- ', and check the indentation"},
    {"block sequence entries are not allowed", NULL, false, "a '-' where no list can stand",
     "put the list on lines of its own, below its key"},
    {"expected ',' or ']'", NULL, true, "the list that opens here goes wrong or is not closed",
     "part its items by ',' and close it with ']'"},
    {"expected ',' or '}'", NULL, true, "the mapping that opens here goes wrong or is not closed",
     "part its pairs by ',' and close it with '}'"},
    {"expected key", NULL, false, "a key should stand here",
     "indent it like the keys above, and put a text that holds quotes in quotes"},
    {"undefined tag handle", NULL, false, "tags ('!') are not used in scenarios",
     "put a text that begins with '!' in quotes"},
    {"parsing a tag", NULL, false, "tags ('!') are not used in scenarios",
     "put a text that begins with '!' in quotes"},
    {"<document start>", NULL, false, "there is text after the end of the scenario",
     "check the indentation, and remove lines of '...' and '%'"},
    {"control characters", NULL, false, "there is a control character",
     "remove it; save as plain text"},
};

static bool has(const char *text, const char *part)
{
    return text && strstr(text, part);
}

static const struct wording *wording_of(const yaml_parser_t *parser)
{
    for (size_t i = 0; i < sizeof wordings / sizeof *wordings; i++) {
        const struct wording *wording = &wordings[i];
        if (has(parser->problem, wording->problem) &&
            (!wording->context || has(parser->context, wording->context)))
            return wording;
    }
    return NULL;
}

/* Errors of libyaml's reader come with a byte offset and no mark. */
static void place_of_offset(const char *text, size_t length, size_t offset, struct place *place)
{
    place->line = 1;
    place->column = 1;
    for (size_t i = 0; i < length && i < offset; i++) {
        if (text[i] == '\n') {
            place->line++;
            place->column = 1;
        } else if (((unsigned char)text[i] & 0xc0u) != 0x80u) {
            place->column++;
        }
    }
}

void yaml_report_syntax(const yaml_parser_t *parser, const char *text, size_t length,
                        const char *file, struct diagnosis *diagnosis)
{
    if (parser->error == YAML_MEMORY_ERROR) {
        diagnosis_out_of_memory(diagnosis);
        return;
    }
    const struct wording *wording = wording_of(parser);
    struct place place = {.file = file};
    if (parser->error == YAML_READER_ERROR) {
        place_of_offset(text, length, parser->problem_offset, &place);
    } else {
        bool at_context = wording && wording->at_context && parser->context;
        const yaml_mark_t *mark = at_context ? &parser->context_mark : &parser->problem_mark;
        place.line = mark->line + 1;
        place.column = mark->column + 1;
    }
    if (wording)
        diagnosis_error(diagnosis, &place, wording->remedy, "%s", wording->message);
    else
        diagnosis_error(diagnosis, &place, NULL, "this is not valid YAML: %s%s%s",
                        parser->context ? parser->context : "", parser->context ? ", " : "",
                        parser->problem ? parser->problem : "unknown problem");
}
