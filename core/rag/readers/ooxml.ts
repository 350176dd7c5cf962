import { parseXml, attribute, elements, type XmlElement } from "./xml.ts";
import type { ZipArchive } from "./zip-archive.ts";

/** A link from one part of an Office package to another. */
export interface Relationship {
  readonly id: string;
  /** The last word of its type: "slide", "hyperlink", "footnotes" … */
  readonly type: string;
  /** The part's name inside the package, or the address when it is external. */
  readonly target: string;
  readonly isExternal: boolean;
}

/** The relationships of a part ("" is the package itself), by id; none when it has no such part. */
export function relationshipsOf(zip: ZipArchive, part: string): Map<string, Relationship> {
  const slash = part.lastIndexOf("/");
  const folder = part.slice(0, slash + 1);
  const bytes = zip.read(`${folder}_rels/${part.slice(slash + 1)}.rels`);
  const found = new Map<string, Relationship>();
  if (!bytes) return found;
  for (const element of elements(elements(parseXml(bytes).root)[0], "Relationship")) {
    const id = attribute(element, "Id");
    const target = attribute(element, "Target");
    if (!id || !target) continue;
    const isExternal = attribute(element, "TargetMode") === "External";
    const type = (attribute(element, "Type") ?? "").split("/").at(-1) ?? "";
    found.set(id, { id, type, target: isExternal ? target : resolvePart(folder, target), isExternal });
  }
  return found;
}

/** The first part of a relationship type, or null. */
export function relatedPart(relationships: ReadonlyMap<string, Relationship>, type: string): string | null {
  return relatedParts(relationships, type)[0] ?? null;
}

export function relatedParts(relationships: ReadonlyMap<string, Relationship>, type: string): string[] {
  const matching = [...relationships.values()].filter(
    (relationship) => relationship.type === type && !relationship.isExternal,
  );
  return matching.map((relationship) => relationship.target);
}

/** A part as XML, or null when the package does not have it. */
export function readPart(zip: ZipArchive, part: string | null): XmlElement | null {
  const bytes = part === null ? null : zip.read(part);
  return bytes ? (elements(parseXml(bytes).root)[0] ?? null) : null;
}

/** The title in the document's properties, or null. */
export function packageTitle(zip: ZipArchive): string | null {
  const core = readPart(zip, relatedPart(relationshipsOf(zip, ""), "core-properties") ?? "docProps/core.xml");
  const title = elements(core ?? undefined, "title")[0];
  const text = title?.children
    .filter((child) => typeof child === "string")
    .join("")
    .trim();
  return text || null;
}

/** True for the values by which Office switches something on ("", "1", "true", "on"). */
export function isOn(element: XmlElement | undefined): boolean {
  if (!element) return false;
  const value = attribute(element, "val");
  return value === undefined || !/^(0|false|off|none)$/i.test(value);
}

function resolvePart(folder: string, target: string): string {
  const parts = target.startsWith("/") ? [] : folder.split("/").filter(Boolean);
  for (const step of target.split("/")) {
    if (step === "..") parts.pop();
    else if (step && step !== ".") parts.push(step);
  }
  return parts.join("/");
}
