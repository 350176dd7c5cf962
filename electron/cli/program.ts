import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Command, CommanderError } from "commander";
import { isCancel, AppError } from "../../core/contract/errors.ts";
import { searchModes, type SearchMode } from "../../core/contract/search.ts";
import { intents, lengths, tones } from "../../core/contract/suggest.ts";
import { tiers } from "../../core/contract/tiers.ts";
import { toStoreError } from "../../core/store/store-error.ts";
import type { AddCommand, Act } from "./add-command.ts";
import { tierCommands } from "./tier-commands.ts";
import { commandFirst, type Grammar } from "./command-first.ts";
import { makeDoctorCommand } from "./commands/doctor.ts";
import { listDocumentsCommand } from "./commands/documents.ts";
import { evalCommand } from "./commands/eval.ts";
import { indexCommand } from "./commands/index-files.ts";
import { newKeyCommand } from "./commands/key.ts";
import { readCommand } from "./commands/read.ts";
import { removeCommand } from "./commands/remove.ts";
import { searchCommand } from "./commands/search.ts";
import { suggestCommand } from "./commands/suggest.ts";
import { takeBackFromNpm } from "./npm-words.ts";
import { makeOutput, type Streams } from "./output.ts";
import { toCountUpTo, toNames, toOneOf } from "./option-values.ts";
import type { ProgramPlaces } from "./places.ts";
import type { CommonOptions } from "./session.ts";

export interface Host extends Streams {
  readonly places: ProgramPlaces;
  readonly environment: NodeJS.ProcessEnv;
  readonly signal: AbortSignal;
  readonly openNetwork: () => void;
}

/** All went well; a fault of our own; wrong usage; some files failed; stopped by the person. */
export const exitCodes = { good: 0, fault: 1, usage: 2, someFailed: 3, stopped: 130 } as const;

/** Runs one command line; resolves to the exit code and never rejects. */
export async function run(argv: readonly string[], host: Host): Promise<number> {
  const state = { code: exitCodes.good as number, isJson: argv.includes("--json") };
  const program = build(host, state);
  try {
    const grammar = grammarOf(program);
    const words = takeBackFromNpm(argv, host.environment, grammar.commands);
    state.isJson = words.includes("--json");
    await program.parseAsync(commandFirst(words, grammar), { from: "user" });
    return state.code;
  } catch (thrown) {
    const error = toStoreError(thrown);
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.good : exitCodes.usage;
    if (host.signal.aborted && isCancel(error)) return exitCodes.stopped;
    makeOutput(host, state.isJson).failure(error);
    return error instanceof AppError && error.code === "vault-needs-key" ? exitCodes.usage : exitCodes.fault;
  }
}

function build(host: Host, state: { code: number }): Command {
  const program = new Command("qwill")
    .description("Answers, drafts and searches from your own documents, on this device.")
    .version(versionOf(host.places), "-V, --version", "print the version")
    .showHelpAfterError("(qwill --help tells what there is)")
    .configureOutput({ writeOut: (text) => host.out.write(text), writeErr: (text) => host.err.write(text) })
    .exitOverride();

  const command: AddCommand = <Options extends object>(
    parent: Command,
    usage: string,
    description: string,
    act: Act<Options>,
  ): Command => {
    const made = common(parent.command(usage)).description(description);
    return made.action(async () => {
      const options = made.opts<Options & CommonOptions>();
      const args = made.args;
      const output = makeOutput(host, options.json ?? false);
      const { environment, places, signal, openNetwork } = host;
      state.code = await act({ options, environment, places, signal, output, openNetwork }, args, options);
    });
  };

  const key = program.command("key").description("keys that open a library");
  command(key, "new <file>", "make a key file, readable by you only", newKeyCommand);
  command(program, "index <paths...>", "index files and folders, and wait", indexCommand).option(
    "--words-only",
    "leave the vectors for later",
  );
  command(program, "search [question]", "find passages", searchCommand)
    .option("--k <number>", "how many", toCountUpTo(1000), 10)
    .option("--mode <mode>", searchModes.join(", "), toOneOf<SearchMode>(searchModes), "hybrid")
    .option("--queries <file>", "questions, one JSON object {id, text} a line")
    .option("--format <format>", "jsonl or trec", toOneOf(["jsonl", "trec"] as const), "jsonl")
    .option("--out <file>", "write there instead of to standard output");
  command(program, "suggest <request>", "write a suggestion that quotes your documents", suggestCommand)
    .option("--intent <intent>", intents.join(", "), toOneOf(intents), "answer")
    .option("--tone <tone>", tones.join(", "), toOneOf(tones), "plain")
    .option("--length <length>", lengths.join(", "), toOneOf(lengths), "medium")
    .option("--model <name>", "a GGUF file, a model's id, or quotes")
    .option("--text <text>", "text to work on (rewrite, reply, summarise, continue)")
    .option("--tier <tier>", tiers.join(", "), toOneOf(tiers), "local")
    .option("--without-held-back", "go on without collections that may not travel as far as the tier");
  tierCommands(program, command);
  command(program, "read <file>", "print what a reader makes of one file", readCommand);
  command(program, "eval", "measure search against judged questions", evalCommand)
    .requiredOption("--queries <file>", "questions, one JSON object {id, text} a line")
    .requiredOption("--qrels <file>", "judgments: query id, document id, score");
  command(
    program,
    "doctor",
    "check this installation and say what to do",
    makeDoctorCommand(versionOf(host.places)),
  );
  command(program, "documents", "list what the library holds", listDocumentsCommand);
  command(program, "remove <ids...>", "remove documents by id (see `qwill documents`)", removeCommand);
  return program;
}

function grammarOf(program: Command): Grammar {
  const inner = program.commands.flatMap((command) => command.commands);
  const options = [...program.commands, ...inner].flatMap((command) => command.options);
  return {
    commands: new Set(program.commands.map((command) => command.name())),
    subcommands: new Map(
      program.commands.map((command) => [command.name(), new Set(command.commands.map((one) => one.name()))]),
    ),
    valued: new Set(options.filter((option) => option.required).map((option) => option.long ?? "")),
  };
}

/** The options that every command takes. */
function common(command: Command): Command {
  return command
    .option("--data-dir <folder>", "the library's folder")
    .option("--key-file <file>", "the key file (or QWILL_KEY_FILE)")
    .option("--json", "one JSON object a line on standard output")
    .option("--collection <name>", "only this collection; may be repeated", toNames)
    .exitOverride();
}

function versionOf(places: ProgramPlaces): string {
  const text = readFileSync(join(places.root, "package.json"), "utf8");
  return (JSON.parse(text) as { version: string }).version;
}
