package irq

func f() { lock.Lock() }

var äöü, x = time.Sleep
