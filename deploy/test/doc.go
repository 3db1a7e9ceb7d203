// Package deploytest checks what deploys Egressor with the tools that read it:
// the chart with Helm's engine and Kubernetes' types, the Dockerfile with
// BuildKit's parser, the Compose file with Compose's loader. It is a module of
// its own, so that none of them is a dependency of the program.
//
//	cd deploy/test && go test ./...
//	cd deploy/test && go test ./... -update   # after a change of the chart
//
// The rendered manifests in testdata/rendered are also what package deploy
// checks against the flags that the programs have.
package deploytest
