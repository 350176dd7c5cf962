import { spawn, type ChildProcess } from "node:child_process";
import { existsSync, mkdirSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { join, resolve } from "node:path";
import { setTimeout as wait } from "node:timers/promises";

/** A server of llama-cpp-python with a real small model, on loopback. */
export interface RealServer {
  /** With its version part. */
  readonly baseUrl: string;
  readonly apiKey: string;
  /** The name its model answers to. */
  readonly model: string;
  close(): Promise<void>;
}

const requirement = "llama-cpp-python[server]==0.3.36";
const root = resolve(import.meta.dirname, "../..");
const folder = join(root, ".cache/real-server");
const isWindows = process.platform === "win32";
const python = join(folder, "venv", isWindows ? "Scripts/python.exe" : "bin/python");

/** The model that set-up fetches for the tests. */
export const testModelPath = join(root, ".cache/models/smollm2-135m-instruct-q4_1.gguf");

/** True once `installRealServer` has done its work here. */
export async function isRealServerInstalled(): Promise<boolean> {
  return existsSync(python) && (await run(python, ["-c", "import llama_cpp.server"], "ignore")) === 0;
}

/** Installs the server into the cache; it is built from source, which takes minutes. */
export async function installRealServer(): Promise<void> {
  if (await isRealServerInstalled()) return;
  mkdirSync(folder, { recursive: true });
  const system = isWindows ? "python" : "python3";
  await must(system, ["-m", "venv", join(folder, "venv")], "Python 3 with its venv module is needed");
  await must(
    python,
    ["-m", "pip", "install", "--disable-pip-version-check", "-q", requirement],
    "a C++ compiler and CMake are needed",
  );
}

/** Starts the server and resolves when it answers. */
export async function startRealServer(apiKey: string): Promise<RealServer> {
  const port = await freePort();
  const model = "smollm2";
  const child = spawn(
    python,
    `-m llama_cpp.server --model_alias ${model} --n_ctx 2048 --host 127.0.0.1 --port ${port}`
      .split(" ")
      .concat("--model", testModelPath, "--api_key", apiKey),
    { stdio: ["ignore", "ignore", "pipe"] },
  );
  let said = "";
  child.stderr?.on("data", (bytes: Buffer) => (said = (said + bytes.toString("utf8")).slice(-2000)));
  const baseUrl = `http://127.0.0.1:${port}/v1`;
  for (let tries = 0; !(await answers(baseUrl, apiKey)); tries += 1) {
    if (child.exitCode !== null || tries > 300) {
      await stop(child);
      throw new Error(`the server did not start: ${said}`);
    }
    await wait(200);
  }
  return { baseUrl, apiKey, model, close: () => stop(child) };
}

async function answers(baseUrl: string, apiKey: string): Promise<boolean> {
  try {
    return (await fetch(`${baseUrl}/models`, { headers: { authorization: `Bearer ${apiKey}` } })).ok;
  } catch {
    return false; // not listening yet
  }
}

function stop(child: ChildProcess): Promise<void> {
  return new Promise((done) => {
    if (child.exitCode !== null || child.signalCode !== null) return done();
    child.once("exit", () => done());
    child.kill("SIGTERM");
    setTimeout(() => child.kill("SIGKILL"), 5000).unref();
  });
}

function run(program: string, args: readonly string[], stdio: "inherit" | "ignore"): Promise<number> {
  return new Promise((done, fail) => {
    const child = spawn(program, args, { stdio: ["ignore", stdio, stdio] });
    child.once("error", fail);
    child.once("exit", (code) => done(code ?? 1));
  });
}

async function must(program: string, args: readonly string[], needs: string): Promise<void> {
  const code = await run(program, args, "inherit");
  if (code !== 0) throw new Error(`${program} ${args.join(" ")} ended with ${code}: ${needs}`);
}

function freePort(): Promise<number> {
  return new Promise((done, fail) => {
    const server = createServer();
    server.once("error", fail);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => done(port));
    });
  });
}
