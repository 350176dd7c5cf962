import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { openDatabase } from "../store/open.ts";
import { decryptedPages } from "../store/testing/decrypted-pages.ts";
import { temporaryFolder, testKey } from "../store/testing/test-database.ts";
import { storeRequests } from "./store-requests.ts";

const never = new AbortController().signal;

test("what a call sent is in no page that can be decrypted once it is forgotten", async () => {
  const path = join(temporaryFolder(), "library.db");
  const db = openDatabase({ path, key: testKey });
  onTestFinished(() => void db.close());
  const requests = storeRequests(() => db);
  const begin = async (time: number, said: string) =>
    requests["ledger.begin"](
      {
        requestId: said,
        time,
        origin: "https://qwen.example.org",
        method: "POST",
        path: "/v1/chat/completions",
        purpose: "suggest",
        tier: "private",
        bytesSent: 5,
        payload: new TextEncoder().encode(`payload ${said}`),
      },
      never,
    );
  const readable = () => {
    const bytes = decryptedPages(path, testKey);
    return ["first", "second", "third"].filter((said) => bytes.includes(`payload ${said}`));
  };
  const first = await begin(1, "first");
  await begin(2, "second");
  await begin(3, "third");
  expect(readable()).toEqual(["first", "second", "third"]);
  await requests["ledger.forget"]({ id: first, now: 9 }, never);
  expect(readable()).toEqual(["second", "third"]);
  await requests["ledger.forget-before"]({ before: 3, now: 9 }, never);
  expect(readable()).toEqual(["third"]);
});
