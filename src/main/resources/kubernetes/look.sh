# Observes, and prints a slice of it: what fits into what a command may print.
. ./observe.sh
observe "$1"
slice "$2"
echo END
