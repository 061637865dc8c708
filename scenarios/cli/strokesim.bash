# Completion of strokesim for bash: commands, options, parameter keys and folders.
_strokesim() {
    local word=${COMP_WORDS[COMP_CWORD]} command=${COMP_WORDS[1]}
    local shared='--out --replications --precision --seed --threads --set --variant --years
        --patients --quiet --force --help'
    if [ "$COMP_CWORD" -eq 1 ]; then
        mapfile -t COMPREPLY < <(compgen -W 'compare whatif run sweep merge report beds trace check params new --help --version' -- "$word")
        return
    fi
    case $word in
    -*)
        case $command in
        compare) shared="--baseline --focus --boundaries $shared" ;;
        sweep) shared="--shard --resume --yes ${shared/--patients /}" ;;
        merge) shared='--out --quiet --force --help' ;;
        whatif) shared="--from --close --open --role --policy --beds --save --focus
            --boundaries $shared" ;;
        report) shared='--focus --boundaries --help' ;;
        beds) shared='--delay --out --replications --seed --threads --set --variant --years --quiet
            --force --help' ;;
        trace) shared='--replication --patient --seed --threads --set --variant --years --help' ;;
        check) shared='--set --variant --help' ;;
        params) shared='--csv --help' ;;
        new) shared='--help' ;;
        esac
        mapfile -t COMPREPLY < <(compgen -W "$shared" -- "$word")
        ;;
    *)
        if [ "$command" = params ]; then
            mapfile -t COMPREPLY < <(compgen -W "$(strokesim params --csv 2>/dev/null |
                tail -n +2 | cut -d, -f1)" -- "$word")
        elif [ "$command" = sweep ] || [ "${COMP_WORDS[COMP_CWORD - 1]}" = --boundaries ]; then
            mapfile -t COMPREPLY < <(compgen -f -- "$word")
        else
            mapfile -t COMPREPLY < <(compgen -d -- "$word")
        fi
        ;;
    esac
}
complete -F _strokesim strokesim
