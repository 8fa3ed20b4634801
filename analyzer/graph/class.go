package graph

import (
	"cmp"
	"strings"

	"github.com/fencelint/fencelint/analyzer/model"
	"github.com/fencelint/fencelint/analyzer/summary"
)

// Reclaim is the class of memory becoming free.
func Reclaim() summary.Class { return summary.Class{Kind: summary.Reclaim, Name: "reclaim"} }

// Notifier is the class of notifiers having run.
func Notifier() summary.Class { return summary.Class{Kind: summary.Notifier, Name: "notifier"} }

// AnyFence is the class of the fence of a section whose signals are not in sight.
func AnyFence() summary.Class { return summary.Class{Kind: summary.Fence, Name: "any fence"} }

// Worker is the class of a queue's worker becoming ready to run one more item.
func Worker(queue summary.Class) summary.Class {
	return summary.Class{Kind: summary.Worker, Name: queue.Name, Type: queue.Type}
}

// Room is the class of what who sends to a channel waits for. The channel's own is that
// of what who receives waits for.
func Room(channel summary.Class) summary.Class {
	return summary.Class{Kind: summary.Room, Name: channel.Name, Type: channel.Type}
}

// channel returns the channel of which a class is the room, or the class.
func channel(c summary.Class) summary.Class {
	if c.Kind == summary.Room {
		c.Kind = summary.Channel
	}
	return c
}

// ShortName returns a class name as a reader calls it: without the package.
func ShortName(c summary.Class) string {
	name := c.Name
	if i := strings.LastIndexByte(name, '/'); i >= 0 {
		name = name[i+1:]
	}
	if _, rest, ok := strings.Cut(name, "."); ok && rest != "" {
		// A method's allocation site still has the parentheses of its receiver.
		name = strings.Replace(strings.TrimLeft(rest, "(*"), ").", ".", 1)
	}
	return name + suffix(c)
}

// Name returns the full name of a class, different for different classes of a program.
// The two ends of a channel have one name.
func Name(c summary.Class) string { return c.Name + suffix(c) }

func suffix(c summary.Class) string {
	if c.Kind == summary.Worker {
		return " worker"
	}
	return ""
}

// compareClass orders classes by name, reclaim first: what both reclaim and notifiers
// do is told of reclaim.
func compareClass(a, b summary.Class) int {
	pseudo := func(c summary.Class) int {
		if c.Kind == summary.Reclaim {
			return 0
		}
		return 1
	}
	return cmp.Or(cmp.Compare(pseudo(a), pseudo(b)), cmp.Compare(a.Name, b.Name), cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Type, b.Type))
}

// Is reports whether a class or its type has a property.
func (g *Graph) Is(c summary.Class, property func(*model.Type) bool) bool {
	if t := g.model.Type(c.Name); t != nil && property(t) {
		return true
	}
	if t := g.model.Type(c.Type); t != nil && property(t) {
		return true
	}
	return false
}
