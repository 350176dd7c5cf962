import iconv from "iconv-lite";
import { AppError } from "../../contract/errors.ts";
import { makeDocumentBuilder } from "./document-builder.ts";
import { limitExceeded, readerLimits, throwIfCancelled } from "./limits.ts";
import type { FormatReader } from "./reader.ts";
import { encodingOfCharset, encodingOfCodePage } from "./rtf-charsets.ts";
import { rtfTokens, type RtfToken } from "./rtf-tokens.ts";
import { makeRtfParagraphs } from "./rtf-paragraphs.ts";

type Destination = "text" | "skip" | "fonts" | "styles" | "title";

interface Group {
  destination: Destination;
  encoding: string | null;
  isHidden: boolean;
  /** How many fallback characters follow each Unicode sign. */
  fallback: number;
  /** An aside (footnote, header, text box) ends with its group. */
  isAside: boolean;
}

const skippedWords = new Set([
  "colortbl",
  "pict",
  "objdata",
  "objclass",
  "objname",
  "themedata",
  "datastore",
  "listtable",
  "listoverridetable",
  "rsidtbl",
  "generator",
  "xmlnstbl",
  "latentstyles",
  "fldinst",
  "datafield",
  "info",
  "filetbl",
  "revtbl",
  "nonshppict",
  "sp",
  "atnid",
  "atnauthor",
  "atndate",
  "atnref",
  "bkmkstart",
  "bkmkend",
  "colorschememapping",
  "wgrffmtfilter",
  "ud",
  "listpicture",
  "mmathPr",
  "docvar",
  "template",
  "falt",
  "panose",
  "ftnsep",
  "ftnsepc",
  "aftnsep",
  "aftnsepc",
]);
const asideWords = new Set([
  "header",
  "headerl",
  "headerr",
  "headerf",
  "footer",
  "footerl",
  "footerr",
  "footerf",
  "footnote",
  "annotation",
  "shptxt",
]);
const knownStarred = new Set(["shpinst", "shppict", "annotation", "shptxt", "objresult"]);
const signs: ReadonlyMap<string, string> = new Map([
  ["emdash", "—"],
  ["endash", "–"],
  ["lquote", "‘"],
  ["rquote", "’"],
  ["ldblquote", "“"],
  ["rdblquote", "”"],
  ["bullet", "•"],
  ["emspace", " "],
  ["enspace", " "],
  ["qmspace", " "],
  ["line", "\n"],
  ["tab", "\t"],
  ["lbr", "\n"],
]);

