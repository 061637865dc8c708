#include "scenarios/sweep/sweep_folder.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "scenarios/sweep/analysis.h"
#include "scenarios/sweep/sweep_design.h"
#include "scenarios/write/csv_writer.h"
#include "scenarios/write/path.h"
#include "scenarios/write/table_parts.h"

struct sweep_folder {
    char *path, *lock_path;
    const struct sweep *sweep;
    const struct sweep_about *about;
    uint64_t done;
    bool was_complete;
    int lock; /* -1: none */
    struct csv_writer *figures, *differences, *progress;
};

/* How far the tables are known to be whole. */
struct reached {
    bool any; /* a line of progress.csv says so */
    uint64_t points, last, figures, differences, progress;
};

static char *file_in(const struct sweep_folder *folder, const char *name, struct write_fault *fault)
{
    char *path = path_join(folder->path, name);
    if (path == NULL)
        write_fault_set(fault, 0, "out of memory");
    return path;
}

static struct csv_writer *open_table(const struct sweep_folder *folder, const char *name,
                                     const uint64_t *size, struct write_fault *fault)
{
    char *path = file_in(folder, name, fault);
    struct csv_writer *table = path == NULL   ? NULL
                               : size == NULL ? csv_writer_open(path, fault)
                                              : csv_writer_append(path, *size, fault);
    free(path);
    return table;
}

static bool exists(const struct sweep_folder *folder, const char *name)
{
    struct stat status;
    char *path = path_join(folder->path, name);
    bool there = path != NULL && stat(path, &status) == 0;
    free(path);
    return there;
}

/* A file or folder in it, or nothing. */
static void discard(const struct sweep_folder *folder, const char *name)
{
    char *path = path_join(folder->path, name);
    if (path != NULL && remove(path) != 0)
        path_remove_tree(path, NULL);
    free(path);
}

/* --- the lock --------------------------------------------------------------------------------- */

static bool is_removed(int file)
{
    struct stat status;
    return fstat(file, &status) != 0 || status.st_nlink == 0;
}

/* Some clusters' file systems have no locks. Better no guard against a second run than no run. */
static bool has_no_locks(int error)
{
    return error == ENOSYS || error == ENOLCK || error == ENOTSUP || error == EINVAL;
}

/* Who held the lock may have removed the file just before we got it: then it locks nothing, and
 * there is another one to be had. */
static bool take_lock(struct sweep_folder *folder, struct write_fault *fault)
{
    const char *path = folder->lock_path;
    int file, refused = 0;
    do {
        struct flock whole = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
        file = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
        if (file < 0)
            return write_fault_set(fault, errno, "cannot write %s", path);
        if (fcntl(file, F_SETLK, &whole) != 0)
            refused = has_no_locks(errno) ? 0 : errno;
        else if (is_removed(file)) {
            close(file);
            file = -1;
        }
    } while (file < 0);
    if (refused == 0) {
        folder->lock = file;
        return true;
    }
    close(file);
    if (refused == EACCES || refused == EAGAIN)
        return write_fault_set(fault, 0, "%s: another run is writing there", folder->path);
    return write_fault_set(fault, refused, "cannot lock %s", path);
}

/* Only who holds the lock may remove the file. */
static void leave_lock(struct sweep_folder *folder)
{
    if (folder->lock < 0)
        return;
    remove(folder->lock_path);
    close(folder->lock);
}

/* --- how far it is ---------------------------------------------------------------------------- */

static bool note_progress(struct sweep_folder *folder, uint64_t point)
{
    uint64_t figures = csv_writer_sync(folder->figures);
    uint64_t differences = csv_writer_sync(folder->differences);
    csv_writer_integer(folder->progress, (int64_t)point);
    csv_writer_integer(folder->progress, (int64_t)figures);
    csv_writer_integer(folder->progress, (int64_t)differences);
    csv_writer_end_row(folder->progress);
    if (csv_writer_failed(folder->figures) || csv_writer_failed(folder->differences))
        return false;
    csv_writer_sync(folder->progress);
    return !csv_writer_failed(folder->progress);
}

/* What the whole lines of progress.csv say; the last may be torn. */
static struct reached read_progress(const struct sweep_folder *folder)
{
    struct reached reached = {0};
    char line[128];
    uint64_t read = 0;
    char *path = path_join(folder->path, "progress.csv");
    FILE *stream = path == NULL ? NULL : fopen(path, "rb");
    while (stream != NULL && fgets(line, sizeof line, stream) != NULL) {
        uint64_t point, figures, differences;
        size_t length = strlen(line);
        read += length;
        if (length == 0 || line[length - 1] != '\n')
            break;
        if (sscanf(line, "%" SCNu64 ",%" SCNu64 ",%" SCNu64, &point, &figures, &differences) != 3)
            continue; /* the header */
        reached.points += reached.any;
        reached = (struct reached){true, reached.points, point, figures, differences, read};
    }
    if (stream != NULL)
        fclose(stream);
    free(path);
    return reached;
}

