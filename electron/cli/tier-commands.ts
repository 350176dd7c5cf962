import { type Command, InvalidArgumentError, Option } from "commander";
import { currencies } from "../../core/contract/costs.ts";
import { authSchemes, qwenRegions, vendors } from "../../core/contract/providers.ts";
import { collectionReachCommand, listCollectionsCommand } from "./commands/collection.ts";
import { costsCommand, type StatedRate } from "./commands/costs.ts";
import { ledgerCommand } from "./commands/ledger.ts";
import {
  addProviderCommand,
  listProvidersCommand,
  removeProviderCommand,
  testProviderCommand,
} from "./commands/provider.ts";
import { clearableSecrets } from "./commands/provider-secrets.ts";
import { priceCommand } from "./commands/price.ts";
import { clearTierCommand, listTiersCommand, setTierCommand } from "./commands/tier.ts";
import { toAmount, toCountUpTo, toOneOf } from "./option-values.ts";
import type { AddCommand } from "./add-command.ts";

const mostTokens = 10_000_000;

/** The commands about what goes beyond this device. */
export function tierCommands(program: Command, command: AddCommand): void {
  const provider = program.command("provider").description("servers that write for you");
  command(
    provider,
    "add <name>",
    "set up a provider, or change it; secrets go into the encrypted library",
    addProviderCommand,
  )
    .requiredOption("--vendor <vendor>", vendors.join(", "), toOneOf(vendors))
    .requiredOption("--model <model>", "the model's name, as the server knows it")
    .option("--base-url <url>", "the server's address; https, or http on this machine")
    .option("--region <region>", `of hosted Qwen: ${qwenRegions.join(", ")}`, toOneOf(qwenRegions))
    .option("--workspace <id>", "workspace of hosted Qwen")
    .option("--scope <scope>", "where hosted Qwen may run inference")
    .option("--api-key-file <file>", "a file that holds the key and nothing else")
    .option("--api-key-env <variable>", "the environment variable that holds the key")
    .option("--ca <file>", "certificates to trust beside the system's (PEM)")
    .option("--cert <file>", "client certificate (PEM)")
    .option("--cert-key <file>", "its key (PEM)")
    .option("--header-file <file>", 'extra headers, one a line, "Name: value"; may be repeated', toList)
    .option("--header-env <name=variable>", "an extra header from the environment; may be repeated", toList)
    .addOption(new Option("--header <header>").argParser(toList).hideHelp())
    .option("--clear <secret>", `take a secret away: ${clearableSecrets.join(", ")}`, toSecrets)
    .option("--clear-header <name>", "take an extra header away; may be repeated", toList)
    .option("--auth <scheme>", `how the key is sent: ${authSchemes.join(", ")}`, toOneOf(authSchemes))
    .option("--auth-header <name>", "the header that carries the key, with --auth header")
    .option("--thinking", "let the model think before it writes")
    .option("--thinking-budget <tokens>", "the most it may think", toCountUpTo(mostTokens))
    .option("--max-input-tokens <tokens>", "the longest request it takes", toCountUpTo(mostTokens))
    .option("--max-output-tokens <tokens>", "the longest answer it gives", toCountUpTo(mostTokens))
    .option("--skip-model-listing", "do not ask the server for its models");
  command(provider, "list", "list the providers; secrets are not shown", listProvidersCommand);
  command(provider, "test <name>", "find out whether a provider would answer", testProviderCommand);
  command(
    provider,
    "price <name>",
    "your own price for what a provider is set up to use, per million tokens",
    priceCommand,
  )
    .option("--input <amount>", "for what is sent", toPrice)
    .option("--output <amount>", "for what is written", toPrice)
    .option("--currency <currency>", currencies.join(", "), toOneOf(currencies))
    .option("--clear", "take your price away");
  command(provider, "remove <name>", "forget a provider and its secrets", removeProviderCommand);

  const tier = program.command("tier").description("who serves each tier");
  command(
    tier,
    "set <tier> <provider>",
    "let a provider serve standard, high-quality or private",
    setTierCommand,
  );
  command(tier, "clear <tier>", "let nobody serve a tier", clearTierCommand);
  command(tier, "list", "list the tiers and where text goes with each", listTiersCommand);

  const collection = program.command("collection").description("parts of the library");
  command(collection, "list", "list the collections and how far each may go", listCollectionsCommand);
  command(
    collection,
    "reach <name> <reach>",
    "let requests that use it go as far as device, organisation or cloud",
    collectionReachCommand,
  );

  command(program, "costs", "what this month cost, and the budget", costsCommand)
    .option("--month <month>", "another month, YYYY-MM", toMonth)
    .option("--warn-at <amount>", "warn from this amount a month (none: never)", toAmount)
    .option("--stop-at <amount>", "send nothing past this amount a month (none: no limit)", toAmount)
    .option("--currency <currency>", `of the budget: ${currencies.join(", ")}`, toOneOf(currencies))
    .option("--rate <currency=amount>", "what one unit of another currency is worth in it", toRates);
  command(program, "ledger", "every call that left, newest first", ledgerCommand)
    .option("--limit <rows>", "how many", toCountUpTo(1_000_000))
    .option(
      "--payload <id>",
      "print the exact bytes that one call sent",
      toCountUpTo(Number.MAX_SAFE_INTEGER),
    )
    .option(
      "--forget <id>",
      "forget what one call sent, or `all` of them; the rows stay, each with its hash",
      toIdOrAll,
    );
}

function toIdOrAll(text: string): number | "all" {
  return text === "all" ? text : toCountUpTo(Number.MAX_SAFE_INTEGER)(text);
}

/** Read where its mistakes can be told without repeating it: the parser's own words would hold the secret. */
function toList(text: string, before?: readonly string[]): string[] {
  return [...(before ?? []), text];
}

function toSecrets(text: string, before: readonly (typeof clearableSecrets)[number][] = []) {
  return [...before, toOneOf(clearableSecrets)(text)];
}

function toRates(text: string, before: readonly StatedRate[] = []): StatedRate[] {
  const [, name, amount] = /^([A-Z]{3})=(\d+(?:\.\d+)?)$/.exec(text) ?? [];
  const currency = currencies.find((one) => one === name);
  if (currency === undefined) throw new InvalidArgumentError(`CURRENCY=AMOUNT; of ${currencies.join(", ")}.`);
  return [...before, { currency, rate: Number(amount) }];
}

function toPrice(text: string): number {
  if (!/^\d{1,6}(\.\d{1,6})?$/.test(text)) throw new InvalidArgumentError("An amount, such as 0.8.");
  return Number(text);
}

function toMonth(text: string): string {
  if (!/^\d{4}-(0[1-9]|1[0-2])$/.test(text)) throw new InvalidArgumentError("YYYY-MM.");
  return text;
}
