import { AppError } from "../../contract/errors.ts";
import { decodeText } from "./decode-text.ts";
import { makeDocumentBuilder } from "./document-builder.ts";
import { addHtml } from "./html-text.ts";
import { damaged, throwIfCancelled } from "./limits.ts";
import { readPart } from "./ooxml.ts";
import type { FormatReader } from "./reader.ts";
import { attribute, elements, findAll, textOf, type XmlElement } from "./xml.ts";
import { openZip, type ZipArchive } from "./zip-archive.ts";

/** EPUB: the chapters of the spine in their order; each chapter's headings are its places. */
export const epubReader: FormatReader = {
  format: "epub",
  async read(bytes, _name, signal) {
    const zip = openZip(bytes);
    if (isLocked(zip)) throw new AppError("file-encrypted");
    const packagePart = packagePartOf(zip);
    const root = readPart(zip, packagePart);
    if (!root) throw damaged("package");
    const chapters = spineOf(root, packagePart);
    const builder = makeDocumentBuilder();
    let missing = 0;
    let hasHidden = false;
    for (const chapter of chapters) {
      throwIfCancelled(signal);
      const content = zip.read(chapter);
      if (!content) {
        missing++;
        continue;
      }
      builder.setHeadings([]);
      hasHidden = addHtml(builder, selfClosed(decodeText(content).text)).hasHidden || hasHidden;
    }
    if (builder.isEmpty())
      throw missing > 0 || chapters.length === 0 ? damaged("spine") : new AppError("file-empty");
    const title = textOf(findAll(root, new Set(["title"]))[0]);
    const warnings = [...(missing > 0 ? ["damaged-part"] : []), ...(hasHidden ? ["hidden-text"] : [])];
    return { format: "epub", documents: [builder.finish({ title })], warnings };
  },
};

function packagePartOf(zip: ZipArchive): string {
  const container = readPart(zip, "META-INF/container.xml");
  const file = container && findAll(container, new Set(["rootfile"]))[0];
  const path = file && attribute(file, "full-path");
  const found = path ?? zip.names.find((name) => name.endsWith(".opf"));
  if (!found || !zip.has(found)) throw damaged("package");
  return found;
}

function spineOf(root: XmlElement, packagePart: string): string[] {
  const folder = packagePart.slice(0, packagePart.lastIndexOf("/") + 1);
  const paths = new Map<string, string>();
  for (const item of elements(elements(root, "manifest")[0], "item")) {
    const type = attribute(item, "media-type") ?? "";
    const href = attribute(item, "href")?.split("#")[0];
    const id = attribute(item, "id");
    if (id && href && /html|xml/.test(type)) paths.set(id, join(folder, href));
  }
  const spine = elements(elements(root, "spine")[0], "itemref").map((item) =>
    paths.get(attribute(item, "idref") ?? ""),
  );
  return spine.filter((path) => path !== undefined);
}

function join(folder: string, href: string): string {
  const parts: string[] = [];
  for (const step of `${folder}${decoded(href)}`.split("/")) {
    if (step === "..") parts.pop();
    else if (step && step !== ".") parts.push(step);
  }
  return parts.join("/");
}

function decoded(href: string): string {
  return /%(?![0-9a-f]{2})/i.test(href) ? href : new TextDecoder().decode(percentBytes(href));
}

function percentBytes(href: string): Uint8Array {
  const bytes = new TextEncoder().encode(href);
  const out: number[] = [];
  for (let index = 0; index < bytes.length; index++) {
    const byte = bytes[index] ?? 0;
    if (byte !== 0x25) out.push(byte);
    else {
      out.push(Number.parseInt(String.fromCharCode(bytes[index + 1] ?? 0, bytes[index + 2] ?? 0), 16));
      index += 2;
    }
  }
  return Uint8Array.from(out);
}

/** XHTML may close any element in its own tag, which read as HTML would stay open to the end. */
function selfClosed(xhtml: string): string {
  return xhtml.replace(
    /<(title|script|style|textarea|iframe|div|p|span|a|td|th|li)(\s[^<>]*)?\/>/gi,
    "<$1$2></$1>",
  );
}

/** Fonts may be scrambled without locking the text; anything else encrypted is a rights lock. */
function isLocked(zip: ZipArchive): boolean {
  const root = readPart(zip, "META-INF/encryption.xml");
  if (!root) return false;
  return findAll(root, new Set(["CipherReference"])).some(
    (reference) => !/\.(otf|ttf|woff2?|ttc)$/i.test(attribute(reference, "URI") ?? ""),
  );
}
