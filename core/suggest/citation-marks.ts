/** A citation mark in the text of an answer; offsets are those of all text given so far. */
export interface CitationMark {
  readonly start: number;
  readonly end: number;
  /** Each number once, as written. */
  readonly numbers: readonly number[];
  /** Where the paragraph, or the block of quotation, that holds the mark begins. */
  readonly blockStart: number;
  /** Within a Markdown block of quotation. */
  readonly isQuoted: boolean;
}

/** Finds marks in a growing Markdown text; every character is looked at once. */
export interface MarkScanner {
  /** Marks that this text made certain. */
  push(text: string): CitationMark[];
  /** The last ones, that only the end makes certain. */
  end(): CitationMark[];
}

const CLOSING: ReadonlyMap<string, string> = new Map([
  ["[", "]"],
  ["［", "］"],
  ["【", "】"],
]);
const WITHIN = /[\d\s,，、;；]/u;
const NUMBERS = /^\s*\d{1,3}(?:\s*[,，、;；]\s*\d{1,3})*\s*$/u;
const LONGEST_MARK = 80;
const INDENTED_CODE = 4;
const SHORTEST_FENCE = 3;
const LIST_MARK = /^(?:[-*+]|\d{1,9}[.)])[ \t]$/u;
/** So long are the longest mark of a list item and its blank. */
const LINE_HEAD = 11;

interface Line {
  readonly start: number;
  /** Where the first sign stands that is no blank and no mark of a quotation; -1 before it. */
  content: number;
  indent: number;
  isQuoted: boolean;
  isCode: boolean;
  /** It begins a list item; what follows the mark of the item begins as a line does. */
  isItem: boolean;
  head: string;
  /** Backticks or tildes that the line begins with. */
  lead: { readonly sign: string; length: number } | null;
  opensFence: boolean;
  closesFence: boolean;
}

function startOfLine(start: number): Line {
  return {
    start,
    content: -1,
    indent: 0,
    isQuoted: false,
    isCode: false,
    isItem: false,
    head: "",
    lead: null,
    opensFence: false,
    closesFence: false,
  };
}

function numbersIn(text: string): number[] {
  if (!NUMBERS.test(text)) return [];
  return [...new Set(text.split(/\D+/u).filter(Boolean).map(Number))].filter((number) => number > 0);
}

/**
 * The grammar of citation marks: `[1]`, `[1, 2]`, `[1; 2]`, `［1］`, `【1】`. None is what Markdown takes for
 * something else: in code, behind a backslash, a link, a picture, the definition of a link.
 */
