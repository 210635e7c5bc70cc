# Observes what there is for the pull secret $1: what describes it, never what it holds, for Azure keeps what is printed. A
# kind that cannot be listed is a line of its own, with the API server's reason word.
observe() {
    {
        see namespaces
        see secrets --field-selector "metadata.name=$1"
        see_accounts "$1"
    } >observed.txt
}
# Those that matter. Whoever may write service accounts can make as many as he likes: where they are more than half of what
# commands may print, long words are left out, and if that does not help, all. What was left out is marked by a !, and of it
# stays the pull secret $1.
see_accounts() {
    see serviceaccounts | grep -E -f serviceaccounts.txt >accounts.txt
    fits accounts.txt || sed -E -e 's/( @([^ ]{100}){10}[^ ]*) @/\1! @/' \
        -e "s/ @([^ =]*=)([^ ]*%2C)?$1(%2C[^ ]*)?&! @/ @\1$1\&! @/" -e 's/ @([^ ]{100}){10}[^ ]*! @/ @! @/' \
        -e 's/ @([^ ]{100}){10}[^ ]*$/&!/' -e "s/ @([^ ]*,)?$1,[^ ]*!$/ @$1,!/" \
        -e 's/ @([^ ]{100}){10}[^ ]*!$/ @!/' -i accounts.txt
    if fits accounts.txt; then cat accounts.txt; else echo "E serviceaccounts TooMany"; fi
}
fits() {
    [ "$(wc -c <"$1")" -le 2000000 ]
}
see() {
    kind=$1
    shift
    # A template that fails has kubectl print what it was about, secrets too: into a file that nobody prints then.
    if kubectl get "$kind" --all-namespaces "$@" -o "go-template-file=$kind.tmpl" >part.txt 2>said.txt </dev/null; then
        cat part.txt
    else
        echo "E $kind $(reason said.txt)"
    fi
}
# The reason word of an API server's answer, and which fixed part its message has. The rest is dropped. Only the line with
# which kubectl begins counts: others can be words of whoever refused. Who was asked about a write comes before who was asked
# about the right, for the first chooses even the reason word.
name="[A-Za-z0-9.-]{1,253}"
parts="admission webhook \"$name\" denied the request|failed calling (admission )?webhook \"$name\"\
|((Validating|Mutating)AdmissionPolicy|policy) ['\"]$name['\"]( with binding '$name')? denied request(: failed to configure (policy|binding))?\
|unable to create new content in namespace [a-z0-9-]+ because it is being terminated|(exceeded|failed) quota: [A-Za-z0-9 .,:=/-]*\
|insufficient quota to |status unknown for quota: |not yet ready to handle request\
|forbidden: User \"[^\"\\\\]*\" cannot ([^:]*: Error occured during authorization check)?"
reason() {
    line=$(grep -E -m 1 '^(Error from server|The .* is invalid|error: You must be logged in )' "$1")
    word=$(echo "$line" | sed -n -e 's/^Error from server (\([A-Za-z]*\)).*/\1/p' -e 's/^Error from server: .*/Unknown/p' \
        -e 's/^The .* is invalid.*/Invalid/p' -e 's/^error: You must be logged in .*/Unauthorized/p')
    found=$(echo "$line" | grep -Eo "$parts")
    echo "${word:-Unknown} $(echo "$found" | grep -v -m 1 '^forbidden: User' || echo "$found" | head -n 1)"
}
# Prints bytes of what was observed, from $1 on, after their number and the checksum of all.
slice() {
    echo "T $(cksum <observed.txt)"
    tail -c "+$1" observed.txt | head -c 400000
    echo
}
