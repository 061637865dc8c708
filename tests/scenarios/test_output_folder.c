#include "scenarios/write/output_folder.h"
#include "tests/scenarios/folders.h"

#include <sys/stat.h>
#include <unistd.h>

/* Writes one file into the folder's temporary self. */
static void put(const struct output_folder *folder, const char *name, const char *text)
{
    char *path = output_folder_file(folder, name);
    cr_assert_not_null(path);
    spill(path, text);
    free(path);
}

/* A finished results folder with these words in its manifest; returns its path to be freed. */
static char *finish(const char *target, enum output_existing existing, const char *words)
{
    struct write_fault fault = {0};
    struct output_folder *folder = output_folder_new(target, existing, &fault);
    cr_assert_not_null(folder, "%s", fault.text);
    put(folder, "manifest.json", words);
    cr_assert(output_folder_commit(folder, &fault), "%s", fault.text);
    cr_assert_str_eq(fault.text, "");
    char *path = strdup(output_folder_path(folder));
    output_folder_free(folder);
    return path;
}

static void expect_refusal(const char *target, enum output_existing existing, const char *reason)
{
    struct write_fault fault = {0};
    struct output_folder *folder = output_folder_new(target, existing, &fault);
    cr_expect_null(folder, "%s", target);
    output_folder_free(folder);
    cr_assert_not_null(strstr(fault.text, reason), "said: %s", fault.text);
}

Test(output_folder, appears_whole)
{
    char root[SCRATCH_SIZE];
    char target[SCRATCH_SIZE];
    char path[SCRATCH_SIZE];
    struct write_fault fault = {0};
    scratch_make(root);
    in(target, root, "new/results/run///");
    struct output_folder *folder = output_folder_new(target, OUTPUT_NUMBERED, &fault);
    cr_assert_not_null(folder, "%s", fault.text);
    cr_assert_str_eq(output_folder_path(folder), in(path, root, "new/results/run"));
    cr_assert_eq(access(path, F_OK), -1);
    cr_assert_eq(strncmp(output_folder_partial(folder), in(path, root, "new/results/run.partial-"),
                         strlen(path)),
                 0);
    put(folder, "summary.csv", "a\n");
    cr_assert(output_folder_commit(folder, &fault));
    expect_file(in(path, root, "new/results/run/summary.csv"), "a\n");
    cr_assert_eq(entries_in(in(path, root, "new/results")), 1);
    struct stat status;
    cr_assert_eq(stat(output_folder_path(folder), &status), 0);
    mode_t mask = umask(0);
    umask(mask);
    cr_assert_eq(status.st_mode & 0777, 0777 & ~mask);
    output_folder_free(folder);
    expect_file(in(path, root, "new/results/run/summary.csv"), "a\n");
    scratch_remove(root);
}

Test(output_folder, leaves_nothing_when_given_up)
{
    char root[SCRATCH_SIZE];
    char target[SCRATCH_SIZE];
    char path[SCRATCH_SIZE];
    scratch_make(root);
    cr_assert_eq(mkdir(in(path, root, "mine"), 0777), 0);
    in(target, root, "mine/new/deep/run");
    struct output_folder *folder = output_folder_new(target, OUTPUT_NUMBERED, NULL);
    cr_assert_not_null(folder);
    put(folder, "summary.csv", "a\n");
    cr_assert_eq(mkdir(in(path, output_folder_partial(folder), "sub"), 0777), 0);
    cr_assert_eq(symlink(root, in(path, output_folder_partial(folder), "link")), 0);
    output_folder_free(folder);
    /* The parents that were made are gone, the one that was there stays; no link was followed. */
    cr_assert_eq(entries_in(root), 1);
    cr_assert_eq(entries_in(in(path, root, "mine")), 0);
    output_folder_free(NULL);
    scratch_remove(root);
}

Test(output_folder, takes_the_next_free_number)
{
    char root[SCRATCH_SIZE];
    char target[SCRATCH_SIZE];
    char path[SCRATCH_SIZE];
    scratch_make(root);
    in(target, root, "run");
    static const char *const names[] = {"run", "run-2", "run-3"};
    for (size_t i = 0; i < 3; i++) {
        char *made = finish(target, OUTPUT_NUMBERED, names[i]);
        cr_assert_str_eq(made, in(path, root, names[i]));
        free(made);
    }
    for (size_t i = 0; i < 3; i++) {
        char manifest[SCRATCH_SIZE];
        in(path, root, names[i]);
        expect_file(in(manifest, path, "manifest.json"), names[i]);
    }
    scratch_remove(root);
}

