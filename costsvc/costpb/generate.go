// Package costpb is the generated code of the cost service's protocol.
package costpb

//go:generate ./generate.sh
