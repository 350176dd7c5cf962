import { SaxesParser } from "saxes";
import { AppError } from "../../contract/errors.ts";
import { decodeKnown } from "./decode-text.ts";
import { limitExceeded, readerLimits } from "./limits.ts";

/** An element with names stripped of their prefix; attributes keep theirs ("r:id"). */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: (XmlElement | string)[];
}

/** What was read, and whether the XML broke off before its end. */
export interface ParsedXml {
  readonly root: XmlElement;
  readonly isBroken: boolean;
}

/** Hands over each child of `parent` (local name) when it closes, and forgets it: for long parts. */
export interface XmlStream {
  readonly parent: string;
  onChild(child: XmlElement): void;
}

const chunkLength = 64 * 1024;

/**
 * Parses XML without entities of its own (those it declares stay unexpanded and end the parse), to a
 * bounded depth. Broken XML gives what stood before the break and `isBroken`.
 */
export function parseXml(bytes: Uint8Array, stream?: XmlStream): ParsedXml {
  const parser = new SaxesParser({ xmlns: false, position: false });
  const root: XmlElement = { name: "", attributes: {}, children: [] };
  const open: XmlElement[] = [root];
  let isBroken = false;

  parser.on("opentag", (tag) => {
    if (open.length > readerLimits.xmlDepth) throw limitExceeded("xml-depth");
    const element: XmlElement = { name: localName(tag.name), attributes: tag.attributes, children: [] };
    open.at(-1)?.children.push(element);
    open.push(element);
  });
  parser.on("closetag", () => {
    const element = open.pop();
    const parent = open.at(-1);
    if (!element || !parent || parent.name !== stream?.parent) return;
    parent.children.pop();
    stream.onChild(element);
  });
  const addText = (text: string): void => {
    const element = open.at(-1);
    if (!element || element === root || element.name === stream?.parent) return;
    element.children.push(text);
  };
  parser.on("text", addText);
  parser.on("cdata", addText);
  parser.on("error", (error) => {
    throw error;
  });

  try {
    for (const chunk of textChunks(bytes)) parser.write(chunk);
    parser.close();
  } catch (error) {
    if (error instanceof AppError) throw error;
    isBroken = true;
    closeOpen(open, stream);
  }
  return { root, isBroken };
}

/** The paragraph under way when the XML broke is text too. */
function closeOpen(open: XmlElement[], stream: XmlStream | undefined): void {
  if (!stream) return;
  const index = open.findIndex((element) => element.name === stream.parent);
  const child = index < 0 ? undefined : open[index + 1];
  if (child) stream.onChild(child);
}

function* textChunks(bytes: Uint8Array): Generator<string> {
  const encoding = xmlEncoding(bytes);
  if (encoding !== "utf-8") {
    yield decodeKnown(bytes, encoding).replace(/^\ufeff/, "");
    return;
  }
  const decoder = new TextDecoder("utf-8");
  for (let at = 0; at < bytes.length; at += chunkLength) {
    yield decoder.decode(bytes.subarray(at, at + chunkLength), { stream: true });
  }
  yield decoder.decode();
}

function xmlEncoding(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return "utf-16le";
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return "utf-16be";
  const head = Buffer.from(bytes.subarray(0, 200)).toString("latin1");
  return /^[^>]*encoding\s*=\s*["']([\w.:-]+)["']/.exec(head)?.[1]?.toLowerCase() ?? "utf-8";
}

function localName(name: string): string {
  return name.slice(name.indexOf(":") + 1);
}

/** The attribute with this local name, whatever its prefix; an exact name (with prefix) wins. */
export function attribute(element: XmlElement, name: string): string | undefined {
  const exact = element.attributes[name];
  if (exact !== undefined) return exact;
  for (const key in element.attributes) if (key.endsWith(`:${name}`)) return element.attributes[key];
  return undefined;
}

/** The child elements, or those with a name. */
export function elements(element: XmlElement | undefined, name?: string): XmlElement[] {
  const found: XmlElement[] = [];
  for (const child of element?.children ?? []) {
    if (typeof child !== "string" && (name === undefined || child.name === name)) found.push(child);
  }
  return found;
}

/** The first child element along a path of names, or undefined. */
export function descend(element: XmlElement | undefined, ...path: string[]): XmlElement | undefined {
  let at = element;
  for (const name of path) at = elements(at, name)[0];
  return at;
}

/** Every element below with one of these names, outermost first; it does not look inside a match. */
export function findAll(element: XmlElement, names: ReadonlySet<string>): XmlElement[] {
  const found: XmlElement[] = [];
  for (const child of elements(element)) {
    if (names.has(child.name)) found.push(child);
    else for (const one of findAll(child, names)) found.push(one);
  }
  return found;
}

/** All character data below, in order. */
export function textOf(element: XmlElement | undefined): string {
  let text = "";
  for (const child of element?.children ?? []) text += typeof child === "string" ? child : textOf(child);
  return text;
}
