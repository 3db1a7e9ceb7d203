package api

import "context"

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
