import type { Letter } from "../envelope/outgoing.ts";
import { notModerated } from "../moderator.ts";
import { reviewsNothing } from "../review.ts";
import { masksNothing } from "../sanitizer.ts";
import { makeListSanitizer } from "./list-sanitizer.ts";
import { moderatorContract } from "./moderator-contract.ts";
import { reviewContract } from "./review-contract.ts";
import { sanitizerContract } from "./sanitizer-contract.ts";
import { makeScriptedReview } from "./scripted-review.ts";
import { makeWordModerator } from "./word-moderator.ts";

const harmless = ["The notice period is three months.", "通知期限为三个月。😀"];

moderatorContract("the one that looks at nothing", () => ({
  moderator: notModerated,
  harmless,
  blocked: [],
  warned: [],
}));
moderatorContract("the one that minds words", () => ({
  moderator: makeWordModerator({ block: { poison: "violence" }, warn: { gamble: "illegal-acts" } }),
  harmless,
  blocked: ["poison"],
  warned: ["to gamble"],
}));

sanitizerContract("the one that looks for nothing", () => ({
  sanitizer: masksNothing,
  values: {},
  placeholder: "⟦PERSON_1⟧",
}));
sanitizerContract("the one with a list", () => {
  const values = { PERSON: ["Zhang Wei", "Anna"], PHONE: ["+49 30 1234"] };
  return { sanitizer: makeListSanitizer(values), values, placeholder: "⟦PERSON_1⟧" };
});

const letter = (reach: "organisation" | "cloud"): Letter => ({
  outgoing: {
    requestId: "r",
    purpose: "suggest",
    tier: "standard",
    reach,
    origin: "https://a.example",
    parts: [],
    verdict: { state: "not-moderated" },
    conversation: null,
    spend: null,
  },
  texts: ["x"],
  request: { address: "https://a.example/v1", method: "POST", headers: {}, body: "x" },
});

reviewContract("the one that shows nothing", () => ({
  review: reviewsNothing,
  asked: [],
  passed: [letter("cloud")],
  says: () => undefined,
}));
reviewContract("the scripted one", () => {
  const review = makeScriptedReview(({ outgoing }) => outgoing.reach === "cloud");
  return {
    review,
    asked: [letter("cloud")],
    passed: [letter("organisation")],
    says: (answer) => review.says(answer),
  };
});
