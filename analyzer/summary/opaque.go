package summary

import "strings"

// Opaque says why the function with a key and a summary, nil if it has none, cannot be
// looked into: "" if it can be, or need not be.
func Opaque(key string, s *Summary) string {
	switch key {
	case "(reflect.Value).Call", "(reflect.Value).CallSlice":
		return "reflect"
	}
	if name := key[strings.LastIndexByte(key, '.')+1:]; strings.HasPrefix(name, "_Cfunc_") {
		return "cgo"
	}
	if s != nil {
		return s.Unknown
	}
	return ""
}
