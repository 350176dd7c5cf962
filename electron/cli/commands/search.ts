import { open } from "node:fs/promises";
import type { SearchCopy, SearchHit, SearchMode, SearchResult } from "../../../core/contract/search.ts";
import { searchDocuments, type RankedDocument } from "../../../core/rag/search/search-documents.ts";
import type { RunningLibrary } from "../../../core/compose/open-library.ts";
import { noticeOf } from "../messages.ts";
import { toFileError } from "../file-error.ts";
import { readQueries, type Query } from "../question-file.ts";
import { collectionIds, openSession, type Session } from "../session.ts";

interface SearchOptions {
  readonly k: number;
  readonly mode: SearchMode;
  readonly queries?: string;
  readonly format: "jsonl" | "trec";
  readonly out?: string;
}

/** `qwill search QUESTION`, or `--queries FILE` for many. */
export async function searchCommand(
  session: Session,
  args: string[],
  options: SearchOptions,
): Promise<number> {
  const [question] = args;
  const isBlank = question !== undefined && question.trim() === "";
  if (isBlank || (question === undefined) === (options.queries === undefined)) {
    session.output.note("Give either a question or --queries FILE.");
    return 2;
  }
  const queries = options.queries === undefined ? null : await readQueries(options.queries);
  const running = await openSession(session, { model: options.mode === "words" ? "none" : "needed" });
  try {
    const collections = collectionIds(session, running);
    if (queries !== null) return await searchMany(session, running, collections, queries, options);
    const result = await find(
      running,
      { id: "1", text: question ?? "" },
      options.k,
      options,
      collections,
      session.signal,
    );
    for (const notice of result.notices) session.output.note(noticeOf(notice));
    for (const hit of result.hits) session.output.result(lineOf(hit), () => wordsOf(hit));
    if (result.hits.length === 0) session.output.note("Nothing was found.");
    return 0;
  } finally {
    await running.close();
  }
}

async function searchMany(
  session: Session,
  running: RunningLibrary,
  collections: number[],
  queries: readonly Query[],
  options: SearchOptions,
): Promise<number> {
  const write = await openOut(session, options.out);
  try {
    for (const [done, query] of queries.entries()) {
      session.signal.throwIfAborted();
      await write.lines(await linesOf(session, running, collections, query, options));
      session.output.progress(`${done + 1} questions`);
    }
  } finally {
    await write.close();
  }
  session.output.note(`${queries.length} questions searched.`);
  return 0;
}

/** Where the lines go: the named file, else standard output. */
async function openOut(
  session: Session,
  path: string | undefined,
): Promise<{ lines(lines: readonly string[]): Promise<void>; close(): Promise<void> }> {
  if (path === undefined) {
    return {
      lines: async (lines) => lines.forEach((line) => session.output.raw(line)),
      close: async () => undefined,
    };
  }
  const refuse = (error: unknown): never => {
    throw toFileError(path, error);
  };
  const file = await open(path, "w").catch(refuse);
  return {
    lines: async (lines) => {
      await file.write(lines.map((line) => `${line}\n`).join("")).catch(refuse);
    },
    close: () => file.close(),
  };
}

async function linesOf(
  session: Session,
  running: RunningLibrary,
  collections: number[],
  query: Query,
  options: SearchOptions,
): Promise<string[]> {
  if (options.format === "jsonl") {
    const { hits } = await find(running, query, options.k, options, collections, session.signal);
    return hits.map((hit) => JSON.stringify({ query: query.id, ...lineOf(hit) }));
  }
  const request = { question: query.text, k: options.k, mode: options.mode, collections };
  const found = await searchDocuments(running.library.retriever, request, documentName, session.signal);
  return trecLines(query.id, found);
}

async function find(
  running: RunningLibrary,
  query: Query,
  k: number,
  options: SearchOptions,
  collections: number[],
  signal: AbortSignal,
): Promise<SearchResult> {
  return running.library.retriever.search(
    { question: query.text, k, mode: options.mode, collections },
    signal,
  );
}

/** A document's name in runs: a data set's own id, else its path; blanks would part the columns. */
export function documentName(hit: Pick<SearchHit, "key" | "path">): string {
  return withoutBlanks(hit.key ?? hit.path);
}

const withoutBlanks = (name: string): string => name.replaceAll(/\s/gu, (blank) => encodeURIComponent(blank));

/** `query-id Q0 document-id rank score qwill`, a line per document. */
export function trecLines(queryId: string, found: readonly RankedDocument[]): string[] {
  return found.map(
    ({ name, score }, at) => `${withoutBlanks(queryId)} Q0 ${name} ${at + 1} ${score.toFixed(6)} qwill`,
  );
}

function lineOf(hit: SearchHit): object {
  const { rank, score, key, title, path, place, start, end, text, copies } = hit;
  const others = copies.map((copy) => ({
    document: copy.key ?? copy.path,
    title: copy.title,
    path: copy.path,
    ...copy.place,
    start: copy.start,
    end: copy.end,
  }));
  return { rank, score, document: key ?? path, title, path, ...place, start, end, text, copies: others };
}

/** Copies named on the screen; `--json` names all. */
const COPIES_NAMED = 10;

/** A hit as it is printed: its place, its text, and where the same text stands too. */
function wordsOf(hit: SearchHit): string {
  const copies = hit.copies.slice(0, COPIES_NAMED).map((copy) => `     ${nameOf(copy)}\n`);
  const more = hit.copies.length - copies.length;
  return [
    `${hit.rank}. ${nameOf(hit)}  ${hit.score.toFixed(3)}\n   ${hit.text.replaceAll(/\s+/gu, " ")}\n`,
    ...(hit.copies.length > 0 ? [`   and ${hit.copies.length} like it:\n`] : []),
    ...copies,
    ...(more > 0 ? [`     … ${more} more, which --json names\n`] : []),
  ].join("");
}

function nameOf(hit: SearchCopy): string {
  const { page, slide, sheet, heading } = hit.place;
  const place = [page && `page ${page}`, slide && `slide ${slide}`, sheet, heading]
    .filter(Boolean)
    .join(", ");
  const name = hit.key === null ? hit.path : `${hit.path}#${hit.key}`;
  return `${name}${place ? ` (${place})` : ""}`;
}
