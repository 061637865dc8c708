#include <string.h>

#include "models/pathway_inside.h"

static void count_claim(struct pathway *pathway, uint32_t hospital, enum bed_kind kind,
                        const struct claim *claim)
{
    struct bed_count *count = &pathway->counted[hospital][kind];
    count->in_beds += claim_is_granted(claim);
    count->waiting += claim_is_waiting(claim);
}

/* Every claim of a patient on the way, where it was made. */
static void count_visit(struct pathway *pathway, const struct visit *visit)
{
    const struct path *path = visit->path;
    if (path->ward != NO_HOSPITAL)
        count_claim(pathway, path->ward, path_first_bed(path), &visit->bed);
    if (path->su != NO_HOSPITAL)
        count_claim(pathway, path->su, BED_SU, &visit->su_bed);
    if (path->rehab != NO_HOSPITAL)
        count_claim(pathway, path->rehab, BED_REHAB, &visit->rehab_bed);
}

/* A visit that was given back has a path that is done; one that never was in use has no patient. */
static bool is_inside(const struct visit *visit)
{
    return visit->patient != NULL && !visit->path->done;
}

/* The patients on the way, one by one: what they hold and wait for. Returns how many. */
static size_t count_patients(struct pathway *pathway)
{
    size_t inside = 0;
    memset(pathway->counted, 0, pathway->hospitals * sizeof *pathway->counted);
    for (size_t c = 0; c < pathway->chunks; c++)
        for (size_t i = 0; i < VISITS_A_CHUNK; i++)
            if (is_inside(&pathway->chunk[c][i])) {
                count_visit(pathway, &pathway->chunk[c][i]);
                inside++;
            }
    return inside;
}

static bool kind_balances(const struct resource *beds, const struct bed_count *counted)
{
    return resource_check(beds) && beds->in_use == counted->in_beds &&
           beds->waiting == counted->waiting;
}

bool pathway_balances(struct pathway *pathway)
{
    if (count_patients(pathway) != pathway->inside)
        return false;
    for (size_t h = 0; h < pathway->run->service->hospitals; h++)
        for (enum bed_kind kind = 0; kind < BED_KINDS; kind++)
            if (!kind_balances(&pathway->beds[h][kind], &pathway->counted[h][kind]))
                return false;
    return true;
}
