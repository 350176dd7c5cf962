import { expect, test } from "vitest";
import { vendors, type Vendor } from "../contract/providers.ts";
import type { Message } from "../providers/provider.ts";
import { makeProvider, vendorRows } from "../providers/registry.ts";
import { makeTestClock } from "../providers/testing/gated-fetch.ts";
import { fillIn } from "../safety/envelope/blanks.ts";
import { seededRandom } from "../store/testing/seeded-random.ts";
import { storedFrom } from "./provider-config.ts";
import { recordedOf, recorder } from "./record-request.ts";
import { draftOf } from "./testing/make-tier-rig.ts";
import { never } from "./testing/tier-parts.ts";

/** Letters that escaping, templates and patterns could stumble over. */
const letters = [
  ...'a"\\/\n\r\t\u0000\u2028\u2029ü密🙂$&`{}[]<>',
  "\ud800",
  "\udc00",
  "$1",
  "\\u0041",
  "blank-0-",
];

function textOf(random: () => number): string {
  const length = Math.floor(random() * 40);
  return Array.from({ length }, () => letters[Math.floor(random() * letters.length)]).join("");
}

/** What a vendor's adapter writes for messages. */
async function written(vendor: Vendor, messages: readonly Message[], thinks: boolean) {
  const baseUrl = vendorRows[vendor].usualAddress ?? "https://host.example/v1";
  const { config, secrets } = storedFrom(draftOf({ vendor, model: "m", region: "beijing", baseUrl }), null);
  const provider = makeProvider(config, secrets, recorder, {
    clock: makeTestClock(),
    now: () => 0,
    countTokens: (text) => text.length,
  });
  return recordedOf(async () => {
    const call = {
      requestId: "r",
      model: "m",
      messages,
      maxOutputTokens: 100,
      temperature: 0.3,
      thinking: { enabled: thinks },
    };
    for await (const part of provider.stream(call, never())) expect(part).toBeUndefined();
  });
}

test.each(vendors)(
  "what is sealed for %s is letter for letter what its adapter then sends",
  async (vendor) => {
    const random = seededRandom(41);
    for (let round = 0; round < 60; round += 1) {
      const roles = ["system", "user", "assistant", "user"] as const;
      const messages = roles.map((role) => ({ role, content: textOf(random) }));
      const thinks = round % 2 === 0;
      const sealed = await fillIn(
        (texts) =>
          written(
            vendor,
            roles.map((role, at) => ({ role, content: texts[at] ?? "" })),
            thinks,
          ),
        messages.map(({ content }) => content),
      );
      expect(sealed).toEqual(await written(vendor, messages, thinks));
    }
  },
);
