package lifetimes

import "time"

// second is how coarse the API's times are: they are cut to the second.
const second = time.Second

// Times are the instants that an object states. All are whole seconds; zero is
// not stated.
type Times struct {
	// Created is by the API server's clock.
	Created time.Time
	// Accepted, Network, Started and Finished are a pod's, by its node's clock: its
	// kubelet took it; its network stood; the earliest start of a container that is
	// known; the end of its last container.
	Accepted, Network, Started, Finished time.Time
	// Over says that nothing of the object runs any more, nor ever will.
	Over bool
}

// Bounds are the earliest and the latest instant at which something happened.
type Bounds struct {
	From, Sure time.Time
}

// Began bounds the beginning of an object that was seen at an instant by the
// observer's clock. Clocks may differ by tolerance. No object began after it was
// seen, nor before it was created: a node's clock that says so is not believed.
func (t Times) Began(at time.Time, tolerance time.Duration) Bounds {
	stated := earliest(t.Network, t.Started)
	bounds := Bounds{From: stated.Add(-tolerance), Sure: stated.Add(second + tolerance)}
	switch {
	case !stated.IsZero() && !stated.After(at.Add(tolerance)):
	case !t.Accepted.IsZero() && !t.Accepted.After(at):
		bounds = Bounds{From: t.Accepted.Add(-tolerance), Sure: at}
	case !t.Created.IsZero() && !t.Created.After(at):
		bounds = Bounds{From: t.Created, Sure: at}
	default:
		bounds = Bounds{From: at, Sure: at}
	}
	if created := t.Created.Add(-tolerance); !t.Created.IsZero() && bounds.From.Before(created) && !t.Created.After(at) {
		bounds.From = created
		bounds.Sure = latest(bounds.Sure, t.Created.Add(second+tolerance))
	}
	bounds.From = earliest(bounds.From, at)
	bounds.Sure = latest(earliest(bounds.Sure, at), bounds.From)
	return bounds
}

// Ended bounds the end of an object of which nothing runs any more; both bounds
// are zero while it does. From is zero where no end is stated.
func (t Times) Ended(at time.Time, tolerance time.Duration) Bounds {
	switch {
	case !t.Over:
		return Bounds{}
	case t.Finished.IsZero():
		return Bounds{Sure: at}
	default:
		return Bounds{
			From: earliest(t.Finished.Add(-tolerance), at),
			Sure: earliest(t.Finished.Add(second+tolerance), at),
		}
	}
}

// earliest returns the earliest of the instants that are not zero.
func earliest(instants ...time.Time) time.Time {
	var found time.Time
	for _, instant := range instants {
		if !instant.IsZero() && (found.IsZero() || instant.Before(found)) {
			found = instant
		}
	}
	return found
}

// latest returns the latest of the instants.
func latest(instants ...time.Time) time.Time {
	var found time.Time
	for _, instant := range instants {
		if instant.After(found) {
			found = instant
		}
	}
	return found
}
