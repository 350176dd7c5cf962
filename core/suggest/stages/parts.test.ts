import { expect, test } from "vitest";
import { ownWords } from "../../contract/provenance.ts";
import { suggestRequest, type Source } from "../../contract/suggest.ts";
import { hit } from "../testing/suggest-rig.ts";
import { partsOf, provenanceOfAnswer, textsFrom } from "./parts.ts";

const sourceOf = (number: number, collectionId: number): Source => {
  const {
    rank: _rank,
    vectorScore: _vector,
    wordScore: _words,
    key: _key,
    ...rest
  } = hit(number, `passage ${number}`, collectionId);
  return { ...rest, number };
};
const request = suggestRequest.parse({
  id: "r",
  text: "question",
  pasted: "pasted",
  turns: [{ id: "first", request: "earlier", answer: "answered" }],
});
const turns = [{ provenance: { collections: [3], reach: "organisation" as const }, been: "device" as const }];
const sources = [sourceOf(1, 7), sourceOf(2, 8)];

test("every text that can leave says where it comes from, a passage's title like its text", () => {
  const of = (collection: number) => ({ collections: [collection], reach: "cloud" });
  expect(
    partsOf(request, turns, sources).map(({ kind, text, provenance }) => [kind, text, provenance]),
  ).toEqual([
    ["request", "question", ownWords],
    ["pasted", "pasted", ownWords],
    ["turn", "earlier", ownWords],
    ["turn", "answered", turns[0]?.provenance],
    ["passage-origin", "Lease › p. 2", of(7)],
    ["passage", "passage 1", of(7)],
    ["passage-origin", "Lease › p. 2", of(8)],
    ["passage", "passage 2", of(8)],
  ]);
});

test("an answer draws on every source and every turn that went along, and goes no further than any", () => {
  expect(provenanceOfAnswer(turns, sources)).toEqual({ collections: [3, 7, 8], reach: "organisation" });
});

test("texts come back from masking to the places that they were taken from", () => {
  const masked = partsOf(request, turns, sources).map(({ kind, text }) => ({
    text: `${kind}: ${text}`,
    values: {},
  }));
  const texts = textsFrom(masked, request, sources);
  expect([texts.request.text, texts.pasted.text]).toEqual(["request: question", "pasted: pasted"]);
  expect(texts.turns).toMatchObject([
    { request: { text: "turn: earlier" }, answer: { text: "turn: answered" } },
  ]);
  expect(texts.passages).toMatchObject([
    {
      source: { number: 1 },
      origin: { text: "passage-origin: Lease › p. 2" },
      text: { text: "passage: passage 1" },
    },
    {
      source: { number: 2 },
      origin: { text: "passage-origin: Lease › p. 2" },
      text: { text: "passage: passage 2" },
    },
  ]);
  expect(() => textsFrom(masked.slice(1), request, sources)).toThrow("fewer texts");
});
