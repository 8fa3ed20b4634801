// Package crowd has more commands than a call is followed to. Who runs them is known all the
// same: one at a time, under a lock.
package crowd

import "sync"

type server struct {
	mu      sync.Mutex
	changed *sync.Cond
	db, log sync.Mutex
	lines   []string
	version int
}

type command func(s *server, arg string)

// New makes one.
func New() *server {
	s := &server{}
	s.changed = sync.NewCond(&s.mu)
	return s
}

// Do runs a command, and wakes who waits for a version.
func (s *server) Do(name, arg string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if c, ok := table[name]; ok {
		c(s, arg)
		s.changed.Broadcast()
	}
}

// Watch waits for a version.
func (s *server) Watch(v int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for s.version < v {
		s.changed.Wait()
	}
}

// set takes the locks in one order, and replay in the other, and neither runs beside the other.
func set(s *server, arg string) {
	s.db.Lock()
	defer s.db.Unlock()
	s.version++
	s.log.Lock()
	s.lines = append(s.lines, arg)
	s.log.Unlock()
}

func replay(s *server, arg string) {
	s.log.Lock()
	defer s.log.Unlock()
	s.db.Lock()
	defer s.db.Unlock()
	s.lines = append(s.lines, arg)
}

// stock has two locks that are taken in both orders by whoever likes.
type stock struct{ first, second sync.Mutex }

// Up takes the first one first.
func (s *stock) Up() {
	s.first.Lock()
	s.second.Lock()
	s.second.Unlock()
	s.first.Unlock()
}

// Down takes the second one first.
func (s *stock) Down() {
	s.second.Lock()
	s.first.Lock() // want lock-order[cycle]
	s.first.Unlock()
	s.second.Unlock()
}

var table = map[string]command{
	"set": set, "replay": replay,
	"c0": c0, "c1": c1, "c2": c2, "c3": c3, "c4": c4, "c5": c5, "c6": c6, "c7": c7, "c8": c8, "c9": c9,
	"c10": c10, "c11": c11, "c12": c12, "c13": c13, "c14": c14, "c15": c15, "c16": c16, "c17": c17, "c18": c18, "c19": c19,
	"c20": c20, "c21": c21, "c22": c22, "c23": c23, "c24": c24, "c25": c25, "c26": c26, "c27": c27, "c28": c28, "c29": c29,
	"c30": c30, "c31": c31, "c32": c32, "c33": c33, "c34": c34, "c35": c35, "c36": c36, "c37": c37, "c38": c38, "c39": c39,
	"c40": c40, "c41": c41, "c42": c42, "c43": c43, "c44": c44, "c45": c45, "c46": c46, "c47": c47, "c48": c48, "c49": c49,
	"c50": c50, "c51": c51, "c52": c52, "c53": c53, "c54": c54, "c55": c55, "c56": c56, "c57": c57, "c58": c58, "c59": c59,
	"c60": c60, "c61": c61, "c62": c62, "c63": c63, "c64": c64, "c65": c65, "c66": c66, "c67": c67, "c68": c68, "c69": c69,
	"c70": c70, "c71": c71, "c72": c72, "c73": c73, "c74": c74, "c75": c75, "c76": c76, "c77": c77, "c78": c78, "c79": c79,
	"c80": c80, "c81": c81, "c82": c82, "c83": c83, "c84": c84, "c85": c85, "c86": c86, "c87": c87, "c88": c88, "c89": c89,
	"c90": c90, "c91": c91, "c92": c92, "c93": c93, "c94": c94, "c95": c95, "c96": c96, "c97": c97, "c98": c98, "c99": c99,
	"c100": c100, "c101": c101, "c102": c102, "c103": c103, "c104": c104, "c105": c105, "c106": c106, "c107": c107, "c108": c108, "c109": c109,
	"c110": c110, "c111": c111, "c112": c112, "c113": c113, "c114": c114, "c115": c115, "c116": c116, "c117": c117, "c118": c118, "c119": c119,
	"c120": c120, "c121": c121, "c122": c122, "c123": c123, "c124": c124, "c125": c125, "c126": c126, "c127": c127, "c128": c128, "c129": c129,
	"c130": c130, "c131": c131, "c132": c132, "c133": c133, "c134": c134, "c135": c135, "c136": c136, "c137": c137, "c138": c138, "c139": c139,
	"c140": c140, "c141": c141, "c142": c142, "c143": c143, "c144": c144, "c145": c145, "c146": c146, "c147": c147, "c148": c148, "c149": c149,
	"c150": c150, "c151": c151, "c152": c152, "c153": c153, "c154": c154, "c155": c155, "c156": c156, "c157": c157, "c158": c158, "c159": c159,
	"c160": c160, "c161": c161, "c162": c162, "c163": c163, "c164": c164, "c165": c165, "c166": c166, "c167": c167, "c168": c168, "c169": c169,
	"c170": c170, "c171": c171, "c172": c172, "c173": c173, "c174": c174, "c175": c175, "c176": c176, "c177": c177, "c178": c178, "c179": c179,
	"c180": c180, "c181": c181, "c182": c182, "c183": c183, "c184": c184, "c185": c185, "c186": c186, "c187": c187, "c188": c188, "c189": c189,
	"c190": c190, "c191": c191, "c192": c192, "c193": c193, "c194": c194, "c195": c195, "c196": c196, "c197": c197, "c198": c198, "c199": c199,
	"c200": c200, "c201": c201, "c202": c202, "c203": c203, "c204": c204, "c205": c205, "c206": c206, "c207": c207, "c208": c208, "c209": c209,
	"c210": c210, "c211": c211, "c212": c212, "c213": c213, "c214": c214, "c215": c215, "c216": c216, "c217": c217, "c218": c218, "c219": c219,
	"c220": c220, "c221": c221, "c222": c222, "c223": c223, "c224": c224, "c225": c225, "c226": c226, "c227": c227, "c228": c228, "c229": c229,
	"c230": c230, "c231": c231, "c232": c232, "c233": c233, "c234": c234, "c235": c235, "c236": c236, "c237": c237, "c238": c238, "c239": c239,
	"c240": c240, "c241": c241, "c242": c242, "c243": c243, "c244": c244, "c245": c245, "c246": c246, "c247": c247, "c248": c248, "c249": c249,
	"c250": c250, "c251": c251, "c252": c252, "c253": c253, "c254": c254, "c255": c255, "c256": c256, "c257": c257, "c258": c258, "c259": c259,
}

