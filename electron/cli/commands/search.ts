import { createReadStream, createWriteStream } from "node:fs";
import { createInterface } from "node:readline";
import { finished } from "node:stream/promises";
import { AppError } from "../../../core/contract/errors.ts";
import type { SearchHit, SearchMode, SearchResult } from "../../../core/contract/search.ts";
import { searchDocuments, type RankedDocument } from "../../../core/rag/search-documents.ts";
import type { RunningLibrary } from "../../worker/open-library.ts";
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
  if ((question === undefined) === (options.queries === undefined)) {
    session.output.note("Give either a question or --queries FILE.");
    return 2;
  }
  const running = await openSession(session, { model: options.mode === "words" ? "none" : "needed" });
  try {
    const collections = collectionIds(session, running);
    if (options.queries !== undefined)
      return await searchMany(session, running, collections, options.queries, options);
    const result = await find(
      running,
      { id: "1", text: question ?? "" },
      options.k,
      options,
      collections,
      session.signal,
    );
    for (const notice of result.notices) session.output.note(`(${notice})`);
    for (const hit of result.hits) session.output.result(lineOf(hit), () => wordsOf(hit));
    if (result.hits.length === 0) session.output.note("Nothing was found.");
    return 0;
  } finally {
    await running.close();
  }
}

export interface Query {
  readonly id: string;
  readonly text: string;
}

/** Questions from a file, one JSON object a line: `id` and `text` (BEIR's `_id` and `query` are taken too). */
export async function* readQueries(path: string): AsyncGenerator<Query> {
  const lines = createInterface({
    input: createReadStream(path, "utf8"),
    crlfDelay: Number.POSITIVE_INFINITY,
  });
  let number = 0;
  try {
    for await (const line of lines) {
      number += 1;
      if (line.trim() === "") continue;
      yield toQuery(line, number);
    }
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT")
      throw new AppError("file-missing", { cause: error });
    throw error;
  }
}

function toQuery(line: string, number: number): Query {
  let row: Record<string, unknown> = {};
  try {
    row = JSON.parse(line.replace(/^\uFEFF/u, "")) as Record<string, unknown>;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  const id = row["id"] ?? row["_id"];
  const text = row["text"] ?? row["query"] ?? row["question"];
  if ((typeof id !== "string" && typeof id !== "number") || typeof text !== "string" || text === "") {
    throw new AppError("bad-request", { facts: { line: number } });
  }
  return { id: String(id), text };
}

async function searchMany(
  session: Session,
  running: RunningLibrary,
  collections: number[],
  queries: string,
  options: SearchOptions,
): Promise<number> {
  const file = options.out === undefined ? null : createWriteStream(options.out);
  const write = (line: string): void => {
    if (file) file.write(`${line}\n`);
    else session.output.raw(line);
  };
  let count = 0;
  for await (const query of readQueries(queries)) {
    session.signal.throwIfAborted();
    if (options.format === "trec") {
      const request = { question: query.text, k: options.k, mode: options.mode, collections };
      const found = await searchDocuments(running.library.retriever, request, documentName, session.signal);
      for (const line of trecLines(query.id, found)) write(line);
    } else {
      const { hits } = await find(running, query, options.k, options, collections, session.signal);
      for (const hit of hits) write(JSON.stringify({ query: query.id, ...lineOf(hit) }));
    }
    count += 1;
    session.output.progress(`${count} questions`);
  }
  if (file) {
    file.end();
    await finished(file);
  }
  session.output.note(`${count} questions searched.`);
  return 0;
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
  const { rank, score, key, title, path, place, start, end, text } = hit;
  return { rank, score, document: key ?? path, title, path, ...place, start, end, text };
}

function wordsOf(hit: SearchHit): string {
  const { page, slide, sheet, heading } = hit.place;
  const place = [page && `page ${page}`, slide && `slide ${slide}`, sheet, heading]
    .filter(Boolean)
    .join(", ");
  const name = hit.key === null ? hit.path : `${hit.path}#${hit.key}`;
  return `${hit.rank}. ${name}${place ? ` (${place})` : ""}  ${hit.score.toFixed(3)}\n   ${hit.text.replaceAll(/\s+/gu, " ")}\n`;
}
