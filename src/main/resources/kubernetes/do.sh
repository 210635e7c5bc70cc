# Does what each file *.items says, line by line, until a line fails; four files at a time. Prints one line for each.
act() {
    case $1 in
    create) kubectl create -f "$2.json" -o name ;;
    replace) fill "$2" "$3" "$4" && kubectl replace -f "$2.whole" -o name ;;
    patch) kubectl patch serviceaccount "$4" -n "$3" --type=json -p "$(cat "$2.json")" -o name ;;
    delete) delete "$3" "$4" ;;
    renew) fill "$2" "$3" "$4" && delete "$3" "$4" && kubectl create -f "$2.whole" -o name ;;
    esac
}
# Only while it is this program's; what finalizers hold is not waited for.
delete() {
    kubectl delete secrets -n "$1" -l app.kubernetes.io/managed-by=acr-attach --field-selector "metadata.name=$2" --wait=false -o name
}
# Puts in what others put in the secret that is there.
fill() {
    {
        sed -n 1p "$1.json" && part owners "$2" "$3" &&
            sed -n 2p "$1.json" && part others "$2" "$3" &&
            sed -n 3p "$1.json"
    } >"$1.whole"
}
part() {
    kubectl get secret "$3" -n "$2" -o "go-template-file=$1.tmpl"
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
