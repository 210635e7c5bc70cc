# Carries out the requests of each file *.steps, four files at a time: a line is a step, a number, a verb, and what it is
# about. A step follows only when the one before it went well. Of each failure it prints the number, the API server's reason
# word and what fixed patterns find; what kubectl itself says can hold anything, and is dropped. Each file that was worked on
# to its end, or to its first failure, is a line too. Where something failed, it ends with what is there now.
. ./observe.sh
request() {
    case $2 in
    create) kubectl create --raw "/api/v1/namespaces/$4/$3" -f "$1.json" ;;
    patch) kubectl patch "$3" "$5" -n "$4" --type=merge --patch-file "$1.json" ;;
    delete) kubectl delete --raw "/api/v1/namespaces/$4/$3/$5" -f "$1.json" ;;
    esac
}
follow() {
    failed=
    while read -r step number verb resource namespace name; do
        [ "${failed:-$step}" = "$step" ] || break
        request "$number" "$verb" "$resource" "$namespace" "$name" >"$number.said" 2>&1 </dev/null && continue
        failed=$step
        echo "F $number $(reason "$number.said")" >>"$1.failed"
    done <"$1" && echo "D ${1%.steps}"
}
count=0
for steps in *.steps; do
    follow "$steps" &
    count=$((count + 1))
    [ $((count % 4)) -ne 0 ] || wait
done
wait
if cat ./*.failed 2>/dev/null; then
    observe "$1"
    slice 1
fi
echo END
