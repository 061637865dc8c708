#include "scenarios/read/yaml_tree.h"
#include "tests/scenarios/said.h"

#include <math.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

static struct yaml_tree *read_text(const char *text, struct diagnosis *diagnosis)
{
    return yaml_tree_read_text(text, strlen(text), "s.yaml", diagnosis);
}

/* A tree from text in which nothing is wrong. */
static struct yaml_tree *read_good(const char *text)
{
    struct diagnosis *diagnosis = diagnosis_new();
    struct yaml_tree *tree = read_text(text, diagnosis);
    expect_said(diagnosis, "");
    cr_assert_not_null(tree);
    return tree;
}

Test(yaml_tree, keeps_kinds_texts_and_places)
{
    struct yaml_tree *tree = read_good("# a comment\n"
                                       "name: \"Londres \xc3\xa9t\xc3\xa9\"\n"
                                       "years: 5 # years\n"
                                       "list:\n"
                                       "  - one\n"
                                       "  - {a: 1, 'b c': [x]}\n"
                                       "empty:\n"
                                       "text: |\n"
                                       "  two\n"
                                       "  lines\n");
    const struct yaml_node *root = yaml_tree_root(tree);
    cr_assert_eq(yaml_kind(root), YAML_KIND_MAPPING);
    cr_assert_eq(yaml_count(root), 5);
    cr_assert_str_eq(yaml_text(yaml_key(root, 1)), "years");
    const struct yaml_node *name = yaml_find(root, "name");
    cr_assert_str_eq(yaml_text(name), "Londres \xc3\xa9t\xc3\xa9");
    cr_assert(yaml_is_quoted(name) && !yaml_is_quoted(yaml_find(root, "years")));
    struct place place = yaml_place(name);
    cr_assert_str_eq(place.file, "s.yaml");
    cr_assert_str_eq(place.key, "name");
    cr_assert(place.line == 2 && place.column == 7);
    const struct yaml_node *list = yaml_find(root, "list");
    cr_assert(yaml_is_sequence(list) && yaml_count(list) == 2);
    const struct yaml_node *deep = yaml_item(yaml_find(yaml_item(list, 1), "b c"), 0);
    cr_assert_str_eq(yaml_text(deep), "x");
    cr_assert(yaml_place(deep).line == 6 && yaml_place(deep).column == 20);
    cr_assert_null(yaml_place(deep).key);
    cr_assert(yaml_is_empty(yaml_find(root, "empty")) && !yaml_is_empty(name));
    cr_assert_str_eq(yaml_text(yaml_find(root, "text")), "two\nlines\n");
    char path[YAML_PATH_SIZE];
    cr_assert_str_eq(yaml_path(deep, path, sizeof path), "list[2].\"b c\"[1]");
    cr_assert_str_eq(yaml_path(yaml_key(root, 1), path, sizeof path), "years");
    cr_assert_str_eq(yaml_path(root, path, sizeof path), "");
    cr_assert_str_eq(yaml_path(deep, path, 8), "list[2]");
    yaml_tree_free(tree);
}

Test(yaml_tree, text_of_a_key)
{
    struct yaml_tree *tree = read_good("a: one\nquoted: \"~\"\nempty:\nnone: ~\nlist: [x]\n");
    const struct yaml_node *root = yaml_tree_root(tree);
    cr_assert_str_eq(yaml_text_at(root, "a"), "one");
    cr_assert_str_eq(yaml_text_at(root, "quoted"), "~");
    static const char *const nothing[] = {"empty", "none", "list", "b"};
    for (size_t i = 0; i < sizeof nothing / sizeof *nothing; i++)
        cr_expect_str_eq(yaml_text_at(root, nothing[i]), "", "%s", nothing[i]);
    cr_assert_str_eq(yaml_text_at(NULL, "a"), "");
    yaml_tree_free(tree);
}

