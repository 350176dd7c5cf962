import { randomBytes } from "node:crypto";
import type { AddressedRequest } from "./outgoing.ts";

/** Writes the call that carries these texts; sends nothing. */
export type WriteRequest = (texts: readonly string[]) => Promise<AddressedRequest>;

/**
 * The call that carries the texts, without showing them to whoever writes it: it is written for blanks, and the
 * texts are put into them here. So nothing else of what it was ever given can be in the bytes.
 */
export async function fillIn(write: WriteRequest, texts: readonly string[]): Promise<AddressedRequest> {
  const mark = randomBytes(12).toString("hex");
  const request = await write(texts.map((_text, at) => `blank-${at}-${mark}`));
  const { body } = request;
  if (body === undefined) return request;
  const isJson = Object.entries(request.headers).some(
    ([name, value]) => name.toLowerCase() === "content-type" && value.startsWith("application/json"),
  );
  const blank = new RegExp(`blank-(\\d+)-${mark}`, "g");
  const fill = (written: string) =>
    written.replace(blank, (_found, at: string) => {
      const text = texts[Number(at)] ?? "";
      return isJson ? JSON.stringify(text).slice(1, -1) : text;
    });
  if (typeof body === "string") return { ...request, body: fill(body) };
  return { ...request, body: new TextEncoder().encode(fill(new TextDecoder().decode(body))) };
}
