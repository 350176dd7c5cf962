import type { Failure } from "../../../contract/errors.ts";
import type { ReadResult } from "../reader.ts";

/** What a reader process is given: a file's bytes, never its path, so that it needs no right to open one. */
export interface ToReader {
  readonly kind: "read";
  readonly id: number;
  /** The file's name without its folder; it helps to tell the format. */
  readonly name: string;
  /** Bytes of the whole file. */
  readonly size: number;
  /** The next part of them. */
  readonly bytes: Uint8Array;
  readonly isLast: boolean;
}

/** What it answers: once `ready`, `more` for each part but the last, then one reply for each file. */
export type FromReader =
  | { readonly kind: "ready" }
  | { readonly kind: "more"; readonly id: number }
  | { readonly kind: "done"; readonly id: number; readonly result: ReadResult }
  | { readonly kind: "failed"; readonly id: number; readonly failure: Failure };

/** How a process ended; `signal` where the system names one. */
export interface ReaderExit {
  readonly code: number | null;
  readonly signal: string | null;
}

/** The line to one reader process, given by the host (a utility process or a Node child). */
export interface ReaderChannel {
  /** May be called before the process is up: the host keeps the message. */
  send(message: ToReader): void;
  onMessage(listener: (message: FromReader) => void): void;
  /** Called once, however it ended, also when it could not start. */
  onExit(listener: (exit: ReaderExit) => void): void;
  /** Resident memory in bytes as last known, or null. */
  memory(): number | null;
  /** Ends the process at once; later calls do nothing. */
  kill(): void;
}

/** The same line seen from inside the reader process. */
export interface ReaderPort {
  post(message: FromReader): void;
  listen(listener: (message: ToReader) => void): void;
}
