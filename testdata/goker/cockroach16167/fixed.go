// Package cockroach16167 is the repaired form: the configuration is read once, and the statement runs after the read lock is
// given back, so that no share of it is taken twice.
package cockroach16167

import "sync"

type executor struct {
	systemConfigMu   sync.RWMutex
	systemConfigCond *sync.Cond
	systemConfig     int
}

func newExecutor() *executor {
	e := &executor{}
	e.systemConfigCond = sync.NewCond(e.systemConfigMu.RLocker())
	return e
}

func (e *executor) execParsed() int {
	e.systemConfigCond.L.Lock()
	config := e.systemConfig
	e.systemConfigCond.L.Unlock()
	return e.runTxnAttempt(config)
}

func (e *executor) runTxnAttempt(config int) int {
	return config + e.databaseCache()
}

func (e *executor) databaseCache() int {
	e.systemConfigMu.RLock()
	defer e.systemConfigMu.RUnlock()
	return e.systemConfig
}

func (e *executor) updateSystemConfig() {
	e.systemConfigMu.Lock()
	defer e.systemConfigMu.Unlock()
	e.systemConfig++
	e.systemConfigCond.Broadcast()
}

// Run executes a statement while the configuration changes.
func Run() {
	e := newExecutor()
	done := make(chan struct{})
	go func() {
		defer close(done)
		e.updateSystemConfig()
	}()
	e.execParsed()
	<-done
}
