import { joined, ownWords, type Provenance } from "../../contract/provenance.ts";
import type { Source, SuggestRequest } from "../../contract/suggest.ts";
import type { Part } from "../../safety/envelope/outgoing.ts";
import type { SanitizedText } from "../../safety/sanitizer.ts";
import { originOf } from "../source-origin.ts";
import type { Scoped } from "./scope.ts";

/** The texts that a prompt is made of, each as it may be sent. */
export interface PromptTexts {
  readonly request: SanitizedText;
  readonly pasted: SanitizedText;
  readonly turns: readonly { readonly request: SanitizedText; readonly answer: SanitizedText }[];
  readonly passages: readonly {
    readonly source: Source;
    readonly origin: SanitizedText;
    readonly text: SanitizedText;
  }[];
}

/** Every text that may leave with a request, with where it comes from, in the order that `textsFrom` reads. */
export function partsOf(
  request: SuggestRequest,
  turns: Scoped["turns"],
  sources: readonly Source[],
): readonly Part[] {
  const own = (kind: Part["kind"], text: string): Part => ({ kind, text, provenance: ownWords });
  return [
    own("request", request.text),
    own("pasted", request.pasted ?? ""),
    ...request.turns.flatMap((turn, at): Part[] => [
      own("turn", turn.request),
      { kind: "turn", text: turn.answer, provenance: provenanceOfTurn(turns, at) },
    ]),
    ...sources.flatMap((source): Part[] => {
      const provenance = provenanceOfSource(source);
      return [
        { kind: "passage-origin", text: originOf(source), provenance },
        { kind: "passage", text: source.text, provenance },
      ];
    }),
  ];
}

/** The parts as they came back from masking, in their places. */
export function textsFrom(
  masked: readonly SanitizedText[],
  request: SuggestRequest,
  sources: readonly Source[],
): PromptTexts {
  const rest = masked[Symbol.iterator]();
  const next = (): SanitizedText => {
    const { value, done } = rest.next();
    if (done) throw new Error("masking gave fewer texts than it was given");
    return value;
  };
  return {
    request: next(),
    pasted: next(),
    turns: request.turns.map(() => ({ request: next(), answer: next() })),
    passages: sources.map((source) => ({ source, origin: next(), text: next() })),
  };
}

/** Of what is written from these sources and turns. */
export function provenanceOfAnswer(turns: Scoped["turns"], sources: readonly Source[]): Provenance {
  return joined([
    ...turns.map(({ provenance }) => provenance),
    ...sources.map((source) => provenanceOfSource(source)),
  ]);
}

const provenanceOfSource = ({ collectionId }: Source): Provenance => ({
  collections: [collectionId],
  reach: "cloud",
});

function provenanceOfTurn(turns: Scoped["turns"], at: number): Provenance {
  const turn = turns[at];
  if (!turn) throw new Error("a turn was not looked up");
  return turn.provenance;
}
