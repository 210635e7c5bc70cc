# Does what each file *.items says, line by line, until a line fails; four files at a time. Prints one line for each.
act() {
    case $1 in
    create | replace) kubectl "$1" -f "$2.json" -o name ;;
    patch) kubectl patch serviceaccount "$4" -n "$3" --type=json -p "$(cat "$2.json")" -o name ;;
    # Only while it is this program's.
    delete) kubectl delete secrets -n "$3" -l app.kubernetes.io/managed-by=acr-attach --field-selector "metadata.name=$4" -o name ;;
    esac
}
follow() {
    while read -r verb number namespace name; do
        said=$(act "$verb" "$number" "$namespace" "$name" 2>&1 </dev/null)
        code=$?
        printf 'R %s %s %s\n' "$number" "$code" "$(printf %s "$said" | tr '\n\r' '  ' | cut -c1-600)" >>"$1.out"
        [ "$code" -eq 0 ] || return
    done <"$1"
}
count=0
for items in *.items; do
    follow "$items" &
    count=$((count + 1))
    [ $((count % 4)) -ne 0 ] || wait
done
wait
cat ./*.out
echo END
