/** What is needed to know of a command line to tell its command from its options' values. */
export interface Grammar {
  /** Command names; `key` is followed by its own. */
  readonly commands: ReadonlySet<string>;
  readonly subcommands: ReadonlyMap<string, ReadonlySet<string>>;
  /** Options that take a value, with their dashes. */
  readonly valued: ReadonlySet<string>;
}

/** Puts the command's name first, so that every option may stand before it or after it. */
export function commandFirst(argv: readonly string[], grammar: Grammar): string[] {
  let at = 0;
  for (; at < argv.length; at += 1) {
    const word = argv[at] ?? "";
    if (word === "--") return [...argv];
    if (grammar.valued.has(word)) at += 1;
    else if (!word.startsWith("-")) break;
  }
  const name = argv[at];
  if (name === undefined || !grammar.commands.has(name)) return [...argv];
  const second = argv[at + 1];
  const length = second !== undefined && grammar.subcommands.get(name)?.has(second) ? 2 : 1;
  return [...argv.slice(at, at + length), ...argv.slice(0, at), ...argv.slice(at + length)];
}
