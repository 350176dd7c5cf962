import { createSocket } from "node:dgram";
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Aims } from "./hostile-script.js";

/** Things to attack, all of this machine: a server, a name server, a secret, a folder to write into. */
export interface OpenAims {
  readonly aims: Aims;
  /** What has come of the attack outside the process: calls that arrived, files that were left. */
  readonly harm: () => string[];
  readonly close: () => void;
}

/** `code`: a folder of the program's own code; `node`: a program to start. */
export async function openAims(code: string, node: string): Promise<OpenAims> {
  const scratch = mkdtempSync(join(tmpdir(), "qwill-attacked-"));
  const secret = join(scratch, "secret.txt");
  writeFileSync(secret, "A=a secret");
  const written = join(code, "written.tmp");
  const reached = new Set<string>();
  const server = createServer((socket) => {
    reached.add("a connection arrived");
    socket.destroy();
  });
  const names = createSocket("udp4", (query, { port, address }) => {
    reached.add("a datagram arrived");
    // "There is no such name", so that who asked does not wait.
    query[2] = (query[2] ?? 0) | 0x80;
    query[3] = ((query[3] ?? 0) & 0xf0) | 3;
    names.send(query, port, address);
  });
  await new Promise<void>((done) => void server.listen(0, "127.0.0.1", done));
  await new Promise<void>((done) => void names.bind(0, "127.0.0.1", done));
  const tcp = (server.address() as AddressInfo).port;
  return {
    aims: { secret, code, scratch, node, tcp, udp: names.address().port },
    harm: () => [
      ...reached,
      ...readdirSync(scratch)
        .filter((name) => name !== "secret.txt")
        .map((name) => `wrote ${name}`),
      ...(existsSync(written) ? ["wrote among the code"] : []),
    ],
    close: () => {
      server.close();
      names.close();
      rmSync(scratch, { recursive: true, force: true });
      rmSync(written, { force: true });
    },
  };
}
