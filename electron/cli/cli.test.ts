import { readFileSync, rmSync, statSync, existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { readKeyFile } from "../../core/store/key-file.ts";
import { makeFileKeyWrapper } from "../../core/store/key-wrapper.ts";
import { findProblems } from "../../core/store/integrity.ts";
import { openLibraryDatabase } from "../../core/store/library-database.ts";
import { unlockVault } from "../../core/store/vault.ts";
import { finish, makeDesk, type Desk } from "./testing/run-cli.ts";

const hasModel = existsSync(resolve(import.meta.dirname, "../../.cache/models/all-MiniLM-L6-v2/config.json"));
const seconds = 1000;

describe("the key", { timeout: 30 * seconds }, () => {
  test("is made once, owner-only, and asked for by name", async () => {
    const desk = await makeDesk();
    expect(statSync(desk.keyFile).mode & 0o777).toBe(0o600);
    const before = readFileSync(desk.keyFile, "utf8");
    expect((await desk.qwill("key", "new", desk.keyFile)).code).toBe(1);
    expect(readFileSync(desk.keyFile, "utf8")).toBe(before);
    rmSync(desk.keyFile);
    expect((await desk.qwill("documents")).err).toContain("no file");
    const none = await desk.qwill("documents", "--key-file", "");
    expect([none.code, none.err.includes("qwill key new"), existsSync(desk.dataFolder)]).toEqual([
      2,
      true,
      false,
    ]);
  });

  test("of another library opens nothing and changes nothing", async () => {
    const desk = await makeDesk();
    await desk.qwill("index", desk.write("a.txt", "A heron."), "--words-only");
    const other = join(desk.folder, "other.key");
    await desk.qwill("key", "new", other);
    const refused = await desk.qwill("documents", "--key-file", other);
    expect([refused.code, refused.out, refused.err.includes("not the key")]).toEqual([1, "", true]);
    expect((await desk.qwill("documents", "--json")).lines).toHaveLength(1);
  });
});

describe("index", { timeout: 60 * seconds }, () => {
  test("says a line for each file and a summary, and exits by what happened", async () => {
    const desk = await makeDesk();
    const good = desk.write("a.md", "# Herons\n\nThe heron stands in the reeds.\n");
    const bad = desk.write("b.docx", "not a document at all");
    const first = await desk.qwill("index", join(desk.folder, "documents"), "--words-only", "--json");
    expect(first.code).toBe(3);
    expect(first.lines).toContainEqual({ path: good, state: "ready", passages: 1 });
    expect(first.lines).toContainEqual({
      path: bad,
      state: "failed",
      passages: 0,
      reason: expect.any(String),
      code: expect.stringMatching(/^file-/u),
    });
    expect(first.lines.at(-1)).toEqual({
      summary: { ready: 1, unchanged: 0, failed: 1, passages: 1, seconds: expect.any(Number) },
    });
    rmSync(bad);
    const second = await desk.qwill("--json", "index", "--words-only", join(desk.folder, "documents"));
    expect([second.code, second.lines[0]]).toEqual([0, { path: good, state: "unchanged", passages: 1 }]);
    const missing = await desk.qwill("index", join(desk.folder, "nowhere"), "--json", "--words-only");
    expect([missing.code, missing.lines[0]]).toEqual([
      3,
      expect.objectContaining({ state: "failed", code: "file-missing" }),
    ]);
    expect((await desk.qwill("index")).code).toBe(2);
    expect((await desk.qwill("search", "x", "--mode", "magic")).code).toBe(2);
  });

  test.skipIf(!hasModel)(
    "gives vectors to what was read for words only, and reads nothing twice",
    async () => {
      const desk = await makeDesk();
      const path = desk.write("a.txt", "The heron stands in the reeds.");
      await desk.qwill("index", path, "--words-only");
      expect((await desk.qwill("index", path, "--json")).lines[0]).toEqual({
        path,
        state: "ready",
        passages: 1,
      });
      expect((await desk.qwill("index", path, "--json")).lines[0]).toEqual({
        path,
        state: "unchanged",
        passages: 1,
      });
    },
  );
});

describe("a library", { timeout: 60 * seconds }, () => {
  test("of agreements alike but for the party and a not names every one of them", async () => {
    const desk = await makeDesk();
    const parties = [
      "Halden",
      "Brightwater",
      "Cobalt",
      "Delmar",
      "Eastgate",
      "Fennimore",
      "Garrick",
      "Hobart",
    ];
    const paths = parties.map((party, at) =>
      desk.write(
        `agreement-${at}.txt`,
        `Acme Limited made this secrecy agreement with ${party}. The parties ${at === 3 ? "no longer " : ""}keep secret every drawing, sample, price, forecast and customer name that one of them gives to the other, whether in writing, by word of mouth or by inspection, until five years have passed after the last exchange between them.\n`,
      ),
    );
    await desk.qwill("index", ...paths, "--words-only");
    const question = "With whom did Acme Limited make secrecy agreements?";
    const { lines } = await desk.qwill("search", question, "--mode", "words", "--json", "--k", "8");
    expect(new Set(lines.map((line) => (line as { path: string }).path))).toEqual(new Set(paths));
  });

  test("says a text that stands in several files once, and names them all", async () => {
    const desk = await makeDesk();
    const paths = ["a.txt", "b.txt", "c.txt"].map((name) =>
      desk.write(name, "Payment is due on the fifth.\n"),
    );
    await desk.qwill("index", ...paths, "--words-only");
    const [hit, ...others] = (await desk.qwill("search", "payment due", "--mode", "words", "--json")).lines;
    expect(others).toEqual([]);
    const found = hit as { path: string; copies: { path: string }[] };
    expect([found.path, ...found.copies.map(({ path }) => path)].toSorted()).toEqual(paths);
    const { out } = await desk.qwill("search", "payment due", "--mode", "words");
    expect(out).toContain("and 2 like it:\n");
    for (const path of paths) expect(out).toContain(path);
  });

  test("is searched, quoted, listed and emptied", async () => {
    const desk = await makeDesk();
    const path = desk.write(
      "birds.md",
      "# Herons\n\nThe heron stands in the reeds at dawn.\n\n# Otters\n\nThe otter swims.\n",
    );
    const set = desk.write(
      "set.jsonl",
      '{"id":"d 1","title":"Tides","text":"The tide turns at noon."}\n{"id":"d2","title":"Moor","text":"A heron flew over the moor."}\n',
    );
    await desk.qwill("index", path, set, "--words-only");
    const hit = (await desk.qwill("search", "heron reeds", "--mode", "words", "--json", "--k", "3")).lines[0];
    expect(hit).toMatchObject({
      rank: 1,
      document: path,
      path,
      heading: "Herons",
      score: expect.any(Number),
    });
    const { text, start, end } = hit as { text: string; start: number; end: number };
    expect([text.includes("The heron stands"), end - start]).toEqual([true, text.length]);

    const queries = desk.write(
      "../queries.jsonl",
      '{"id":"q1","text":"tide at noon"}\n{"id":"q2","text":"heron"}\n',
    );
    const run = join(desk.folder, "run.txt");
    await desk.qwill(
      "search",
      "--queries",
      queries,
      "--k",
      "100",
      "--format",
      "trec",
      "--out",
      run,
      "--mode",
      "words",
    );
    const rows = readFileSync(run, "utf8")
      .trim()
      .split("\n")
      .map((line) => line.split(" "));
    expect(rows[0]?.slice(0, 4)).toEqual(["q1", "Q0", "d%201", "1"]);
    expect(rows.every((row) => row.length === 6 && row[5] === "qwill")).toBe(true);
    expect(new Set(rows.map((row) => `${row[0]} ${row[2]}`)).size).toBe(rows.length);

    const events = (await desk.qwill("suggest", "Where does the heron stand?", "--json")).lines;
    expect(events[0]).toMatchObject({ type: "suggest-start", reach: "device" });
    expect(events.at(-1)).toMatchObject({ type: "suggest-end", finish: "stop" });
    expect(
      events
        .filter((event) => event["type"] === "text-delta")
        .map((event) => event["text"])
        .join(""),
    ).toContain("The heron stands in the reeds at dawn.");

    const documents = (await desk.qwill("documents", "--json")).lines;
    expect(documents.map((row) => String(row["document"])).toSorted()).toEqual(
      [path, "d 1", "d2"].toSorted(),
    );
    const birds = documents.find((row) => row["document"] === path);
    expect((await desk.qwill("remove", String(birds?.["id"]), "d2")).code).toBe(0);
    expect((await desk.qwill("documents", "--json")).lines.map((row) => row["document"])).toEqual(["d 1"]);
    expect((await desk.qwill("remove", "77777")).code).toBe(1);
    expect((await desk.qwill("search", "heron", "--mode", "words")).out).toBe("");
  });

  test("is refused while another process has it open, and free once that one is killed", async () => {
    const desk = await makeDesk();
    for (let i = 0; i < 300; i++) desk.write(`${i}.txt`, `Text ${i} about herons. `.repeat(200));
    const first = desk.start("index", join(desk.folder, "documents"), "--words-only");
    await new Promise<void>((resolve, reject) => {
      first.stdout?.once("data", () => resolve());
      first.once("close", (code) => reject(new Error(`it ended with ${code} before it said anything`)));
    });
    const refused = await desk.qwill("documents");
    expect([refused.code, refused.err.includes("vault-in-use")]).toEqual([1, true]);
    first.kill("SIGKILL");
    await new Promise((resolve) => first.once("close", resolve));
    expect((await desk.qwill("documents")).code).toBe(0);
  });
});

test("read prints passages, or the reason, without a library", { timeout: 30 * seconds }, async () => {
  const desk = await makeDesk();
  const good = await desk.qwill("read", desk.write("a.md", "# Herons\n\nIn the reeds.\n"), "--json");
  expect(good.lines[0]).toMatchObject({
    passages: [{ text: "# Herons\n\nIn the reeds.".slice(2), heading: "Herons" }],
    warnings: [],
  });
  const bad = await desk.qwill("read", desk.write("b.pdf", "%PDF-1.7 no"), "--json");
  expect([bad.code, bad.lines[0]]).toEqual([
    3,
    { error: { code: "file-damaged", reason: expect.any(String) } },
  ]);
  expect(existsSync(desk.dataFolder)).toBe(false);
});

async function problemsOf(desk: Desk): Promise<string[]> {
  const { key } = await readKeyFile(desk.keyFile);
  const vault = await unlockVault(desk.dataFolder, makeFileKeyWrapper("key-file", key));
  const { db } = openLibraryDatabase(desk.dataFolder, vault);
  try {
    return findProblems(db);
  } finally {
    db.close();
  }
}

describe("kill -9 while indexing", { timeout: 240 * seconds }, () => {
  test("corrupts nothing, leaves nothing half-indexed, loses nothing acknowledged", async () => {
    const desk = await makeDesk();
    const files = 60;
    for (let i = 0; i < files; i++) {
      desk.write(
        `${i % 7}/${i}.md`,
        Array.from(
          { length: 4 },
          (_, n) => `# Part ${n}\n\nFile ${i}, part ${n}: the heron and the tide.\n`,
        ).join("\n"),
      );
    }
    const args = ["index", join(desk.folder, "documents"), "--json", ...(hasModel ? [] : ["--words-only"])];
    const acknowledged = new Set<unknown>();
    let landed = 0;
    for (let round = 0; round < 20; round++) {
      const child = desk.start(...args);
      const outcome = finish(child);
      const timer = setTimeout(() => child.kill("SIGKILL"), 300 + ((round * 137) % 900));
      const { code, out } = await outcome;
      clearTimeout(timer);
      if (code === null) landed += 1;
      // The last line may be cut by the kill.
      for (const line of out.split("\n").slice(0, -1))
        acknowledged.add((JSON.parse(line) as { path?: string }).path);
      if (existsSync(join(desk.dataFolder, "library.db"))) expect(await problemsOf(desk)).toEqual([]);
      if (round % 5 === 4) desk.write(`0/${round}-changed.md`, `# New\n\nChanged in round ${round}.\n`);
    }
    expect(landed).toBeGreaterThan(3);
    acknowledged.delete(undefined);
    const last = await desk.qwill(...args);
    expect(last.code).toBe(0);
    expect(await problemsOf(desk)).toEqual([]);
    const rows = last.lines.filter((line) => "path" in line);
    expect(rows).toHaveLength(files + 4);
    expect([...acknowledged].filter((path) => !rows.some((row) => row["path"] === path))).toEqual([]);
  });
});
