import { writeSync } from "node:fs";
import { changesOf, make } from "./changes.ts";
import { openFolder } from "./open-folder.ts";

// change-until-killed.ts FOLDER SEED: opens the library and changes it until it is killed. A letter a step: "s" before
// it opens, "b" before a change, "." between two transactions of it, "e" when all of it is stored.
const [folder = "", seed = "0"] = process.argv.slice(2);
const say = (letter: string): void => void writeSync(1, letter);
say("s");
const { db } = await openFolder(folder);
for (const change of changesOf(Number(seed))) {
  say("b");
  for (const _ of make(db, change)) say(".");
  say("e");
}