/* --- beginning and going on ------------------------------------------------------------------- */

static bool begin_tables(struct sweep_folder *folder, struct write_fault *fault)
{
    char *design = file_in(folder, "design.csv", fault);
    bool written =
        design != NULL && sweep_design_write(folder->sweep, folder->about, design, fault);
    free(design);
    if (!written)
        return false;
    folder->figures = open_table(folder, "sweep.csv", NULL, fault);
    folder->differences = open_table(folder, "sweep_differences.csv", NULL, fault);
    folder->progress = open_table(folder, "progress.csv", NULL, fault);
    if (folder->figures == NULL || folder->differences == NULL || folder->progress == NULL)
        return false;
    TABLE_COLUMNS(folder->figures, "point", "configuration", "metric", "unit", "mean", "sd",
                  "ci_low", "ci_high", "replications");
    TABLE_COLUMNS(folder->differences, "point", "baseline", "configuration", "metric", "unit",
                  "mean", "sd", "ci_low", "ci_high", "replications");
    TABLE_COLUMNS(folder->progress, "point", "sweep_bytes", "sweep_differences_bytes");
    if (!note_progress(folder, 0))
        return false;
    path_sync_folder(folder->path);
    return true;
}

static bool go_on(struct sweep_folder *folder, const struct reached *reached,
                  struct write_fault *fault)
{
    folder->done = reached->points;
    folder->figures = open_table(folder, "sweep.csv", &reached->figures, fault);
    folder->differences = open_table(folder, "sweep_differences.csv", &reached->differences, fault);
    folder->progress = open_table(folder, "progress.csv", &reached->progress, fault);
    return folder->figures != NULL && folder->differences != NULL && folder->progress != NULL;
}

/* Whether the folder holds this very run, as far as it got; every difference is reported. */
static bool is_ours(const struct sweep_folder *folder, struct diagnosis *diagnosis,
                    struct write_fault *fault)
{
    char *was = file_in(folder, "manifest.json", fault), *made = NULL;
    char *probe = path_join(folder->path, "compared");
    char *is = probe == NULL ? NULL : path_join(probe, "manifest.json");
    bool ours = was != NULL && is != NULL && path_make_folders(probe, &made, fault) &&
                sweep_manifest_write(probe, folder->sweep, folder->about, false, fault) &&
                sweep_manifest_compare(was, is, SWEEP_SAME_RUN, diagnosis);
    if (!ours && fault->text[0] == '\0')
        write_fault_set(fault, 0, "%s holds another run, which stays as it is", folder->path);
    discard(folder, "compared");
    free(made);
    free(was);
    free(is);
    free(probe);
    return ours;
}

static bool is_complete(const struct sweep_folder *folder)
{
    char *path = path_join(folder->path, "manifest.json");
    bool complete = path != NULL && sweep_manifest_is_complete(path);
    free(path);
    return complete;
}

static bool resume(struct sweep_folder *folder, struct diagnosis *diagnosis,
                   struct write_fault *fault)
{
    if (!is_ours(folder, diagnosis, fault))
        return false;
    struct reached reached = read_progress(folder);
    uint64_t points =
        sweep_shard_points(folder->sweep->points, folder->about->shard, folder->about->shards);
    folder->was_complete = is_complete(folder);
    if (folder->was_complete) {
        folder->done = points;
        return true;
    }
    if (reached.points > points)
        return write_fault_set(fault, 0, "%s: progress.csv has more points than the design",
                               folder->path);
    return reached.any ? go_on(folder, &reached, fault) : begin_tables(folder, fault);
}

/* What is in the folder besides the lock, counted; each removed if so asked. The manifest goes
 * last, under the name of one that is being written, so that the folder is known as ours until
 * then. */
static size_t others(const struct sweep_folder *folder, bool and_remove)
{
    size_t count = 0;
    DIR *entries = opendir(folder->path);
    for (struct dirent *entry; entries != NULL && (entry = readdir(entries)) != NULL;) {
        const char *name = entry->d_name;
        if (strcmp(name, ".") == 0 || strcmp(name, "..") == 0 || strcmp(name, "lock") == 0)
            continue;
        count++;
        if (and_remove && strcmp(name, "manifest.new") != 0)
            discard(folder, name);
    }
    if (entries != NULL)
        closedir(entries);
    return count;
}

/* What an earlier run left, or one that was killed before it had a manifest. Ours is the lock. */
static bool make_room(const struct sweep_folder *folder, struct write_fault *fault)
{
    char *manifest = file_in(folder, "manifest.json", fault);
    char *fresh = file_in(folder, "manifest.new", fault);
    bool good = manifest != NULL && fresh != NULL;
    if (good && rename(manifest, fresh) != 0 && errno != ENOENT)
        good = write_fault_set(fault, errno, "cannot replace %s", manifest);
    if (good) {
        others(folder, true);
        remove(fresh);
        if (others(folder, false) > 0)
            good = write_fault_set(fault, 0, "cannot empty %s", folder->path);
    }
    free(manifest);
    free(fresh);
    return good;
}

