package api

import (
	"context"

	"github.com/egressor/egressor/graphsvc/api/gqlmodel"
	"github.com/egressor/egressor/internal/model"
)

// convert passes a stream on, each element converted, until it ends or ctx does.
func convert[T, U any](ctx context.Context, in <-chan T, to func(T) U) <-chan U {
	out := make(chan U)
	go func() {
		defer close(out)
		for {
			select {
			case <-ctx.Done():
				return
			case element, open := <-in:
				if !open {
					return
				}
				select {
				case out <- to(element):
				case <-ctx.Done():
					return
				}
			}
		}
	}()
	return out
}

// announced is how a version is told; who hears of it is answered from it.
func (r *Resolver) announced(ctx context.Context) func(model.GraphVersion) *gqlmodel.GraphVersion {
	return func(version model.GraphVersion) *gqlmodel.GraphVersion {
		r.explorer.Saw(ctx, version)
		return versionValue(version)
	}
}
