import type {
  Collection,
  DocumentHead,
  IndexProgress,
  LibraryFile,
  Passage,
  WatchedFolder,
} from "../../core/contract/documents.ts";
import { AppError, type ErrorCode } from "../../core/contract/errors.ts";
import type { RouteInput } from "../../core/contract/routes.ts";
import type { SearchHit, SearchMode } from "../../core/contract/search.ts";
import { fakeDocuments, type FakeDocument } from "./fake-documents.ts";

const separator = "\n\n";
const started = Date.UTC(2025, 10, 20, 9, 30);
const day = 86_400_000;

/** Passages a second at which the fake gives vectors. */
const rate = 18;

const failures: readonly { name: string; code: ErrorCode }[] = [
  { name: "Old contract (scan).pdf", code: "file-is-picture" },
  { name: "Payroll 2023.xlsx", code: "file-encrypted" },
  { name: "notes-backup.docx", code: "file-damaged" },
];

/** An in-memory library that behaves like the real one: files wait, are read, get vectors, or fail. */
export class FakeLibrary {
  collections: Collection[] = [];
  files: LibraryFile[] = [];
  folders: WatchedFolder[] = [];
  documents: DocumentHead[] = [];
  passages: Passage[] = [];
  paused = false;
  private ids = 0;

  nextId(): number {
    this.ids += 1;
    return this.ids;
  }

  addCollection(name: string): Collection {
    const collection: Collection = {
      id: this.nextId(),
      name,
      reach: "device",
      files: 0,
      documents: 0,
      passages: 0,
    };
    this.collections.push(collection);
    return collection;
  }

  /** Adds a file; `state` "ready" fills it at once, "waiting" leaves it for `work`. */
  addFile(collectionId: number, document: FakeDocument, state: "waiting" | "ready"): LibraryFile {
    const file: LibraryFile = {
      id: this.nextId(),
      collectionId,
      path: `/home/mara/Documents/${document.name}`,
      name: document.name,
      format: document.format,
      bytes: 18_000 + ((this.ids * 7_919) % 2_400_000),
      modifiedAt: started - ((this.ids * 31) % 700) * day,
      indexedAt: null,
      state: "waiting",
      documents: 0,
      documentId: null,
      title: null,
      passages: 0,
      embedded: 0,
      failure: null,
      warnings: [],
    };
    this.files.push(file);
    if (state === "ready") {
      this.read(file, document);
      this.giveVectors(file, Infinity);
    }
    return file;
  }

  addFailed(collectionId: number): void {
    for (const { name, code } of failures) {
      const file = this.addFile(collectionId, { name, title: name, format: "pdf", sections: [] }, "waiting");
      file.state = "failed";
      file.failure = { code };
    }
  }

  /** Reads, then embeds, one step of the line of waiting files; the file it worked on, null when there is none. */
  work(): LibraryFile | null {
    if (this.paused) return null;
    const waiting = this.files.find(({ state }) => state === "waiting");
    if (waiting) {
      this.read(waiting, documentNamed(waiting.name));
      return waiting;
    }
    const words = this.files.find(({ state }) => state === "words");
    if (words) this.giveVectors(words, 1);
    return words ?? null;
  }

  private read(file: LibraryFile, document: FakeDocument): void {
    const id = this.nextId();
    let at = 0;
    document.sections.forEach((section, ordinal) => {
      const end = at + section.text.length;
      this.passages.push({
        id: this.nextId(),
        documentId: id,
        ordinal,
        start: at,
        end,
        place: section.place,
        text: section.text,
        hasVector: false,
      });
      at = end + separator.length;
    });
    this.documents.push({
      id,
      fileId: file.id,
      collectionId: file.collectionId,
      key: null,
      title: document.title,
      path: file.path,
      format: file.format,
      characters: at,
      passages: document.sections.length,
      pages: document.format === "pdf" ? 6 : null,
    });
    Object.assign(file, {
      state: "words",
      documents: 1,
      documentId: id,
      title: document.title,
      passages: document.sections.length,
      indexedAt: Date.now(),
    });
    this.count(file.collectionId);
  }

  private giveVectors(file: LibraryFile, limit: number): void {
    const missing = this.passages.filter(
      ({ documentId, hasVector }) => documentId === file.documentId && !hasVector,
    );
    for (const passage of missing.slice(0, limit)) passage.hasVector = true;
    file.embedded = Math.min(file.passages, file.embedded + limit);
    if (file.embedded === file.passages) file.state = "ready";
  }

  private count(collectionId: number): void {
    const collection = this.collections.find(({ id }) => id === collectionId);
    if (!collection) return;
    const files = this.files.filter((file) => file.collectionId === collectionId);
    collection.files = files.length;
    collection.documents = files.reduce((sum, file) => sum + file.documents, 0);
    collection.passages = files.reduce((sum, file) => sum + file.passages, 0);
  }

