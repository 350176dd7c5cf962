import { InvalidArgumentError } from "commander";

/** A whole number from 1 to `most`. */
export function toCountUpTo(most: number): (text: string) => number {
  return (text) => {
    const count = Number(text);
    if (!Number.isInteger(count) || count < 1 || count > most)
      throw new InvalidArgumentError(`a whole number from 1 to ${most}.`);
    return count;
  };
}

/** An amount of money, or `none`. */
export function toAmount(text: string): number | "none" {
  if (text === "none") return text;
  const amount = Number(text);
  if (text.trim() === "" || !Number.isFinite(amount) || amount < 0)
    throw new InvalidArgumentError("an amount, or none.");
  return amount;
}

export function toOneOf<Value extends string>(values: readonly Value[]): (text: string) => Value {
  return (text) => {
    const found = values.find((value) => value === text);
    if (found === undefined) throw new InvalidArgumentError(`one of ${values.join(", ")}.`);
    return found;
  };
}

/** One name more of an option that may be repeated. */
export function toNames(name: string, before?: readonly string[]): string[] {
  if (name.trim() === "") throw new InvalidArgumentError("a name.");
  return [...(before ?? []), name];
}
