# shellcheck shell=bash disable=SC2034
# What a report is opened with, for tests/check_report and tests/check_report_test to source: sets
# CHROMIUM and TOOLS, or `lacking` to what is not here. npm works in a copy of this folder, below
# build/, and again only when the lock changes.

have_tools() {
    local source name tool
    source=$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")
    for tool in node npm; do
        command -v "$tool" >/dev/null || { lacking="$tool is not here" && return 1; }
    done
    for name in chromium chromium-browser google-chrome; do
        CHROMIUM=$(command -v "$name") && break
    done
    [ -n "$CHROMIUM" ] || { lacking='chromium is not here' && return 1; }
    TOOLS=$(readlink -f -- "$source/../..")/build/report-tools
    export CHROMIUM TOOLS
    mkdir -p "$TOOLS"
    if ! cmp -s "$source/package-lock.json" "$TOOLS/fetched"; then
        rm -f "$TOOLS/fetched"
        cp "$source/.npmrc" "$source/package.json" "$source/package-lock.json" "$TOOLS"
        (cd "$TOOLS" && npm ci) >"$TOOLS/npm.log" 2>&1 ||
            { lacking='npm cannot fetch playwright-core and axe-core' && return 1; }
        cp "$source/package-lock.json" "$TOOLS/fetched"
    fi
}

# open_report TITLE PAGE [OPTION...]: opens it and counts what check.mjs says, into passed and failed.
open_report() {
    local title=$1 line ended
    ended=$(timeout -k 5 300 node "$(dirname -- "${BASH_SOURCE[0]}")/check.mjs" "${@:2}" 2>&1
        echo "status $?")
    while IFS= read -r line; do
        case $line in
        'ok '*) passed=$((passed + 1)) ;;
        'not ok '*) failed=$((failed + 1)) ;;
        status*) continue ;;
        esac
        printf '%s\n' "${line/ok /ok $title: }"
    done <<<"$ended"
    # Status 1 with nothing that is not ok: it did not come to its end.
    case $ended in
    *'status 0') grep -q '^ok no dialog' <<<"$ended" ;;
    *'status 1') grep -q '^not ok' <<<"$ended" ;;
    *) false ;;
    esac || {
        failed=$((failed + 1))
        printf 'not ok %s: the browser did not come to its end\n' "$title"
    }
}
