import { describe, expect, test } from "vitest";
import { isCancel } from "../../contract/errors.ts";
import type { Moderator, OutputWatch, Release } from "../moderator.ts";

export interface ModeratorRig {
  readonly moderator: Moderator;
  /** Texts that nobody minds. */
  readonly harmless: readonly string[];
  /** Texts that are blocked wherever they stand in something harmless; none where nothing is. */
  readonly blocked: readonly string[];
  /** Texts that bring a warning, and are let through. */
  readonly warned: readonly string[];
}

/** Every way to cut a text in two, and letter by letter. */
const cuts = (text: string): string[][] => [
  [text],
  ...Array.from({ length: text.length - 1 }, (_, at) => [text.slice(0, at + 1), text.slice(at + 1)]),
  [...text],
];

async function through(watch: OutputWatch, chunks: readonly string[]): Promise<Release[]> {
  const releases: Release[] = [];
  for (const chunk of chunks) releases.push(await watch.push(chunk));
  return [...releases, await watch.end()];
}

const textOf = (releases: readonly Release[]): string => releases.map(({ text }) => text).join("");
const isBlock = ({ verdict }: Release): boolean => verdict.state === "checked" && verdict.action === "block";

/** The promises of `Moderator`, for every one there is and for the fake. */
export function moderatorContract(name: string, makeRig: () => ModeratorRig): void {
  const never = () => new AbortController().signal;

  describe(`${name} keeps the moderator contract`, () => {
    test("names categories where it minds something, and none where it does not", async () => {
      const { moderator, harmless, blocked, warned } = makeRig();
      for (const text of harmless) {
        const verdict = await moderator.checkInput(text, never());
        if (verdict.state === "checked") expect(verdict).toMatchObject({ action: "allow", categories: [] });
      }
      for (const [action, texts] of [
        ["block", blocked],
        ["warn", warned],
      ] as const)
        for (const text of texts) {
          const verdict = await moderator.checkInput(text, never());
          expect(verdict).toMatchObject({ state: "checked", action });
          expect(verdict.state === "checked" && verdict.categories.length).toBeGreaterThan(0);
        }
    });

    test("lets harmless text through whole, however it is cut", async () => {
      const { moderator, harmless } = makeRig();
      for (const text of harmless)
        for (const chunks of cuts(text)) {
          const releases = await through(moderator.watchOutput(never()), chunks);
          expect([chunks, textOf(releases)]).toEqual([chunks, text]);
          expect(releases.some(isBlock)).toBe(false);
        }
    });

    test("finds what it blocks however it is cut, at the latest at the end, and releases nothing after", async () => {
      const { moderator, harmless, blocked } = makeRig();
      for (const bad of blocked)
        for (const chunks of cuts(`${harmless[0] ?? ""} ${bad}`)) {
          const watch = moderator.watchOutput(never());
          const releases = await through(watch, [...chunks, ` ${harmless[0] ?? ""}`]);
          const first = releases.findIndex(isBlock);
          expect([chunks, first >= 0]).toEqual([chunks, true]);
          expect([chunks, textOf(releases).includes(bad)]).toEqual([chunks, false]);
          for (const release of releases.slice(first))
            expect([isBlock(release), release.text]).toEqual([true, ""]);
        }
    });

    test("warns without holding back", async () => {
      const { moderator, warned } = makeRig();
      for (const text of warned) {
        const releases = await through(moderator.watchOutput(never()), [text]);
        expect(textOf(releases)).toBe(text);
        expect(releases.some(({ verdict }) => verdict.state === "checked" && verdict.action === "warn")).toBe(
          true,
        );
      }
    });

    test("keeps two answers apart", async () => {
      const { moderator, harmless, blocked } = makeRig();
      const one = moderator.watchOutput(never());
      const other = moderator.watchOutput(never());
      for (const bad of blocked) await one.push(bad);
      const releases = await through(other, [harmless[0] ?? ""]);
      expect([textOf(releases), releases.some(isBlock)]).toEqual([harmless[0] ?? "", false]);
    });

    test("ends in a cancel when it is aborted", async () => {
      const { moderator, harmless } = makeRig();
      const text = harmless[0] ?? "";
      const aborted = moderator.watchOutput(AbortSignal.abort());
      for (const work of [
        () => moderator.checkInput(text, AbortSignal.abort()),
        () => aborted.push(text),
        () => aborted.end(),
      ])
        expect(isCancel(await work().catch((error: unknown) => error))).toBe(true);
    });
  });
}
