# shellcheck shell=bash disable=SC2034
# What came of one part of the tests, from its exit status and what it printed; for tests/run_all
# to source. It is a file of its own so that tests/verdict_test can show that nothing slips through.

# A program or script that is one test.
read_single() { # STATUS
    if [ "$1" -eq 0 ]; then passed=1; else failed=1; fi
}

# A build proves nothing by itself, but all that needs it is lost without.
read_build() { # STATUS
    [ "$1" -eq 0 ] || failed=1
}

# A script that closes with "N passed, N failed".
read_counted() { # STATUS LOG
    local closing='^([0-9]+) passed, ([0-9]+) failed(, ([0-9]+) skipped)?$'
    if [[ $(tail -n 1 "$2") =~ $closing ]]; then
        passed=${BASH_REMATCH[1]} failed=${BASH_REMATCH[2]} skipped=${BASH_REMATCH[4]:-0}
    fi
}

# The same for what not every machine can run: it may be skipped there, but not where a change is
# judged, which CI says.
read_essential() { # STATUS LOG
    read_counted "$@"
    if [ -n "${CI:-}" ] && [ "$skipped" -gt 0 ]; then
        failed=$((failed + skipped)) skipped=0
    fi
}

# Criterion. A test that fails after its end, as one that leaks does, is counted as passing, with a
# warning and an exit status; a filter that matches nothing is fine by it.
read_criterion() { # STATUS LOG
    local closing='Tested: ([0-9]+) \| Passing: ([0-9]+) \| Failing: ([0-9]+) \|' late
    if [[ $(grep -F 'Synthesis: Tested:' "$2" | tail -n 1) =~ $closing ]]; then
        late=$(grep -c 'crashed during its setup or teardown' "$2")
        passed=$((BASH_REMATCH[2] - late)) failed=$((BASH_REMATCH[3] + late))
        skipped=$(grep -c '^\[SKIP\]' "$2")
    fi
}

# verdict KIND STATUS LOG: sets passed, failed and skipped. Neither a crash nor a part that ran
# nothing passes unseen.
verdict() {
    passed=0 failed=0 skipped=0
    "read_$1" "$2" "$3"
    if [ "$failed" -eq 0 ]; then
        if [ "$2" -ne 0 ] || { [ "$1" != build ] && [ $((passed + skipped)) -eq 0 ]; }; then
            failed=1
        fi
    fi
}