export function makeMarkScanner(): MarkScanner {
  let at = 0;
  let found: CitationMark[] = [];
  let blockStart = 0;
  let line = startOfLine(0);
  /** The line before this one. */
  let before = { isBlank: true, isQuoted: false, isCode: false };
  let isInList = false;
  let fence: { readonly sign: string; readonly length: number; readonly isQuoted: boolean } | null = null;
  /** Backticks that open a code span, and the marks that wait for it to close or not. */
  let span: { readonly length: number; readonly marks: CitationMark[]; hasOthers: boolean } | null = null;
  let ticks = 0;
  let isEscaped = false;
  let open: { readonly start: number; readonly closing: string; text: string } | null = null;
  /** Complete, but the next character can make it a link or a definition. */
  let closed: CitationMark | null = null;

  const settle = (mark: CitationMark): void => void (span ? span.marks : found).push(mark);

  /** Backticks without partners are signs like any other; where there are more of them it is left open which. */
  const endSpan = (): void => {
    if (span && !span.hasOthers) for (const mark of span.marks) found.push(mark);
    span = null;
  };

  const endTicks = (): void => {
    if (ticks === 0) return;
    if (!span) span = { length: ticks, marks: [], hasOthers: false };
    else if (span.length === ticks) span = null;
    else span.hasOthers = true;
    ticks = 0;
  };

  const startContent = (sign: string): void => {
    line.content = at;
    if (fence?.isQuoted && !line.isQuoted) fence = null;
    if (line.isQuoted !== before.isQuoted) {
      endSpan();
      blockStart = line.start;
    }
    const canBeCode = line.isItem || (!isInList && (before.isBlank || before.isCode));
    line.isCode = !fence && canBeCode && line.indent >= INDENTED_CODE;
    if (!line.isCode && (sign === "`" || sign === "~")) line.lead = { sign, length: 0 };
  };

  /** The run of signs that a line began with is over: it opens a fence, may close one, or is inline. */
  const endLead = (): void => {
    if (!line.lead) return;
    const { sign, length } = line.lead;
    line.lead = null;
    if (fence) line.closesFence = sign === fence.sign && length >= fence.length;
    else if (length >= SHORTEST_FENCE) {
      endSpan();
      fence = { sign, length, isQuoted: line.isQuoted };
      line.opensFence = true;
    } else if (sign === "`") ticks = length;
  };

  const inline = (sign: string): void => {
    if (sign !== "`") endTicks();
    if (closed) {
      const isDefinition = sign === ":" && closed.start === line.content;
      if (sign !== "(" && !isDefinition) settle(closed);
      closed = null;
    }
    // Within a code span a backslash is a sign of its own.
    const isLiteral = isEscaped && !(sign === "`" && span);
    isEscaped = false;
    if (isLiteral) open = null;
    else if (open && sign === open.closing) {
      const numbers = numbersIn(open.text);
      const mark = { start: open.start, end: at + 1, numbers, blockStart, isQuoted: line.isQuoted };
      open = null;
      if (numbers.length === 0) return;
      if (sign === "]") closed = mark;
      else settle(mark);
    } else if (open && WITHIN.test(sign) && open.text.length < LONGEST_MARK) open.text += sign;
    else {
      const closing = CLOSING.get(sign);
      open = closing === undefined ? null : { start: at, closing, text: "" };
      if (sign === "\\") isEscaped = true;
      else if (sign === "`") ticks += 1;
    }
  };

  const read = (sign: string): void => {
    if (line.content < 0) {
      if (sign === " " || sign === "\t") line.indent += sign === "\t" ? INDENTED_CODE : 1;
      else if (sign === ">" && line.indent < INDENTED_CODE) {
        line.isQuoted = true;
        line.indent = 0;
      } else startContent(sign);
      if (line.content < 0) return;
    }
    if (line.head.length < LINE_HEAD && !fence && !line.isCode) {
      line.head += sign;
      if (LIST_MARK.test(line.head)) {
        line.isItem = true;
        line.content = -1;
        line.indent = 0;
        line.head = "";
        return;
      }
    }
    if (line.lead) {
      if (sign === line.lead.sign) {
        line.lead.length += 1;
        return;
      }
      endLead();
    }
    // A line of "```a```" is a code span; the words behind the sign of a fence hold no backtick.
    if (line.opensFence && sign === "`" && fence?.sign === "`") fence = null;
    if (sign !== " " && sign !== "\t") line.closesFence = false;
    if (!fence && !line.isCode) inline(sign);
  };

  const endLine = (): void => {
    endLead();
    endTicks();
    if (closed) settle(closed);
    closed = null;
    open = null;
    isEscaped = false;
    if (line.closesFence) fence = null;
    const isBlank = line.content < 0 && !line.isItem;
    if (isBlank && !fence) {
      endSpan();
      if (!line.isQuoted) blockStart = at + 1;
    } else if (line.isItem) isInList = true;
    else if (before.isBlank && line.indent < 2 && !fence) isInList = false;
    before = { isBlank, isQuoted: line.isQuoted, isCode: line.isCode || (isBlank && before.isCode) };
    line = startOfLine(at + 1);
  };

  const take = (): CitationMark[] => {
    const marks = found;
    found = [];
    return marks;
  };
  return {
    push: (text) => {
      for (let index = 0; index < text.length; index += 1) {
        const sign = text.charAt(index);
        if (sign === "\n") endLine();
        else read(sign);
        at += 1;
      }
      return take();
    },
    end: () => {
      endLine();
      endSpan();
      return take();
    },
  };
}