/* Whether a run may be written there this way; says why not. */
static bool may_write(const struct sweep_folder *folder, enum sweep_folder_way way,
                      struct write_fault *fault)
{
    if (!exists(folder, ".") || others(folder, false) == 0)
        return true;
    if (way == SWEEP_FOLDER_NEW)
        return write_fault_set(fault, 0,
                               "%s is there already; --resume goes on with it, --force "
                               "writes over it",
                               folder->path);
    if (exists(folder, "manifest.json") || exists(folder, "manifest.new"))
        return true;
    if (way == SWEEP_FOLDER_RESUME)
        return write_fault_set(fault, 0, "%s holds no run to go on with", folder->path);
    return write_fault_set(fault, 0, "%s holds no results of this program and is not replaced",
                           folder->path);
}

static bool open_folder(struct sweep_folder *folder, enum sweep_folder_way way,
                        struct diagnosis *diagnosis, struct write_fault *fault)
{
    char *made = NULL;
    if (!may_write(folder, way, fault))
        return false;
    bool good = path_make_folders(folder->path, &made, fault) && take_lock(folder, fault);
    free(made);
    if (!good)
        return false;
    if (way == SWEEP_FOLDER_RESUME && exists(folder, "manifest.json"))
        return resume(folder, diagnosis, fault);
    return make_room(folder, fault) &&
           sweep_manifest_write(folder->path, folder->sweep, folder->about, false, fault) &&
           begin_tables(folder, fault);
}

struct sweep_folder *sweep_folder_open(const char *path, enum sweep_folder_way way,
                                       const struct sweep *sweep, const struct sweep_about *about,
                                       struct diagnosis *diagnosis, struct write_fault *fault)
{
    struct sweep_folder *folder = calloc(1, sizeof *folder);
    if (folder != NULL && (folder->path = path_trim(path)) != NULL)
        folder->lock_path = path_join(folder->path, "lock");
    if (folder == NULL || folder->lock_path == NULL) {
        write_fault_set(fault, 0, "out of memory");
        if (folder != NULL)
            free(folder->path);
        free(folder);
        return NULL;
    }
    folder->sweep = sweep;
    folder->about = about;
    folder->lock = -1;
    if (open_folder(folder, way, diagnosis, fault))
        return folder;
    sweep_folder_close(folder, false, NULL);
    return NULL;
}

uint64_t sweep_folder_done(const struct sweep_folder *folder)
{
    return folder->done;
}

/* --- points ----------------------------------------------------------------------------------- */

static void put_figures(struct csv_writer *table, enum metric metric,
                        const struct estimate *estimate)
{
    csv_writer_text(table, metric_info(metric)->name);
    csv_writer_text(table, metric_info(metric)->unit);
    table_put_estimate(table, estimate);
    csv_writer_integer(table, (int64_t)estimate->n);
    csv_writer_end_row(table);
}

static const char *name_of(const struct sweep *sweep, size_t arm)
{
    return sweep->scenario->design.configuration[sweep->configuration[arm]].name;
}

bool sweep_folder_add(struct sweep_folder *folder, const struct sweep_point *point)
{
    const struct sweep *sweep = folder->sweep;
    for (size_t a = 0; a < sweep->configurations; a++)
        for (enum metric metric = 0; metric < METRIC_COUNT; metric++) {
            size_t at = a * METRIC_COUNT + metric;
            if (metric != METRIC_LIVES_SAVED) {
                csv_writer_integer(folder->figures, (int64_t)point->point);
                csv_writer_text(folder->figures, name_of(sweep, a));
                put_figures(folder->figures, metric, &point->summary[at]);
            }
            if (a > 0) {
                csv_writer_integer(folder->differences, (int64_t)point->point);
                csv_writer_text(folder->differences, name_of(sweep, 0));
                csv_writer_text(folder->differences, name_of(sweep, a));
                put_figures(folder->differences, metric, &point->difference[at]);
            }
        }
    return note_progress(folder, point->point);
}

static bool finish(const struct sweep_folder *folder, struct write_fault *fault)
{
    /* Of a shard nothing can be said yet. */
    if (folder->about->shards == 1 && !analysis_write(folder->path, fault))
        return false;
    return sweep_manifest_write(folder->path, folder->sweep, folder->about, true, fault);
}

bool sweep_folder_close(struct sweep_folder *folder, bool complete, struct write_fault *fault)
{
    struct csv_writer *const table[] = {folder->figures, folder->differences, folder->progress};
    bool good = true;
    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        good = (table[i] == NULL || csv_writer_close(table[i], good ? fault : NULL)) && good;
    if (good && complete && !folder->was_complete)
        good = finish(folder, fault);
    /* Also of a run that was killed between these two. */
    if (good && complete)
        discard(folder, "progress.csv");
    leave_lock(folder);
    free(folder->lock_path);
    free(folder->path);
    free(folder);
    return good;
}
