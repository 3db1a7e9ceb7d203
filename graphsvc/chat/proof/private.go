package proof

import (
	"regexp"
	"strings"
)

var (
	moment   = regexp.MustCompile(`^\d{4}-\d\d-\d\dT`)
	zoneName = regexp.MustCompile(`^[a-z]{2,4}(?:-[a-z]+)*-?\d-(?:az\d|[a-z]?)$|^[a-z]{2}(?:-[a-z]+)+-\d[a-z]?$|^[a-z]+\d-az\d$`)
)

// privateKeys hold names that people gave: they say what a company runs.
var privateKeys = map[string]bool{
	"sourceName": true, "destinationName": true, "name": true, "namespace": true, "cluster": true, "node": true, "agent": true,
	"source": true, "destination": true, "id": true, "from": true, "to": true, "sourceRevision": true, "destinationRevision": true,
	"revision": true, "localId": true, "localAddress": true, "remoteAddress": true, "changedBy": true, "group": true, "through": true,
	"subject": true, "entities": true, "entity": true, "via": true, "image": true, "images": true,
}

// publicWords are parts of ids and groups that name nothing of anybody's.
var publicWords = wordSet(`
w e n u x g deployment statefulset daemonset job cronjob replicaset pod node workload internet s3 dynamodb ecr sqs sns kms sts ec2 rds
unknown nat vpc gateway-endpoint interface-endpoint vpc-peering transit-gateway internet-gateway idle udp tcp
`)

// learnPrivate remembers the names in one text of a result.
func (l *Ledger) learnPrivate(key, text string) {
	if !privateKeys[key] {
		return
	}
	for _, word := range wordPattern.FindAllString(text, -1) {
		for part := range strings.SplitSeq(word, "/") {
			if len(part) > 1 && !publicWords[strings.ToLower(part)] && !transferID.MatchString(part) && !moment.MatchString(part) && !zoneName.MatchString(part) {
				l.private[part] = true
			}
		}
	}
}

// IsPrivate reports whether a word is a name that a result had as one.
func (l *Ledger) IsPrivate(word string) bool { return l.private[word] }