  retry(which: RouteInput<"library.retry">): void {
    for (const file of this.files) {
      const isMeant =
        "fileIds" in which
          ? which.fileIds.includes(file.id)
          : file.state === which.state && (which.collectionId ?? file.collectionId) === file.collectionId;
      if (isMeant) Object.assign(file, { state: "waiting", failure: null });
    }
  }

  /** What waits and holds nothing is left out. */
  cancel(): void {
    for (const file of this.files) if (file.state === "waiting") file.state = "left-out";
  }

  removeFiles(fileIds: readonly number[]): void {
    const gone = new Set(fileIds);
    const documents = new Set(this.documents.filter(({ fileId }) => gone.has(fileId)).map(({ id }) => id));
    this.files = this.files.filter(({ id }) => !gone.has(id));
    this.documents = this.documents.filter(({ id }) => !documents.has(id));
    this.passages = this.passages.filter(({ documentId }) => !documents.has(documentId));
    for (const { id } of this.collections) this.count(id);
  }

  progress(): IndexProgress {
    const total = this.files.length;
    const count = (state: LibraryFile["state"]) => this.files.filter((file) => file.state === state).length;
    const open = count("waiting") + count("words");
    const embedded = this.files.reduce((sum, file) => sum + file.embedded, 0);
    const passages = Math.max(embedded, this.passages.length);
    let state: IndexProgress["state"] = open === 0 ? "idle" : "running";
    if (open > 0 && this.paused) state = "paused";
    const left = passages - embedded + count("waiting") * 3;
    return {
      state,
      files: { total, read: total - count("waiting"), ready: count("ready"), failed: count("failed") },
      passages: { total: passages + count("waiting") * 3, embedded },
      current: this.files.find((file) => file.state === "waiting" || file.state === "words")?.name ?? null,
      passagesPerSecond: state === "running" ? rate : null,
      secondsLeft: state === "running" ? Math.ceil(left / rate) : null,
    };
  }

  document(id: number): DocumentHead {
    const found = this.documents.find((document) => document.id === id);
    if (!found) throw new AppError("not-found");
    return found;
  }

  search(question: string, collections: readonly number[], k: number, mode: SearchMode): SearchHit[] {
    const words = toWords(question);
    const scored = this.passages
      .filter((passage) => mode !== "vectors" || passage.hasVector)
      .map((passage) => ({
        passage,
        matches: findWords(passage.text, words),
        document: this.document(passage.documentId),
      }))
      .filter(({ document }) => collections.length === 0 || collections.includes(document.collectionId))
      .map((row) => ({
        ...row,
        score: new Set(row.matches.map(({ word }) => word)).size / (words.length || 1),
      }))
      .filter(({ score }) => score > 0.15)
      .sort((one, other) => other.score - one.score)
      .slice(0, k);
    return scored.map(({ passage, matches, document, score }, index) => ({
      rank: index + 1,
      score: Math.min(1, score * 0.9 + 0.08),
      vectorScore: mode === "words" ? null : Math.min(1, score * 0.8 + 0.12),
      wordScore: mode === "vectors" ? null : Math.min(1, score),
      passageIds: [passage.id],
      documentId: document.id,
      collectionId: document.collectionId,
      key: null,
      title: document.title,
      path: document.path,
      place: passage.place,
      start: passage.start,
      end: passage.end,
      text: passage.text,
      matches: matches.map(({ start, end }) => ({ start, end })),
      copies: [],
    }));
  }
}

function documentNamed(name: string): FakeDocument {
  const known = fakeDocuments.find((document) => document.name === name);
  if (known) return known;
  const title = name.replace(/\.[a-z]+$/u, "");
  const text = `${title}. Minutes and decisions of the working group, kept for reference. The next step is named at the end.`;
  return {
    name,
    title,
    format: "md",
    sections: [1, 2, 3].map((number) => ({
      place: { heading: `Part ${number}` },
      text: `${text} (${number})`,
    })),
  };
}

const stopWords = new Set(
  "the a an is are of for to in on what how much long when which my our do i it and with who must be".split(
    " ",
  ),
);

/** Words of a question; Chinese as pairs of characters. */
export function toWords(question: string): string[] {
  const latin = (question.toLowerCase().match(/[a-z0-9]+/gu) ?? []).filter((word) => !stopWords.has(word));
  const han = question.match(/\p{Script=Han}+/gu) ?? [];
  const pairs = han.flatMap((run) =>
    Array.from({ length: Math.max(1, run.length - 1) }, (_, at) => run.slice(at, at + 2)),
  );
  return [...new Set([...latin, ...pairs])];
}

function findWords(text: string, words: readonly string[]): { word: string; start: number; end: number }[] {
  const lower = text.toLowerCase();
  return words
    .flatMap((word) => {
      const start = lower.search(/[a-z]/u.test(word) ? new RegExp(`\\b${word}`, "u") : word);
      return start < 0 ? [] : [{ word, start, end: start + word.length }];
    })
    .sort((one, other) => one.start - other.start);
}
