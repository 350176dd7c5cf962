import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AppError, toFailure } from "../../../core/contract/errors.ts";
import { embeddingCatalogue } from "../../../core/models/embedding-catalogue.ts";
import { verifyModel } from "../../../core/models/verify.ts";
import { readKeyFile } from "../../../core/store/key-file.ts";
import { openDatabase } from "../../../core/store/open.ts";
import { toStoreError } from "../../../core/store/store-error.ts";
import { vaultPaths } from "../../../core/store/vault.ts";
import { sentenceOf } from "../messages.ts";
import {
  dataFolderOf,
  keyFileOf,
  makeReader,
  modelFoldersOf,
  openSession,
  settingsOf,
  type Session,
} from "../session.ts";

interface Check {
  readonly check: string;
  readonly ok: boolean;
  readonly detail: string;
  /** What to do where it is not well. */
  readonly advice?: string;
}

type Checker = (session: Session) => Promise<Check>;

/** `qwill doctor`: a line per part. Exit 1 where something needs doing. */
export function makeDoctorCommand(version: string): (session: Session) => Promise<number> {
  const checkers: readonly Checker[] = [
    async () => checkRuntime(version),
    checkDatabaseDriver,
    checkModelRuntime,
    checkModel,
    checkReader,
    checkKey,
    checkLibrary,
  ];
  return async (session) => {
    let isWell = true;
    for (const checker of checkers) {
      const found = await checker(session);
      isWell &&= found.ok;
      const advice = found.advice === undefined ? "" : `\n      ${found.advice}`;
      session.output.result(
        found,
        () => `${found.ok ? "good" : "BAD "}  ${found.check}: ${found.detail}${advice}`,
      );
    }
    return isWell ? 0 : 1;
  };
}

function checkRuntime(version: string): Check {
  const { node, electron } = process.versions;
  const [major = 0, minor = 0] = node.split(".").map(Number);
  const ok = electron !== undefined || major > 22 || (major === 22 && minor >= 14);
  return {
    check: "runtime",
    ok,
    detail: `Qwill ${version}, Node ${node}, ${process.platform}-${process.arch}`,
    ...(!ok && { advice: "Install Node 24, or run `npm run setup`, which brings one along." }),
  };
}

async function checkDatabaseDriver(): Promise<Check> {
  const folder = await mkdtemp(join(tmpdir(), "qwill-doctor-"));
  try {
    openDatabase({ path: join(folder, "empty.db"), key: new Uint8Array(32) }).close();
    return { check: "database driver", ok: true, detail: "loads and encrypts" };
  } catch (error) {
    return { check: "database driver", ok: false, detail: messageOf(error), advice: "Run `npm run setup`." };
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function checkModelRuntime(): Promise<Check> {
  try {
    await import("onnxruntime-node");
    return { check: "model runtime", ok: true, detail: "onnxruntime loads" };
  } catch (error) {
    return { check: "model runtime", ok: false, detail: messageOf(error), advice: "Run `npm run setup`." };
  }
}

async function checkModel(session: Session): Promise<Check> {
  const id = settingsOf(session).embeddingModel;
  const row = embeddingCatalogue.find((one) => one.id === id);
  if (!row) throw new Error("the chosen model is not in the catalogue");
  const advice =
    "Run `npm run setup` to fetch it. Until then search by words works (--words-only, --mode words).";
  for (const folder of modelFoldersOf(session).map((parent) => join(parent, id))) {
    if (!existsSync(folder)) continue;
    const found = await verifyModel(row, folder, session.signal);
    if (found.state === "installed")
      return { check: "embedding model", ok: true, detail: `${id} in ${folder}` };
    return {
      check: "embedding model",
      ok: false,
      detail: `${id} in ${folder}: ${found.state} ${found.path}`,
      advice,
    };
  }
  return { check: "embedding model", ok: false, detail: `${id} is not there`, advice };
}

async function checkReader(session: Session): Promise<Check> {
  const reader = makeReader(session);
  try {
    await reader.read(join(session.places.root, "package.json.none"), session.signal);
    throw new Error("a file that is not there was read");
  } catch (error) {
    const ok = error instanceof AppError && error.code === "file-missing";
    return {
      check: "file reader",
      ok,
      detail: ok ? "answers in a process of its own" : messageOf(error),
      ...(!ok && { advice: "Run `npm run build`." }),
    };
  } finally {
    await reader.close();
  }
}

async function checkKey(session: Session): Promise<Check> {
  const path = keyFileOf(session);
  if (path === null) {
    return {
      check: "key",
      ok: false,
      detail: "no key file was named",
      advice: sentenceOf({ code: "vault-needs-key" }),
    };
  }
  try {
    const { isOpenToOthers } = await readKeyFile(path);
    const detail = isOpenToOthers ? `${path} can be read by others on this machine` : path;
    return {
      check: "key",
      ok: !isOpenToOthers,
      detail,
      ...(isOpenToOthers && { advice: `Run: chmod 600 ${path}` }),
    };
  } catch (error) {
    return {
      check: "key",
      ok: false,
      detail: messageOf(error),
      advice: "Name the right file with --key-file, or put back a copy.",
    };
  }
}

async function checkLibrary(session: Session): Promise<Check> {
  const dataFolder = dataFolderOf(session);
  const check = "library";
  if (!existsSync(vaultPaths(dataFolder).database)) {
    return { check, ok: true, detail: `none yet in ${dataFolder}; \`qwill index PATH\` makes one` };
  }
  if (keyFileOf(session) === null) return { check, ok: false, detail: "not looked at: it needs the key" };
  try {
    const running = await openSession(session, { model: "none" });
    try {
      const problems = running.library.integrity();
      const { files, passages } = running.library
        .listCollections()
        .reduce((sum, one) => ({ files: sum.files + one.files, passages: sum.passages + one.passages }), {
          files: 0,
          passages: 0,
        });
      const detail =
        problems.length === 0 ? `${files} files, ${passages} passages in ${dataFolder}` : problems.join("; ");
      return {
        check,
        ok: problems.length === 0,
        detail,
        ...(problems.length > 0 && {
          advice: "Put back a copy of the data folder, or remove it and index again.",
        }),
      };
    } finally {
      await running.close();
    }
  } catch (error) {
    return { check, ok: false, detail: messageOf(toStoreError(error)) };
  }
}

function messageOf(error: unknown): string {
  const failure = toFailure(error);
  return failure.code === "internal" && error instanceof Error ? error.message : sentenceOf(failure);
}