Test(yaml_tree, what_is_not_there_is_null)
{
    struct yaml_tree *tree = read_good("a: 1\n");
    const struct yaml_node *root = yaml_tree_root(tree);
    cr_assert_null(yaml_find(root, "b"));
    cr_assert_null(yaml_find(yaml_find(yaml_find(root, "a"), "b"), "c"));
    cr_assert_null(yaml_item(root, 1));
    cr_assert_null(yaml_key(root, 1));
    cr_assert_null(yaml_key(yaml_find(root, "a"), 0));
    cr_assert_null(yaml_text(root));
    cr_assert_null(yaml_text(NULL));
    cr_assert_eq(yaml_count(NULL), 0);
    cr_assert(yaml_is_empty(NULL));
    cr_assert_not(yaml_is_scalar(NULL) || yaml_is_sequence(NULL) || yaml_is_mapping(NULL));
    cr_assert_eq(yaml_place(NULL).line, 0);
    yaml_tree_free(tree);
    yaml_tree_free(NULL);
}

/* What cannot be read, and the lines that say so. */
static const struct {
    const char *text;
    const char *wanted;
} refused[] = {
    {"", "s.yaml: error: the file is empty\n"},
    {"# only this\n", "s.yaml: error: the file is empty\n"},
    {"---\n", "s.yaml: error: the file is empty\n"},
    {"a: \"b\nc: d\n", "s.yaml:1:4: error: the quote that opens here is never closed; close the "
                       "quote\n"},
    {"a: 'b\n", "s.yaml:1:4: error: the quote that opens here is never closed; close the quote\n"},
    {"a: b: c\n", "s.yaml:1:5: error: a ':' where no key can stand; put a text that holds ': ' in "
                  "quotes, and check the indentation\n"},
    {"a: 1\nb\nc: 2\n", "s.yaml:2:1: error: there is no ':' after this key; write 'key: value', "
                        "and check the indentation and the quotes above\n"},
    {"a:\n\t- b\n",
     "s.yaml:2:1: error: a value cannot begin with this character; indent with spaces, not tabs, "
     "and put a text that begins with '@', '`' or '%' in quotes\n"},
    {"a: @b\n",
     "s.yaml:1:4: error: a value cannot begin with this character; indent with spaces, not tabs, "
     "and put a text that begins with '@', '`' or '%' in quotes\n"},
    {"a: [1, 2\nb: 3\n", "s.yaml:1:4: error: the list that opens here goes wrong or is not closed; "
                         "part its items by ',' and close it with ']'\n"},
    {"a: {x: 1\n", "s.yaml:1:4: error: the mapping that opens here goes wrong or is not closed; "
                   "part its pairs by ',' and close it with '}'\n"},
    {"a: \"\\q\"\n", "s.yaml:1:5: error: a backslash in double quotes begins an escape; write "
                     "'\\\\' for a backslash, or use single quotes\n"},
    {"a: - b\n", "s.yaml:1:4: error: a '-' where no list can stand; put the list on lines of its "
                 "own, below its key\n"},
    {"a:\n  - b\n  c: d\n", "s.yaml:3:3: error: an item of the list should begin here; begin it "
                            "with '- ', and check the indentation\n"},
    {"a: 'b'c\n", "s.yaml:1:7: error: a key should stand here; indent it like the keys above, and "
                  "put a text that holds quotes in quotes\n"},
    {"b: 1\na: \x01\n", "s.yaml:2:4: error: there is a control character; remove it; save as "
                        "plain text\n"},
    {"a: 1\n---\nb: 2\n", "s.yaml:2:1: error: the file holds several documents; remove the line "
                          "'---' and what follows\n"},
    {"\xef\xbb\xbf"
     "a: 1\n",
     "s.yaml:1:1: error: the file begins with a byte-order mark; save as UTF-8 without byte-order "
     "mark\n"},
    {"\xff\xfe"
     "a",
     "s.yaml:1:1: error: the file is in UTF-16; save as UTF-8 without byte-order mark\n"},
    {"a: caf\xe9\n", "s.yaml:1:7: error: byte 0xe9 is not UTF-8; save the file as UTF-8\n"},
    {"? [a, b]\n: 1\n", "s.yaml:1:3: error: a key must be a text; write a word before the ':'\n"},
    {"a: &x 1\nb: *x\n",
     "s.yaml:1:4: error: anchors ('&') are not used in scenarios; remove it, or put a text that "
     "begins with '&' in quotes\n"
     "s.yaml:2:4: error: aliases ('*') are not used in scenarios; write the value out, or put a "
     "text that begins with '*' in quotes\n"},
    {"a: !foo!bar 1\n", "s.yaml:1:4: error: tags ('!') are not used in scenarios; put a text that "
                        "begins with '!' in quotes\n"},
};

