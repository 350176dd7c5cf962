import { fork } from "node:child_process";
import { resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { programCode } from "../../core/rag/readers/process/program-code.ts";
import { openAims } from "./testing/attack-aims.ts";
import type { Closed } from "./testing/confined-child.ts";

const entry = resolve(import.meta.dirname, "testing/confined-child.ts");
const reader = resolve(import.meta.dirname, "../reader/index.ts");
const permission = ["--permission", ...programCode(reader).map((place) => `--allow-fs-read=${place}`)];

/** Runs the hostile script in a child: the names of what it got done, and what was seen of it outside. */
async function attack(
  closed: Closed,
  flags: readonly string[] = [],
): Promise<{ done: string[]; harm: string[] }> {
  const { aims, harm, close } = await openAims(import.meta.dirname, process.execPath);
  const child = fork(entry, [], {
    execArgv: ["--no-warnings", ...flags],
    stdio: ["ignore", "ignore", "ignore", "ipc"],
  });
  try {
    const answer = new Promise<string[]>((done, failed) => {
      child.once("message", (message) => done(message as string[]));
      child.once("exit", (code) => failed(new Error(`it ended with ${code}`)));
    });
    child.send({ aims, reader, closed });
    const done = await answer;
    return { done: done.map((one) => one.split(":")[0] ?? ""), harm: harm() };
  } finally {
    child.kill("SIGKILL");
    close();
  }
}

const ofTheNetwork = [
  "TCP",
  "TCP of a socket",
  "TLS",
  "HTTP 2",
  "fetch",
  "WebSocket",
  "a name",
  "a name by callback",
  "a name of a server",
  "a datagram",
];

describe("a process that parses untrusted bytes", () => {
  test.each([
    ["as the window's readers run", []],
    ["as the command's readers run", permission],
  ])(
    "%s: script in it reaches no network, no name server, no program, no thread and no file",
    async (_which, flags) => {
      expect(await attack("all but its code", flags)).toEqual({ done: [], harm: [] });
    },
  );

  test("the same script, where nothing is closed, gets most of what it tries: the attempts are real", async () => {
    const { done, harm } = await attack("nothing");
    expect(done.length).toBeGreaterThan(30);
    expect(harm).toEqual(
      expect.arrayContaining([
        "a connection arrived",
        "a datagram arrived",
        "wrote written",
        "wrote among the code",
      ]),
    );
  });
});

describe("a process without a network", () => {
  test("opens no connection and asks for no name by what libraries use", async () => {
    const { done, harm } = await attack("the network");
    expect(done.filter((name) => ofTheNetwork.includes(name))).toEqual([]);
    expect(harm).not.toContain("a datagram arrived");
  });

  test("connects and finds names again once it may", async () => {
    const { done, harm } = await attack("the network, and opened again");
    expect(done).toEqual(expect.arrayContaining(["TCP", "HTTP 2", "a name", "a name by callback"]));
    expect(harm).toContain("a connection arrived");
  });
});
