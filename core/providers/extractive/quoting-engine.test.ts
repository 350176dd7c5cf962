import { describe, expect, test } from "vitest";
import type { Source } from "../../contract/suggest.ts";
import { exampleCall, providerContract } from "../testing/provider-contract.ts";
import type { QuoteTask } from "../provider.ts";
import { EXTRACTIVE_MODEL, makeQuotingEngine } from "./quoting-engine.ts";
import type { TextWords } from "../../contract/text-words.ts";

const segmenter = new Intl.Segmenter("en", { granularity: "sentence" });
const terms = (text: string) => text.toLowerCase().match(/\p{Script=Han}|[a-z0-9]{3,}/gu) ?? [];
const words: TextWords = {
  terms,
  questionTerms: (text) =>
    [...new Set(terms(text))].filter((term) => !["the", "what", "how", "many", "are", "for"].includes(term)),
  sentences: (text) =>
    [...segmenter.segment(text)].map(({ index, segment }) => ({
      start: index,
      end: index + segment.trimEnd().length,
    })),
};

function source(number: number, text: string): Source {
  return {
    number,
    documentId: number,
    collectionId: 1,
    passageIds: [number],
    title: `Lease ${number}`,
    path: `/l/${number}.md`,
    place: { page: 3 },
    start: 100,
    end: 100 + text.length,
    text,
    score: 1 / number,
    matches: [],
    copies: [],
  };
}

const lease = source(
  1,
  "The lease began in May. The notice period is three months to the end of a *quarter* [sic]. Pets are allowed.",
);
const chinese = source(2, "合同自签署之日起生效。通知期限为三个月。");
const engine = makeQuotingEngine({ words });
const task = (changes: Partial<QuoteTask>): QuoteTask => ({
  sources: [],
  question: "How long is the notice period?",
  intent: "answer",
  length: "medium",
  pasted: "",
  ...changes,
});

async function reply(changes: Partial<QuoteTask>, by = engine): Promise<string> {
  let text = "";
  for await (const part of by.quote(task(changes), new AbortController().signal))
    if (part.type === "text-delta") text += part.text;
  return text;
}

// Its door is its own, its stream is like any other's.
providerContract("the quoting engine", async () => ({
  provider: {
    id: engine.id,
    capabilities: {
      reach: "device",
      thinking: false,
      usage: false,
      listsModels: true,
      maxInputTokens: 1_000_000,
      maxOutputTokens: 4000,
    },
    stream: (_call, signal) => engine.quote(task({ sources: [lease, chinese] }), signal),
    listModels: async () => [{ id: EXTRACTIVE_MODEL }],
    checkHealth: async () => undefined,
  },
  call: exampleCall(),
  reply: null,
  openStreams: () => 0,
}));

describe("the quoting engine", () => {
  test("quotes the sentence that answers, with its citation and where it is from", async () => {
    const text = await reply({ sources: [lease, chinese], question: "How long is the notice period?" });
    expect(text).toContain(
      "> The notice period is three months to the end of a \\*quarter\\* \\[sic\\]. [1]",
    );
    expect(text).toContain("Lease 1, page 3");
    expect(text).not.toContain("Pets");
  });

  test("speaks the language of the question", async () => {
    const text = await reply({ sources: [lease, chinese], question: "通知期限是多久？" });
    expect(text).toContain("文档中写道");
    expect(text).toContain("> 通知期限为三个月。 [2]");
  });

  test("says that the library holds nothing on it", async () => {
    expect(await reply({ sources: [], question: "Who won?" })).toContain("Nothing in your documents");
    expect(await reply({ sources: [lease], question: "Kubernetes deployment" })).toContain(
      "Nothing in your documents",
    );
  });

  test("never pretends to have drafted", async () => {
    const text = await reply({
      sources: [lease],
      question: "Write a letter on the notice period",
      intent: "draft",
    });
    expect(text).toContain("does not write");
  });

  test("summarises pasted text by its own sentences", async () => {
    const pasted = "The heating failed on Monday. The landlord repaired the heating on Friday. Tea is nice.";
    const text = await reply({
      sources: [lease],
      question: "Summarise",
      intent: "summarise",
      length: "short",
      pasted,
    });
    expect(text).toContain("- The landlord repaired the heating on Friday.");
    expect(text).not.toContain("[1]");
  });

  test("weighs meaning where an embedder is there", async () => {
    const near = makeQuotingEngine({
      words,
      similarity: async (_, sentences) =>
        sentences.map((sentence) => (sentence.includes("Pets") ? 0.9 : 0.05)),
    });
    const text = await reply({ sources: [lease], question: "Can I keep a dog?" }, near);
    expect(text).toContain("> Pets are allowed. [1]");
  });
});
