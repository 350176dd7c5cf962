import { statSync } from "node:fs";
import { AppError } from "../../core/contract/errors.ts";
import { searchModes } from "../../core/contract/search.ts";
import { intents } from "../../core/contract/suggest.ts";
import { tiers } from "../../core/contract/tiers.ts";

const isOneOf =
  (values: readonly string[]) =>
  (value: string): boolean =>
    values.includes(value);
const isPath = (value: string): boolean => /[/\\]/u.test(value) || factsOf(value)?.isDirectory() === true;
const isFile = (value: string): boolean => factsOf(value)?.isFile() === true;

const flags = ["json", "words-only"] as const;
/** Options that stand before a command, with what their values look like. */
const valued: readonly (readonly [name: string, fits: (value: string) => boolean])[] = [
  ["data-dir", (value) => isPath(value) && !isFile(value)],
  ["key-file", isFile],
  ["k", (value) => /^\d+$/u.test(value)],
  ["mode", isOneOf(searchModes)],
  ["intent", isOneOf(intents)],
  ["tier", isOneOf(tiers)],
  ["collection", (value) => !isPath(value) && !/^\d+$/u.test(value)],
];

/**
 * Takes back what npm took for itself. Of `npx --no qwill --json --data-dir D search Q` it reads the options
 * before the command as its own: a flag or a value with `=` is left in the environment, any other value
 * stands as a lone word before the command. Refuses with `bad-request` where these cannot be told apart.
 */
export function takeBackFromNpm(
  argv: readonly string[],
  environment: NodeJS.ProcessEnv,
  commands: ReadonlySet<string>,
): string[] {
  if (environment["npm_command"] !== "exec") return [...argv];
  const left = (name: string): string | undefined => environment[`npm_config_${name.replaceAll("-", "_")}`];
  const found = flags.filter((name) => left(name) === "true").map((name) => `--${name}`);
  const lost: (typeof valued)[number][] = [];
  for (const option of valued) {
    const value = left(option[0]);
    if (value === "true") lost.push(option);
    else if (value !== undefined && value !== "") found.push(`--${option[0]}`, value);
  }
  if (lost.length === 0) return [...found, ...argv];
  const at = argv.findIndex((word, index) => index >= lost.length && commands.has(word));
  const assigned = at === lost.length ? assign(lost, argv.slice(0, at)) : null;
  if (assigned === null)
    throw new AppError("bad-request", {
      facts: { reason: "npm kept options for itself: write them after the command, or npx --no -- qwill …" },
    });
  return [...found, ...assigned, ...argv.slice(at)];
}

/** Gives every word to the one option it fits; null where that can be done in no way or in several. */
function assign(options: typeof valued, words: readonly string[]): string[] | null {
  const [option, ...others] = options;
  if (option === undefined) return [];
  const [name, fits] = option;
  const ways = words.flatMap((word, at) => {
    const rest = fits(word) ? assign(others, words.toSpliced(at, 1)) : null;
    return rest === null ? [] : [[`--${name}`, word, ...rest]];
  });
  return ways.length === 1 ? ways[0]! : null;
}

function factsOf(path: string): ReturnType<typeof statSync> | undefined {
  return statSync(path, { throwIfNoEntry: false });
}