Test(yaml_tree, refuses_in_plain_words)
{
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
        struct diagnosis *diagnosis = diagnosis_new();
        struct yaml_tree *tree = read_text(refused[i].text, diagnosis);
        /* Behind a byte-order mark reading goes on. */
        cr_expect_eq(tree != NULL, refused[i].text[0] == '\xef', "%s", refused[i].text);
        yaml_tree_free(tree);
        expect_said(diagnosis, refused[i].wanted);
    }
}

Test(yaml_tree, goes_on_after_what_can_be_passed_over)
{
    struct diagnosis *diagnosis = diagnosis_new();
    struct yaml_tree *tree = read_text("a: 1\n"
                                       "b: {x: 1, y: 2, x: 3, x: 4}\n"
                                       "a: 2\n"
                                       "c: !!str 5\n"
                                       "\"\": 6\n"
                                       "d: \"x\\0y\"\n",
                                       diagnosis);
    cr_assert_not_null(tree);
    cr_assert_str_eq(yaml_text(yaml_find(yaml_tree_root(tree), "a")), "1");
    yaml_tree_free(tree);
    expect_said(diagnosis,
                "s.yaml:2:17: error: b.x: the key stands in line 2 already; remove one of them\n"
                "s.yaml:2:23: error: b.x: the key stands in line 2 already; remove one of them\n"
                "s.yaml:3:1: error: a: the key stands in line 1 already; remove one of them\n"
                "s.yaml:4:4: error: tags ('!') are not used in scenarios; remove it, or put a "
                "text that begins with '!' in quotes\n"
                "s.yaml:5:1: error: the key is empty; write a word before the ':'\n"
                "s.yaml:6:4: error: the text holds a NUL; remove the '\\0'\n");
}

static void nest(char *text, size_t depth)
{
    memset(text, '[', depth);
    memset(text + depth, ']', depth);
    text[2 * depth] = '\0';
}

Test(yaml_tree, refuses_what_is_too_deep)
{
    char text[256];
    nest(text, YAML_TREE_DEEPEST);
    yaml_tree_free(read_good(text));
    struct diagnosis *diagnosis = diagnosis_new();
    nest(text, YAML_TREE_DEEPEST + 1);
    cr_assert_null(read_text(text, diagnosis));
    expect_said(diagnosis, "s.yaml:1:33: error: values are nested more than 32 deep\n");
}

Test(yaml_tree, refuses_what_is_too_many)
{
    size_t length = 2 * (size_t)YAML_TREE_MOST_NODES + 2;
    char *text = malloc(length);
    memset(text, ',', length);
    text[0] = '[';
    for (size_t i = 1; i < length - 1; i += 2)
        text[i] = 'x';
    text[length - 1] = ']';
    struct diagnosis *diagnosis = diagnosis_new();
    cr_assert_null(yaml_tree_read_text(text, length, "s.yaml", diagnosis));
    cr_assert_eq(diagnosis_errors(diagnosis), 1);
    cr_assert_str_eq(diagnosis_at(diagnosis, 0)->message, "there are more than 1048576 values");
    diagnosis_free(diagnosis);
    free(text);
}

Test(yaml_tree, typed_values)
{
    struct yaml_tree *tree = read_good("p: {number: 1.5, whole: 12, flag: Yes, text: no}\n");
    const struct yaml_node *p = yaml_find(yaml_tree_root(tree), "p");
    struct diagnosis *diagnosis = diagnosis_new();
    double number = 0.0;
    int64_t whole = 0;
    bool flag = false;
    const char *text = NULL;
    cr_assert(yaml_read_number(yaml_find(p, "number"), 0, 2, diagnosis, &number));
    cr_assert(yaml_read_integer(yaml_find(p, "whole"), 0, 20, diagnosis, &whole));
    cr_assert(yaml_read_boolean(yaml_find(p, "flag"), diagnosis, &flag));
    cr_assert(yaml_read_text(yaml_find(p, "text"), diagnosis, &text));
    cr_assert(number == 1.5 && whole == 12 && flag);
    cr_assert_str_eq(text, "no");
    expect_said(diagnosis, "");
    yaml_tree_free(tree);
}

