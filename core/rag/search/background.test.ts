import { expect, test } from "vitest";
import { fakeEmbedder } from "../embedding/testing/fake-embedder.ts";
import { makeBackground } from "./background.ts";

const question = "How long is the notice period?";

test("a question that is cancelled takes nothing from another that waits for the same sentences", async () => {
  const embedder = fakeEmbedder({ languages: ["en"] });
  let rounds = 0;
  const backgroundOf = makeBackground({
    embedDocuments: (texts, signal) => {
      rounds += 1;
      return embedder.embedDocuments(texts, signal);
    },
  });
  const controller = new AbortController();
  const vector = await embedder.embedQuery(question, controller.signal);
  const asked = { question, vector, sample: [], passages: 1 };
  const first = backgroundOf({ ...asked, signal: controller.signal });
  const second = backgroundOf({ ...asked, signal: new AbortController().signal });
  controller.abort();
  await expect(first).rejects.toThrow("aborted");
  expect(await second).toEqual(expect.any(Number));
  expect(rounds).toBe(1);
});

test("a large library is judged by its own passages alone", async () => {
  const backgroundOf = makeBackground({ embedDocuments: () => Promise.reject(new Error("not asked")) });
  const vector = new Float32Array(4);
  const { signal } = new AbortController();
  expect(await backgroundOf({ question, vector, sample: [0.2, 0.4], passages: 5000, signal })).toBeCloseTo(
    0.3,
  );
});
