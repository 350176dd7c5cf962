import { findSupport, makeClaimSource } from "../core/suggest/claim-support.ts";
import { claimCases, type ClaimCase } from "../core/suggest/testing/claim-pairs.ts";
import { textWords } from "../core/rag/search/words/text-words.ts";

// node bench/citations.ts [--show]   Rules were chosen on the even cases; the odd ones judge them.
const isShown = process.argv.includes("--show");
const say = (line: string): void => console.log(line);
const isSupported = (claim: string, { passage }: ClaimCase): boolean =>
  findSupport(claim, makeClaimSource(passage, textWords.sentences(passage))) !== null;

function report(name: string, cases: readonly ClaimCase[]): void {
  let [right, missed, wrong, refused] = [0, 0, 0, 0];
  for (const each of cases) {
    for (const claim of each.supported) {
      if (isSupported(claim, each)) right += 1;
      else {
        missed += 1;
        if (isShown) say(`missed: ${claim}   in: ${each.passage}`);
      }
    }
    for (const claim of each.wrong) {
      if (isSupported(claim, each)) {
        wrong += 1;
        if (isShown) say(`wrong: ${claim}   in: ${each.passage}`);
      } else refused += 1;
    }
  }
  const share = (part: number, whole: number) => (whole === 0 ? "–" : (part / whole).toFixed(3));
  const cells = [
    name,
    right + missed,
    wrong + refused,
    share(right, right + wrong),
    share(right, right + missed),
  ];
  say(`| ${cells.join(" | ")} |`);
}

say("| pairs | true claims | other claims | precision of “supported” | recall |");
say("| --- | --- | --- | --- | --- |");
report(
  "chosen on",
  claimCases.filter((_, at) => at % 2 === 0),
);
report(
  "judged on",
  claimCases.filter((_, at) => at % 2 === 1),
);
for (const language of ["en", "de", "zh"])
  report(
    language,
    claimCases.filter((each) => each.language === language),
  );