Test(yaml_tree, typed_values_say_what_is_wrong)
{
    struct yaml_tree *tree = read_good("c:\n"
                                       "  - {a: x, b: \"5\", d: , e: [1], f: 2.5, g: 9}\n");
    const struct yaml_node *map = yaml_item(yaml_find(yaml_tree_root(tree), "c"), 0);
    struct diagnosis *diagnosis = diagnosis_new();
    double number = 7.0;
    int64_t whole = 7;
    bool flag = true;
    const char *text = "seven";
    cr_assert_not(yaml_read_number(yaml_find(map, "a"), 0, 1, diagnosis, &number));
    cr_assert_not(yaml_read_number(yaml_find(map, "b"), 0, 9, diagnosis, &number));
    cr_assert_not(yaml_read_text(yaml_find(map, "d"), diagnosis, &text));
    cr_assert_not(yaml_read_text(yaml_find(map, "e"), diagnosis, &text));
    cr_assert_not(yaml_read_integer(yaml_find(map, "f"), 0, 9, diagnosis, &whole));
    cr_assert_not(yaml_read_boolean(yaml_find(map, "g"), diagnosis, &flag));
    cr_assert_not(yaml_expect(yaml_find(map, "g"), YAML_KIND_MAPPING, diagnosis));
    cr_assert(number == 7.0 && whole == 7 && flag && strcmp(text, "seven") == 0);
    expect_said(diagnosis,
                "s.yaml:2:9: error: c[1].a: 'x' is not a number; a number from 0 to 1\n"
                "s.yaml:2:15: error: c[1].b: '5' in quotes is a text; remove the quotes\n"
                "s.yaml:2:23: error: c[1].d: no value is given; a single value\n"
                "s.yaml:2:28: error: c[1].e: a list stands here; a single value\n"
                "s.yaml:2:36: error: c[1].f: '2.5' is not a whole number; a whole number from 0 "
                "to 9\n"
                "s.yaml:2:44: error: c[1].g: '9' is neither yes nor no; yes or no\n"
                "s.yaml:2:44: error: c[1].g: a single value stands here; lines of 'key: value', "
                "indented below it\n");
    yaml_tree_free(tree);
}

Test(yaml_tree, unknown_keys)
{
    static const char *const known[] = {"name", "title", "years"};
    struct yaml_tree *tree = read_good("name: a\nyaers: 5\nzebra: 1\n");
    struct diagnosis *diagnosis = diagnosis_new();
    cr_assert_not(yaml_check_keys(yaml_tree_root(tree), known, 3, diagnosis));
    yaml_warning(diagnosis, yaml_find(yaml_tree_root(tree), "name"), NULL, "%s", "short");
    expect_said(diagnosis, "s.yaml:1:7: warning: name: short\n"
                           "s.yaml:2:1: error: yaers: there is no such key; did you mean 'years'?\n"
                           "s.yaml:3:1: error: zebra: there is no such key\n");
    yaml_tree_free(tree);
}

static void refuse_file(const char *path, const char *wanted)
{
    struct diagnosis *diagnosis = diagnosis_new();
    cr_assert_null(yaml_tree_read_file(path, "shown.yaml", diagnosis));
    expect_said(diagnosis, wanted);
}

Test(yaml_tree, files)
{
    char path[] = "/tmp/strokesim-yaml-XXXXXX";
    int descriptor = mkstemp(path);
    cr_assert_geq(descriptor, 0);
    cr_assert_eq(write(descriptor, "a: 1\n", 5), 5);
    struct diagnosis *diagnosis = diagnosis_new();
    struct yaml_tree *tree = yaml_tree_read_file(path, NULL, diagnosis);
    cr_assert_not_null(tree);
    cr_assert_str_eq(yaml_place(yaml_tree_root(tree)).file, path);
    yaml_tree_free(tree);
    diagnosis_free(diagnosis);
    cr_assert_eq(ftruncate(descriptor, (off_t)YAML_TREE_LARGEST + 1), 0);
    refuse_file(path, "shown.yaml: error: the file has 67108865 bytes, more than the 67108864 "
                      "that are read\n");
    close(descriptor);
    unlink(path);
    refuse_file(path, "shown.yaml: error: cannot be opened: No such file or directory\n");
    refuse_file("/tmp", "shown.yaml: error: this is a folder; name a file\n");
    refuse_file("/dev/null", "shown.yaml: error: this is not a regular file; name a file\n");
}