/** Rich text: paragraphs, tables, lists, notes; every code page by its font. */
export const rtfReader: FormatReader = {
  format: "rtf",
  async read(bytes, _name, signal) {
    const source = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("latin1");
    const builder = makeDocumentBuilder();
    const out = makeRtfParagraphs(builder);
    const fonts = new Map<number, string | null>();
    const styles = new Map<number, number>();
    const groups: Group[] = [];
    let group: Group = { destination: "text", encoding: null, isHidden: false, fallback: 1, isAside: false };
    let documentEncoding = "cp1252";
    let defaultFont = 0;
    let font = 0;
    let style = 0;
    let name = "";
    let title = "";
    let held = "";
    let toSkip = 0;
    let isStarred = false;
    let hasHidden = false;
    let count = 0;

    const release = (): void => {
      if (!held) return;
      const encoding = group.encoding ?? documentEncoding;
      const text = encoding === "symbol" ? symbols(held) : decode(held, encoding);
      held = "";
      put(text);
    };
    const put = (text: string): void => {
      if (group.destination === "text") {
        if (!group.isHidden) out.text(text);
        else if (text.trim()) hasHidden = true;
      } else if (group.destination === "title") title += text;
      else if (group.destination === "styles" || group.destination === "fonts") name += text;
    };

    const onWord = (word: string, value: number | null): void => {
      const starred = isStarred;
      isStarred = false;
      if (word === "u" && value !== null) {
        release();
        put(String.fromCharCode(value & 0xffff));
        toSkip = group.fallback;
        return;
      }
      release();
      if (word === "uc") group.fallback = Math.max(0, value ?? 1);
      else if (group.destination === "fonts") fontWord(word, value);
      else if (group.destination === "styles") styleWord(word, value);
      else if (word === "title" && group.destination === "skip") group.destination = "title";
      else if (group.destination === "skip" || group.destination === "title") return;
      else if (word === "fonttbl") group.destination = "fonts";
      else if (word === "stylesheet") group.destination = "styles";
      else if (skippedWords.has(word) || (starred && !knownStarred.has(word))) group.destination = "skip";
      else if (word === "listtext" || word === "pntext") out.markItem();
      else if (asideWords.has(word)) {
        group.isAside = true;
        out.openAside();
      } else textWord(word, value);
    };
    const fontWord = (word: string, value: number | null): void => {
      if (word === "f") font = value ?? 0;
      else if (word === "fcharset") fonts.set(font, encodingOfCharset(value ?? 0));
      else if (word === "cpg" && value) fonts.set(font, encodingOfCodePage(value));
    };
    const styleWord = (word: string, value: number | null): void => {
      if (word === "s") style = value ?? 0;
      else if (word === "outlinelevel" && value !== null && value < 9) styles.set(style, value + 1);
    };
    const textWord = (word: string, value: number | null): void => {
      if (word === "ansicpg" && value) documentEncoding = encodingOfCodePage(value);
      else if (word === "mac") documentEncoding = "macroman";
      else if (word === "pc" || word === "pca") documentEncoding = word === "pc" ? "cp437" : "cp850";
      else if (word === "deff") defaultFont = value ?? 0;
      else if (word === "f") group.encoding = fonts.get(value ?? 0) ?? null;
      else if (word === "plain") {
        group.isHidden = false;
        group.encoding = fonts.get(defaultFont) ?? null;
      } else if (word === "v" || word === "deleted") group.isHidden = value !== 0;
      else if (word === "s") out.setHeading(styles.get(value ?? 0) ?? null);
      else if (word === "outlinelevel") out.setHeading(value !== null && value < 9 ? value + 1 : null);
      else {
        const sign = signs.get(word);
        if (sign === undefined) out.word(word);
        else put(sign);
      }
    };

    const onToken = (token: RtfToken): void => {
      if (toSkip > 0 && token.kind !== "open" && token.kind !== "close") {
        const length = token.kind === "text" ? token.bytes.length : 1;
        const skipped = Math.min(length, toSkip);
        toSkip -= skipped;
        if (token.kind === "text" && skipped < length) held += token.bytes.slice(skipped);
        if (token.kind !== "word") return;
        // A word is no fallback character in practice where it carries layout.
        onWord(token.name, token.value);
        return;
      }
      switch (token.kind) {
        case "open":
          release();
          toSkip = 0;
          if (groups.length >= readerLimits.rtfDepth) throw limitExceeded("rtf-depth");
          groups.push(group);
          group = { ...group, isAside: false };
          isStarred = false;
          return;
        case "close": {
          release();
          toSkip = 0;
          if (group.destination === "styles" && name) {
            const level = /^\s*(?:heading|überschrift|titre|标题) ([1-9])/i.exec(name)?.[1];
            if (level) styles.set(style, Number(level));
          }
          name = "";
          if (group.isAside) out.closeAside();
          group = groups.pop() ?? group;
          return;
        }
        case "symbol":
          if (token.sign === "*") isStarred = true;
          else {
            release();
            if (token.sign === "~") put(" ");
            else if (token.sign === "_") put("-");
            else if ("\\{}".includes(token.sign)) put(token.sign);
            else if (token.sign === "\n" || token.sign === "\r") out.word("par");
          }
          return;
        case "text":
          isStarred = false;
          if (group.destination !== "skip") held += token.bytes;
          return;
        case "word":
          onWord(token.name, token.value);
      }
    };

    for (const token of rtfTokens(source)) {
      if (++count % 100_000 === 0) throwIfCancelled(signal);
      onToken(token);
    }
    release();
    out.end();
    if (builder.isEmpty()) throw new AppError("file-empty");
    const warnings = [...(hasHidden ? ["hidden-text"] : []), ...(groups.length > 0 ? ["damaged-part"] : [])];
    return { format: "rtf", documents: [builder.finish({ title })], warnings };
  },
};

function decode(bytes: string, encoding: string): string {
  const known = iconv.encodingExists(encoding) ? encoding : "cp1252";
  return iconv.decode(Buffer.from(bytes, "latin1"), known);
}

function symbols(bytes: string): string {
  return bytes.replace(/[\x80-\xff]/g, (sign) => (sign === "\xb7" || sign === "\xa7" ? "•" : " "));
}