func c0(*server, string)   {}
func c1(*server, string)   {}
func c2(*server, string)   {}
func c3(*server, string)   {}
func c4(*server, string)   {}
func c5(*server, string)   {}
func c6(*server, string)   {}
func c7(*server, string)   {}
func c8(*server, string)   {}
func c9(*server, string)   {}
func c10(*server, string)  {}
func c11(*server, string)  {}
func c12(*server, string)  {}
func c13(*server, string)  {}
func c14(*server, string)  {}
func c15(*server, string)  {}
func c16(*server, string)  {}
func c17(*server, string)  {}
func c18(*server, string)  {}
func c19(*server, string)  {}
func c20(*server, string)  {}
func c21(*server, string)  {}
func c22(*server, string)  {}
func c23(*server, string)  {}
func c24(*server, string)  {}
func c25(*server, string)  {}
func c26(*server, string)  {}
func c27(*server, string)  {}
func c28(*server, string)  {}
func c29(*server, string)  {}
func c30(*server, string)  {}
func c31(*server, string)  {}
func c32(*server, string)  {}
func c33(*server, string)  {}
func c34(*server, string)  {}
func c35(*server, string)  {}
func c36(*server, string)  {}
func c37(*server, string)  {}
func c38(*server, string)  {}
func c39(*server, string)  {}
func c40(*server, string)  {}
func c41(*server, string)  {}
func c42(*server, string)  {}
func c43(*server, string)  {}
func c44(*server, string)  {}
func c45(*server, string)  {}
func c46(*server, string)  {}
func c47(*server, string)  {}
func c48(*server, string)  {}
func c49(*server, string)  {}
func c50(*server, string)  {}
func c51(*server, string)  {}
func c52(*server, string)  {}
func c53(*server, string)  {}
func c54(*server, string)  {}
func c55(*server, string)  {}
func c56(*server, string)  {}
func c57(*server, string)  {}
func c58(*server, string)  {}
func c59(*server, string)  {}
func c60(*server, string)  {}
func c61(*server, string)  {}
func c62(*server, string)  {}
func c63(*server, string)  {}
func c64(*server, string)  {}
func c65(*server, string)  {}
func c66(*server, string)  {}
func c67(*server, string)  {}
func c68(*server, string)  {}
func c69(*server, string)  {}
func c70(*server, string)  {}
func c71(*server, string)  {}
func c72(*server, string)  {}
func c73(*server, string)  {}
func c74(*server, string)  {}
func c75(*server, string)  {}
func c76(*server, string)  {}
func c77(*server, string)  {}
func c78(*server, string)  {}
func c79(*server, string)  {}
func c80(*server, string)  {}
func c81(*server, string)  {}
func c82(*server, string)  {}
func c83(*server, string)  {}
func c84(*server, string)  {}
func c85(*server, string)  {}
func c86(*server, string)  {}
func c87(*server, string)  {}
func c88(*server, string)  {}
func c89(*server, string)  {}
func c90(*server, string)  {}
func c91(*server, string)  {}
func c92(*server, string)  {}
func c93(*server, string)  {}
func c94(*server, string)  {}
func c95(*server, string)  {}
func c96(*server, string)  {}
func c97(*server, string)  {}
func c98(*server, string)  {}
func c99(*server, string)  {}
func c100(*server, string) {}
func c101(*server, string) {}
func c102(*server, string) {}
func c103(*server, string) {}
func c104(*server, string) {}
func c105(*server, string) {}
func c106(*server, string) {}
func c107(*server, string) {}
func c108(*server, string) {}
func c109(*server, string) {}
func c110(*server, string) {}
func c111(*server, string) {}
func c112(*server, string) {}
func c113(*server, string) {}
func c114(*server, string) {}
func c115(*server, string) {}
func c116(*server, string) {}
func c117(*server, string) {}
func c118(*server, string) {}
func c119(*server, string) {}
func c120(*server, string) {}
func c121(*server, string) {}
func c122(*server, string) {}
func c123(*server, string) {}
func c124(*server, string) {}
func c125(*server, string) {}
func c126(*server, string) {}
func c127(*server, string) {}
func c128(*server, string) {}
func c129(*server, string) {}
func c130(*server, string) {}
func c131(*server, string) {}
func c132(*server, string) {}
func c133(*server, string) {}
func c134(*server, string) {}
func c135(*server, string) {}
func c136(*server, string) {}
func c137(*server, string) {}
func c138(*server, string) {}
func c139(*server, string) {}
func c140(*server, string) {}
func c141(*server, string) {}
func c142(*server, string) {}
func c143(*server, string) {}
func c144(*server, string) {}
func c145(*server, string) {}
func c146(*server, string) {}
func c147(*server, string) {}
func c148(*server, string) {}
func c149(*server, string) {}
func c150(*server, string) {}
func c151(*server, string) {}
func c152(*server, string) {}
func c153(*server, string) {}
func c154(*server, string) {}
func c155(*server, string) {}
func c156(*server, string) {}
func c157(*server, string) {}
func c158(*server, string) {}
func c159(*server, string) {}
func c160(*server, string) {}
func c161(*server, string) {}
func c162(*server, string) {}
func c163(*server, string) {}
func c164(*server, string) {}
func c165(*server, string) {}
func c166(*server, string) {}
func c167(*server, string) {}
func c168(*server, string) {}
func c169(*server, string) {}
func c170(*server, string) {}
func c171(*server, string) {}
func c172(*server, string) {}
func c173(*server, string) {}
func c174(*server, string) {}
func c175(*server, string) {}
func c176(*server, string) {}
func c177(*server, string) {}
func c178(*server, string) {}
func c179(*server, string) {}
func c180(*server, string) {}
func c181(*server, string) {}
func c182(*server, string) {}
func c183(*server, string) {}
func c184(*server, string) {}
func c185(*server, string) {}
func c186(*server, string) {}
func c187(*server, string) {}
func c188(*server, string) {}
func c189(*server, string) {}
func c190(*server, string) {}
func c191(*server, string) {}
func c192(*server, string) {}
func c193(*server, string) {}
func c194(*server, string) {}
func c195(*server, string) {}
func c196(*server, string) {}
func c197(*server, string) {}
func c198(*server, string) {}
func c199(*server, string) {}
func c200(*server, string) {}
func c201(*server, string) {}
func c202(*server, string) {}
func c203(*server, string) {}
func c204(*server, string) {}
func c205(*server, string) {}
func c206(*server, string) {}
func c207(*server, string) {}
func c208(*server, string) {}
func c209(*server, string) {}
func c210(*server, string) {}
func c211(*server, string) {}
func c212(*server, string) {}
func c213(*server, string) {}
func c214(*server, string) {}
func c215(*server, string) {}
func c216(*server, string) {}
func c217(*server, string) {}
func c218(*server, string) {}
func c219(*server, string) {}
func c220(*server, string) {}
func c221(*server, string) {}
func c222(*server, string) {}
func c223(*server, string) {}
func c224(*server, string) {}
func c225(*server, string) {}
func c226(*server, string) {}
func c227(*server, string) {}
func c228(*server, string) {}
func c229(*server, string) {}
func c230(*server, string) {}
func c231(*server, string) {}
func c232(*server, string) {}
func c233(*server, string) {}
func c234(*server, string) {}
func c235(*server, string) {}
func c236(*server, string) {}
func c237(*server, string) {}
func c238(*server, string) {}
func c239(*server, string) {}
func c240(*server, string) {}
func c241(*server, string) {}
func c242(*server, string) {}
func c243(*server, string) {}
func c244(*server, string) {}
func c245(*server, string) {}
func c246(*server, string) {}
func c247(*server, string) {}
func c248(*server, string) {}
func c249(*server, string) {}
func c250(*server, string) {}
func c251(*server, string) {}
func c252(*server, string) {}
func c253(*server, string) {}
func c254(*server, string) {}
func c255(*server, string) {}
func c256(*server, string) {}
func c257(*server, string) {}
func c258(*server, string) {}
func c259(*server, string) {}
