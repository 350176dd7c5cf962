/** Sentences of a guide and tests that quote them, so that no promise stands there that nothing holds. */

/** Words by which a sentence promises where text goes, what is deleted, what is stopped or what is kept. */
const promising =
  /\b(never|nothing|nobody|nowhere|only|always|stays?|leaves?|kept|keeps?|no further|further|before|until|private|forgets?|forgotten|deletes?|deleted|removed?|removes|removing|stops?|stopped|encrypted|goes?|travel|carries|written down|uploaded|sent|sends?|send)\b/i;

/** Every sentence of a guide, as plain text on one line; headings and rulers of tables are none. */
export function sentencesOf(guide: string): string[] {
  const blocks = guide
    .replaceAll(/^(\|[-| ]+\||#.*)\s*$/gm, "")
    .split(/\n(?=- |\||\d+\. |\n)/)
    .map((block) => plain(block.replace(/^(- |\d+\. )/, "")))
    .filter((block) => block !== "");
  return blocks.flatMap((block) =>
    block.startsWith("|") ? [block] : (block.match(/[^.!?]+(?:[.!?]+(?=\s|$)|$)/g) ?? []).map(plain),
  );
}

/** The sentences that promise. */
export const promisesOf = (guide: string): string[] =>
  sentencesOf(guide).filter((sentence) => promising.test(sentence));

/**
 * What a test file quotes: `// guide: "…"`, over as many comment lines as it takes, right above a test or a group of
 * tests. A quotation above anything else counts for nothing.
 */
export function quotedIn(source: string): string[] {
  const found: string[] = [];
  const lines = source.split("\n").map((line) => line.trim());
  for (let at = 0; at < lines.length; at++) {
    if (!lines[at]?.startsWith("// guide:")) continue;
    const words: string[] = [];
    for (; lines[at]?.startsWith("//"); at++) words.push((lines[at] ?? "").slice(2));
    const quoted = words.join(" ").match(/(?<=guide:\s*")[^"]+(?=")/g) ?? [];
    if (/^(test|describe)\b/.test(lines[at] ?? "")) for (const one of quoted) found.push(plain(one));
  }
  return found;
}

/** One line, without the marks of emphasis. */
function plain(text: string): string {
  return text.replaceAll(/\s+/g, " ").replaceAll(/[*`]/g, "").trim();
}
