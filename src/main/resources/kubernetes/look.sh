# Prints what there is for the secret $1: with all service accounts if $2 is all, else with those in accounts.txt.
# Of secrets it prints what describes them, never what they hold: Azure keeps what is printed.
see() {
    what=$1
    template=$2
    shift 2
    if ! kubectl get "$what" "$@" -o "go-template-file=$template" 2>error.txt; then
        printf '\nE %s %s\n' "$what" "$(tr '\n\r' '  ' <error.txt | cut -c1-600)"
    fi
}
secret=$1
shift
see namespaces namespaces.tmpl
see secrets secrets.tmpl --all-namespaces --field-selector "metadata.name=$secret"
if [ "$1" = all ]; then
    see serviceaccounts accounts.tmpl --all-namespaces
else
    while read -r account; do
        see serviceaccounts accounts.tmpl --all-namespaces --field-selector "metadata.name=$account"
    done <accounts.txt
fi
echo END
