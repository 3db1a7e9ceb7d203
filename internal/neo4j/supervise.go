package neo4j

import (
	"context"
	"errors"
	"time"
)

// Reasons of a restart, as the counter has them.
const (
	reasonDied    = "died"
	reasonStopped = "stopped"
)

// supervise restarts Neo4j until life ends: after each death, and when it lives
// but its database has stopped.
func (c *Child) supervise(life context.Context, p *process) {
	defer close(c.stopped)
	for pause := time.Duration(0); p != nil; {
		begin := time.Now()
		watching, enough := context.WithCancel(life)
		reason := reasonDied
		select {
		case <-p.exited:
			c.setDown(p.failure())
			c.log.Error("died, restarting", "reason", p.failure())
		case err := <-c.watch(watching):
			reason = reasonStopped
			c.setDown(err)
			c.log.Error("the database takes no transactions any more, restarting once there is room", "reason", err, "room", c.room())
			p.kill()
		case <-life.Done():
			enough()
			c.setDown(errors.New("stopped"))
			c.stopErr = p.stop(context.WithoutCancel(life), c.cfg.StopTimeout)
			return
		}
		enough()
		pause = nextPause(pause, time.Since(begin))
		c.restarts.WithLabelValues(reason).Inc()
		p = c.relaunch(life, pause)
	}
}

// nextPause is how long to wait before a restart: nothing after a quiet while, and
// twice as long after each life that was shorter.
func nextPause(last, lived time.Duration) time.Duration {
	if lived >= quietWhile {
		return 0
	}
	return min(max(2*last, firstBackoff), longestBackoff)
}

// relaunch tries until a JVM is ready or life ends (nil).
func (c *Child) relaunch(life context.Context, pause time.Duration) *process {
	for ; ; pause = min(max(2*pause, firstBackoff), longestBackoff) {
		if !wait(life, pause) || !c.awaitRoom(life) {
			return nil
		}
		ctx, cancel := context.WithTimeout(life, c.cfg.StartTimeout)
		p, err := c.launch(ctx)
		cancel()
		if err == nil {
			return p
		}
		if life.Err() != nil {
			return nil
		}
		c.setDown(err)
		c.log.Error("restart failed", "reason", err, "room", c.room())
	}
}

// wait reports whether life went on for so long.
func wait(life context.Context, pause time.Duration) bool {
	if pause == 0 {
		return life.Err() == nil
	}
	timer := time.NewTimer(pause)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-life.Done():
		return false
	}
}