/* Two runs that begin together choose the same number; the later to end takes the next. */
Test(output_folder, two_at_once_both_stay)
{
    char root[SCRATCH_SIZE];
    char target[SCRATCH_SIZE];
    char path[SCRATCH_SIZE];
    struct write_fault fault = {0};
    scratch_make(root);
    in(target, root, "run");
    struct output_folder *one = output_folder_new(target, OUTPUT_NUMBERED, &fault);
    struct output_folder *two = output_folder_new(target, OUTPUT_NUMBERED, &fault);
    cr_assert(one && two);
    cr_assert_str_neq(output_folder_partial(one), output_folder_partial(two));
    put(one, "a", "one");
    put(two, "a", "two");
    cr_assert(output_folder_commit(two, &fault) && output_folder_commit(one, &fault));
    cr_assert_str_eq(output_folder_path(two), target);
    cr_assert_str_eq(output_folder_path(one), in(path, root, "run-2"));
    expect_file(in(path, root, "run/a"), "two");
    expect_file(in(path, root, "run-2/a"), "one");
    output_folder_free(one);
    output_folder_free(two);
    scratch_remove(root);
}

Test(output_folder, refuses_to_write_over)
{
    char root[SCRATCH_SIZE];
    char target[SCRATCH_SIZE];
    char path[SCRATCH_SIZE];
    scratch_make(root);
    in(target, root, "run");
    cr_assert_eq(mkdir(target, 0777), 0);
    free(finish(target, OUTPUT_REFUSE, "first")); /* an empty one is as good as none */
    expect_file(in(path, target, "manifest.json"), "first");
    expect_refusal(target, OUTPUT_REFUSE, "is there and is not empty");
    expect_refusal(in(path, root, "run/manifest.json"), OUTPUT_REFUSE, "is not a folder");
    expect_refusal(path, OUTPUT_REPLACE, "is not a folder");
    cr_assert_eq(entries_in(root), 1);
    cr_assert_eq(entries_in(target), 1);
    scratch_remove(root);
}

/* What appears while the run goes on is not written over either. */
Test(output_folder, refuses_again_at_commit)
{
    char root[SCRATCH_SIZE];
    char target[SCRATCH_SIZE];
    char path[SCRATCH_SIZE];
    struct write_fault fault = {0};
    scratch_make(root);
    in(target, root, "run");
    struct output_folder *folder = output_folder_new(target, OUTPUT_REFUSE, &fault);
    cr_assert_not_null(folder);
    cr_assert_eq(mkdir(target, 0777), 0);
    spill(in(path, target, "letter.txt"), "dear");
    cr_assert_not(output_folder_commit(folder, &fault));
    cr_assert_not_null(strstr(fault.text, "is there and is not empty"));
    output_folder_free(folder);
    expect_file(path, "dear");
    cr_assert_eq(entries_in(root), 1);
    scratch_remove(root);
}

Test(output_folder, replaces_results_and_nothing_else)
{
    char root[SCRATCH_SIZE];
    char target[SCRATCH_SIZE];
    char path[SCRATCH_SIZE];
    scratch_make(root);
    in(target, root, "run");
    free(finish(target, OUTPUT_REPLACE, "first"));
    spill(in(path, target, "old.csv"), "old");
    free(finish(target, OUTPUT_REPLACE, "second"));
    expect_file(in(path, target, "manifest.json"), "second");
    cr_assert_eq(entries_in(target), 1);
    cr_assert_eq(entries_in(root), 1);
    char manifest[SCRATCH_SIZE];
    cr_assert_eq(rename(in(manifest, target, "manifest.json"), in(path, target, "letter.txt")), 0);
    expect_refusal(target, OUTPUT_REPLACE, "it has no manifest.json");
    cr_assert_eq(mkdir(manifest, 0777), 0); /* a folder of that name is no manifest */
    expect_refusal(target, OUTPUT_REPLACE, "it has no manifest.json");
    expect_file(path, "second");
    cr_assert_eq(entries_in(root), 1);
    scratch_remove(root);
}

/* `--out results/latest --force` replaces the results that the link leads to. */
Test(output_folder, follows_a_link_to_what_it_replaces)
{
    char root[SCRATCH_SIZE];
    char target[SCRATCH_SIZE];
    char link_path[SCRATCH_SIZE];
    char path[SCRATCH_SIZE];
    struct stat status;
    scratch_make(root);
    in(target, root, "run");
    in(link_path, root, "latest");
    free(finish(target, OUTPUT_REPLACE, "first"));
    cr_assert_eq(symlink("run", link_path), 0);
    free(finish(link_path, OUTPUT_REPLACE, "second"));
    expect_file(in(path, target, "manifest.json"), "second");
    cr_assert(lstat(link_path, &status) == 0 && S_ISLNK(status.st_mode));
    cr_assert_eq(unlink(link_path), 0);
    cr_assert_eq(symlink("gone", link_path), 0);
    expect_refusal(link_path, OUTPUT_REPLACE, "leads nowhere");
    scratch_remove(root);
}

