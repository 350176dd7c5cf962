// What script that came in with a file could try in a process that `confine` closed. Plain JavaScript without imports:
// it runs in every runtime. `attempts` gives [name, act]; an act that gets anything done returns it, else it throws.
/* oxlint-disable no-undef, no-extend-native, unbound-method, restrict-template-expressions -- what is tried is no good style */
const get = (name) => process.getBuiltinModule(name);

/** @param {{ secret: string, code: string, tcp: number, udp: number, scratch: string, node: string }} aims */
export function attempts({ secret, code, tcp, udp, scratch, node }) {
  const first = (emitter) =>
    new Promise((resolve, reject) => {
      for (const good of ["connect", "response", "online", "message", "spawn", "data"])
        emitter.once(good, () => resolve(good));
      emitter.once("error", reject);
    });
  return [
    [
      "TCP by the inner binding",
      () => {
        const { TCP, TCPConnectWrap, constants } = process.binding("tcp_wrap");
        return new TCP(constants.SOCKET).connect(new TCPConnectWrap(), "127.0.0.1", tcp);
      },
    ],
    ["another inner binding", () => process._linkedBinding("electron_common_shell")],
    ["TCP", () => first(get("net").connect(tcp, "127.0.0.1"))],
    ["TCP of a socket", () => first(new (get("net").Socket)().connect(tcp, "127.0.0.1"))],
    ["TLS", () => first(get("tls").connect(tcp, "127.0.0.1"))],
    ["HTTP", () => first(get("http").get(`http://127.0.0.1:${tcp}/`))],
    ["HTTP 2", () => first(get("http2").connect(`http://127.0.0.1:${tcp}/`))],
    ["fetch", () => fetch(`http://127.0.0.1:${tcp}/`)],
    ["WebSocket", () => new WebSocket(`ws://127.0.0.1:${tcp}/`)],
    ["a server", () => get("net").createServer().listen(0, "127.0.0.1")],
    ["a name", () => get("dns").promises.lookup("localhost")],
    [
      "a name by callback",
      () =>
        new Promise((resolve, reject) =>
          get("dns").lookup("localhost", (error, found) => (error ? reject(error) : resolve(found))),
        ),
    ],
    [
      "a name of a server",
      () => {
        const resolver = new (get("dns").Resolver)();
        resolver.setServers([`127.0.0.1:${udp}`]);
        return new Promise((resolve, reject) =>
          resolver.resolveTxt("text-of-a-document.example", (error, found) =>
            error ? reject(error) : resolve(found),
          ),
        );
      },
    ],
    [
      "a name of a server by promise",
      () => {
        const resolver = new (get("dns/promises").Resolver)();
        resolver.setServers([`127.0.0.1:${udp}`]);
        return resolver.resolveTxt("text-of-a-document.example");
      },
    ],
    [
      "a datagram",
      () =>
        new Promise((resolve, reject) =>
          get("dgram")
            .createSocket("udp4")
            .send("text", udp, "127.0.0.1", (error) => (error ? reject(error) : resolve("sent"))),
        ),
    ],
    ["a program", () => get("child_process").spawnSync(node, ["--version"]).pid],
    ["a program later", () => first(get("child_process").spawn(node, ["--version"]))],
    [
      "a program of a class",
      () => new (get("child_process").ChildProcess)().spawn({ file: node, args: [node], envPairs: [] }),
    ],
    ["a script", () => get("child_process").fork(secret).pid],
    ["a cluster", () => get("cluster").fork().id],
    ["this process made another", () => process.execve(node, [node, "--version"], {})],
    ["a thread", () => first(new (get("worker_threads").Worker)("1", { eval: true }))],
    ["a hook of the loader", () => get("module").register("data:text/javascript,export const resolve = 1")],
    ["a native", () => process.dlopen({ exports: {} }, secret)],
    ["the debugger", () => new (get("inspector").Session)().connect()],
    ["the debugger's port", () => get("inspector").open(0)],
    ["a signal", () => process.kill(process.ppid, 0)],
    ["a file", () => get("fs").readFileSync(secret, "utf8")],
    ["a file by promise", () => get("fs").promises.readFile(secret, "utf8")],
    ["a file by its module", () => get("fs/promises").readFile(secret, "utf8")],
    [
      "a file by callback",
      () =>
        new Promise((resolve, reject) =>
          get("fs").readFile(secret, "utf8", (error, text) => (error ? reject(error) : resolve(text))),
        ),
    ],
    ["a file by address", () => get("fs").readFileSync(get("url").pathToFileURL(secret), "utf8")],
    ["a file by bytes", () => get("fs").readFileSync(Buffer.from(secret), "utf8")],
    [
      "a file by a way round",
      () => get("fs").readFileSync(`${code}/../../../../../../../../../..${secret}`, "utf8"),
    ],
    [
      "a file by a path that changes",
      () => {
        let turn = 0;
        return get("fs").readFileSync(
          { toString: () => (turn++ === 0 ? code : secret), [Symbol.toPrimitive]: () => secret },
          "utf8",
        );
      },
    ],
    ["a descriptor", () => get("fs").openSync(secret, "r")],
    ["a stream", () => first(get("fs").createReadStream(secret))],
    ["a stream of a class", () => first(new (get("fs").ReadStream)(secret))],
    ["whether a file is there", () => get("fs").existsSync(secret) || get("fs").statSync(secret).size],
    ["a folder", () => get("fs").readdirSync(scratch).length],
    ["a file for the environment", () => process.loadEnvFile(secret)],
    ["a database", () => new (get("sqlite") ?? refuse()).DatabaseSync(`${scratch}/a.db`)],
    ["a system interface", () => new (get("wasi").WASI)({ version: "preview1", preopens: { "/": scratch } })],
    ["writing", () => get("fs").writeFileSync(`${scratch}/written`, "text")],
    ["writing among the code", () => get("fs").writeFileSync(`${code}/written.tmp`, "text")],
    [
      "opening code to write",
      () => get("fs").writeSync(get("fs").openSync(`${code}/written.tmp`, "w"), "text"),
    ],
    [
      "reading code so that it is emptied",
      () => {
        get("fs").readFileSync(`${code}/written.tmp`, { flag: "w+" });
        return "opened";
      },
    ],
    ["a report", () => process.report.writeReport(`${scratch}/report.json`)],
    ["a picture of the memory", () => get("v8").writeHeapSnapshot(`${scratch}/heap`)],
    ["a flag of the engine", () => get("v8").setFlagsFromString("--allow-natives-syntax")],
    [
      "a file, with what strings do replaced",
      () => {
        const before = String.prototype.startsWith;
        String.prototype.startsWith = () => true;
        try {
          return get("fs").readFileSync(secret, "utf8");
        } finally {
          String.prototype.startsWith = before;
        }
      },
    ],
    [
      "a file, with what paths are replaced",
      () => {
        const path = get("path");
        const before = path.resolve;
        path.resolve = () => code;
        try {
          get("module").syncBuiltinESMExports();
        } catch {
          // Refused as well; the file is what is asked about.
        }
        try {
          return get("fs").readFileSync(secret, "utf8");
        } finally {
          path.resolve = before;
        }
      },
    ],
    [
      "what was closed, opened again",
      () => {
        delete get("fs").readdirSync;
        Object.defineProperty(get("fs"), "readdirSync", { value: () => "mine" });
        return "replaced";
      },
    ],
  ];
}

function refuse() {
  throw new Error("there is none in this runtime");
}

/** Names of the attempts that got something done, with what. `isHarmless` leaves out what would end this process. */
export async function succeeded(aims, isHarmless) {
  const done = [];
  for (const [name, act] of attempts(aims)) {
    if (isHarmless && name === "this process made another") continue;
    try {
      done.push(`${name}: ${String(await act())}`);
    } catch {
      // Refused.
    }
  }
  return done;
}
