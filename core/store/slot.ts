import { createHash } from "node:crypto";
import { z } from "zod";
import { seal, slotKinds, unseal, type KeyWrapper } from "./key-wrapper.ts";

const slotSchema = z.strictObject({
  format: z.literal("qwill-slot"),
  version: z.literal(1),
  vaultId: z.string().regex(/^[0-9a-f]{32}$/u),
  kind: z.enum(slotKinds),
  /** Goes up with each opening: tells a database that was put back from an older copy. */
  generation: z.number().int().nonnegative(),
  /** A random key, encrypted by the wrapper, base64. */
  wrapped: z.string(),
  /** The database key, encrypted with that random key and bound to the lines above, base64. */
  sealed: z.string(),
  checksum: z.string(),
});

/** One way into a library, as it lies on the disk. */
export type Slot = z.infer<typeof slotSchema>;

function boundOf(slot: Pick<Slot, "version" | "vaultId" | "kind" | "generation">): string {
  return `qwill-slot\n${slot.version}\n${slot.vaultId}\n${slot.kind}\n${slot.generation}`;
}

function checksumOf(slot: Omit<Slot, "checksum">): string {
  return createHash("sha256")
    .update(`${boundOf(slot)}\n${slot.wrapped}\n${slot.sealed}`)
    .digest("hex")
    .slice(0, 16);
}

/** What every version of the format begins with; the rest of a newer one is not ours to judge. */
const headSchema = z.looseObject({ format: z.literal("qwill-slot"), version: z.number().int() });

/** The slot in this text; or why there is none: `newer` was written by a newer Qwill, `damaged` fails its checksum. */
export function parseSlot(text: string): Slot | "newer" | "damaged" {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return "damaged";
    throw error;
  }
  const slot = wholeSlot(value);
  if (slot !== null) return slot;
  const head = headSchema.safeParse(value);
  // A slot of ours whose version alone was hit is damaged: its checksum still fits the version it had.
  const isNewer = head.success && head.data.version > 1 && wholeSlot({ ...head.data, version: 1 }) === null;
  return isNewer ? "newer" : "damaged";
}

function wholeSlot(value: unknown): Slot | null {
  const parsed = slotSchema.safeParse(value);
  return parsed.success && parsed.data.checksum === checksumOf(parsed.data) ? parsed.data : null;
}

/** A slot for this key. With `from.slot` its wrapped part is used again, so no keyring is asked. */
export async function makeSlot(
  key: Uint8Array,
  head: { vaultId: string; generation: number },
  wrapper: KeyWrapper,
  from: { slot?: Slot; inner: Uint8Array },
): Promise<Slot> {
  const { inner } = from;
  const wrapped = from.slot?.wrapped ?? Buffer.from(await wrapper.wrap(inner)).toString("base64");
  const fields = { format: "qwill-slot", version: 1, ...head, kind: wrapper.kind } as const;
  const sealed = Buffer.from(seal(inner, key, boundOf(fields))).toString("base64");
  const slot = { ...fields, wrapped, sealed };
  return { ...slot, checksum: checksumOf(slot) };
}

/** The keys in a slot; null where its parts do not belong together. Rejects as the wrapper does. */
export async function openSlot(
  slot: Slot,
  wrapper: KeyWrapper,
): Promise<{ key: Uint8Array; inner: Uint8Array } | null> {
  const inner = await wrapper.unwrap(Buffer.from(slot.wrapped, "base64"));
  if (inner.length !== 32) return null;
  const key = unseal(inner, Buffer.from(slot.sealed, "base64"), boundOf(slot));
  return key?.length === 32 ? { key, inner } : null;
}