Test(output_folder, cannot_be_written)
{
    char root[SCRATCH_SIZE];
    char path[SCRATCH_SIZE];
    char name[SCRATCH_SIZE + 300];
    scratch_make(root);
    spill(in(path, root, "file"), "x");
    for (int existing = OUTPUT_NUMBERED; existing <= OUTPUT_REPLACE; existing++) {
        expect_refusal(in(path, root, "file/run"), (enum output_existing)existing,
                       ": Not a directory");
        expect_refusal("", (enum output_existing)existing, "does not name a new folder");
        expect_refusal("/", (enum output_existing)existing, "does not name a new folder");
        expect_refusal(".", (enum output_existing)existing, "does not name a new folder");
        expect_refusal(in(path, root, "a/.."), (enum output_existing)existing,
                       "does not name a new folder");
        int length = snprintf(name, sizeof name, "%s/new/%0290d", root, 7);
        cr_assert_gt(length, 290);
        expect_refusal(name, (enum output_existing)existing, "File name too long");
        length = snprintf(name, sizeof name, "%s/new/%0280d/run", root, 7);
        cr_assert_gt(length, 280);
        expect_refusal(name, (enum output_existing)existing, "File name too long");
    }
    cr_assert_eq(entries_in(root), 1); /* `new` was made and is gone */
    scratch_remove(root);
}

/* The temporary folder vanishes under the run: the old results must survive the failure. */
Test(output_folder, a_failed_replacement_leaves_the_old)
{
    char root[SCRATCH_SIZE];
    char target[SCRATCH_SIZE];
    char path[SCRATCH_SIZE];
    struct write_fault fault = {0};
    scratch_make(root);
    in(target, root, "run");
    free(finish(target, OUTPUT_REPLACE, "first"));
    struct output_folder *folder = output_folder_new(target, OUTPUT_REPLACE, &fault);
    cr_assert(path_remove_tree(output_folder_partial(folder), &fault));
    cr_assert_not(output_folder_commit(folder, &fault));
    cr_assert_not_null(strstr(fault.text, "No such file or directory"), "%s", fault.text);
    output_folder_free(folder);
    expect_file(in(path, target, "manifest.json"), "first");
    cr_assert_eq(entries_in(root), 1);
    folder = output_folder_new(in(path, root, "other"), OUTPUT_NUMBERED, &fault);
    cr_assert(path_remove_tree(output_folder_partial(folder), &fault));
    cr_assert_not(output_folder_commit(folder, &fault));
    output_folder_free(folder);
    cr_assert_eq(entries_in(root), 1);
    scratch_remove(root);
}

Test(output_folder, latest_points_to_the_newest)
{
    char root[SCRATCH_SIZE];
    char target[SCRATCH_SIZE];
    char link_path[SCRATCH_SIZE];
    char leads[SCRATCH_SIZE] = "";
    struct write_fault fault = {0};
    scratch_make(root);
    in(target, root, "run");
    in(link_path, root, "latest");
    static const char *const names[] = {"run", "run-2"};
    for (size_t i = 0; i < 2; i++) {
        struct output_folder *folder = output_folder_new(target, OUTPUT_NUMBERED, &fault);
        cr_assert(output_folder_commit(folder, &fault));
        cr_assert(output_folder_link_latest(folder, &fault), "%s", fault.text);
        memset(leads, 0, sizeof leads);
        cr_assert_gt(readlink(link_path, leads, sizeof leads - 1), 0);
        cr_assert_str_eq(leads, names[i]);
        output_folder_free(folder);
    }
    cr_assert_eq(entries_in(root), 3);
    cr_assert_eq(unlink(link_path), 0);
    spill(link_path, "mine");
    struct output_folder *folder = output_folder_new(target, OUTPUT_NUMBERED, &fault);
    cr_assert(output_folder_commit(folder, &fault));
    cr_assert_not(output_folder_link_latest(folder, &fault));
    cr_assert_not_null(strstr(fault.text, "is not a link"));
    expect_file(link_path, "mine");
    output_folder_free(folder);
    scratch_remove(root);
}

Test(output_folder, paths)
{
    static const struct {
        const char *path;
        const char *parent;
        const char *name;
    } table[] = {{"a", ".", "a"},    {"a/b", "a", "b"}, {"/a", "/", "a"},
                 {"a//b", "a", "b"}, {"/", "/", ""},    {"a/b///", "a", "b"},
                 {"//a", "/", "a"},  {"./a", ".", "a"}, {"../a/", "..", "a"}};
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        char *path = path_trim(table[i].path);
        char *parent = path_parent(path);
        cr_assert_str_eq(parent, table[i].parent, "%s: %s", table[i].path, parent);
        cr_assert_str_eq(path_name(path), table[i].name);
        free(parent);
        free(path);
    }
    char *joined = path_join("/", "a");
    cr_assert_str_eq(joined, "/a");
    free(joined);
}
