import { AppError, failure } from "../../../contract/errors.ts";
import { basename } from "node:path";
import { readerLimits } from "../limits.ts";
import type { FileReader, ReadResult } from "../reader.ts";
import type { FromReader, ReaderChannel, ReaderExit } from "./channel.ts";
import { isReadResult } from "./check-result.ts";
import { openFile } from "./file-parts.ts";

export interface ProcessReaderOptions {
  /** Starts one reader process. */
  readonly spawn: () => ReaderChannel;
  /** Milliseconds for one file. */
  readonly timeLimit?: number;
  /** Bytes of resident memory. */
  readonly memoryLimit?: number;
  /** After so many files a process makes way for a fresh one. */
  readonly filesPerProcess?: number;
  /** Processes at the same time. */
  readonly parallel?: number;
  /** Milliseconds after which an idle process is ended. */
  readonly idleLimit?: number;
  /** Milliseconds between two looks at the memory. */
  readonly memoryInterval?: number;
}

interface Job {
  readonly id: number;
  readonly path: string;
  readonly signal: AbortSignal;
  readonly resolve: (result: ReadResult) => void;
  readonly reject: (error: AppError) => void;
}

interface Seat {
  readonly channel: ReaderChannel;
  isReady: boolean;
  files: number;
  job: Job | null;
  /** Lets the next part of the job's file go out. */
  more: () => void;
  /** Takes down the timers and listeners of the job under way. */
  release: (() => void) | null;
  idle: ReturnType<typeof setTimeout> | null;
}

/**
 * Reads files in separate processes that are ended at the limits. A file that takes its process down is
 * refused with the reason and never tried again; the next file goes on in a fresh process.
 */
export function makeProcessReader(options: ProcessReaderOptions): FileReader {
  const timeLimit = options.timeLimit ?? readerLimits.time;
  const memoryLimit = options.memoryLimit ?? readerLimits.memory;
  const filesPerProcess = options.filesPerProcess ?? 50;
  const parallel = options.parallel ?? 1;
  const idleLimit = options.idleLimit ?? 10_000;
  const memoryInterval = options.memoryInterval ?? 200;
  const waiting: Job[] = [];
  const seats = new Set<Seat>();
  let lastId = 0;
  let isClosed = false;

  function next(): void {
    while (waiting.length > 0) {
      const free = [...seats].find((seat) => seat.job === null);
      if (!free && seats.size >= parallel) return;
      const job = waiting.shift();
      if (job) start(free ?? open(), job);
    }
  }

  function open(): Seat {
    const channel = options.spawn();
    const seat: Seat = {
      channel,
      isReady: false,
      files: 0,
      job: null,
      more: () => undefined,
      release: null,
      idle: null,
    };
    seats.add(seat);
    channel.onMessage((message) => onMessage(seat, message));
    channel.onExit((exit) => {
      end(seat, codeOfExit(exit, channel.memory(), memoryLimit));
      next();
    });
    return seat;
  }

  function start(seat: Seat, job: Job): void {
    if (seat.idle) clearTimeout(seat.idle);
    seat.idle = null;
    seat.job = job;
    seat.files++;
    let timer = setTimeout(() => stop(seat, "reader-timed-out"), timeLimit);
    const memory = setInterval(() => {
      if ((seat.channel.memory() ?? 0) > memoryLimit) stop(seat, "reader-out-of-memory");
    }, memoryInterval);
    const cancel = (): void => stop(seat, "cancelled");
    job.signal.addEventListener("abort", cancel, { once: true });
    seat.release = () => {
      clearTimeout(timer);
      clearInterval(memory);
      job.signal.removeEventListener("abort", cancel);
    };
    if (!seat.isReady) {
      // Starting a process is not the file's time: the clock starts anew with its first word.
      seat.channel.onMessage((message) => {
        if (message.kind !== "ready" || seat.job !== job) return;
        clearTimeout(timer);
        timer = setTimeout(() => stop(seat, "reader-timed-out"), timeLimit);
      });
    }
    void feed(seat, job);
  }

  /** Hands the file over, a part at a time; the file's own refusals end the job and leave the process to the next. */
  async function feed(seat: Seat, job: Job): Promise<void> {
    try {
      const file = await openFile(job.path);
      try {
        for (let isLast = false; !isLast && seat.job === job;) {
          const part = await file.next();
          if (seat.job !== job) return;
          const wanted = new Promise<void>((resolve) => (seat.more = resolve));
          const { id, path } = job;
          seat.channel.send({ kind: "read", id, name: basename(path), size: file.size, ...part });
          ({ isLast } = part);
          if (!isLast) await wanted;
        }
      } finally {
        await file.close();
      }
    } catch (error) {
      if (seat.job !== job) return;
      job.reject(error instanceof AppError ? error : new AppError("reader-crashed", { cause: error }));
      free(seat);
    }
  }

  /** The job is over, and the process may have the next. */
  function free(seat: Seat): void {
    seat.release?.();
    seat.job = null;
    if (seat.files >= filesPerProcess || isClosed) stop(seat, "reader-crashed");
    else if (waiting.length === 0) {
      seat.idle = setTimeout(() => stop(seat, "reader-crashed"), idleLimit);
      seat.idle.unref();
    }
    next();
  }

  function onMessage(seat: Seat, message: FromReader): void {
    if (message.kind === "ready") {
      seat.isReady = true;
      return;
    }
    const { job } = seat;
    if (!job || message.id !== job.id) return;
    if (message.kind === "more") return seat.more();
    if (message.kind === "failed") {
      const parsed = failure.safeParse(message.failure);
      if (!parsed.success) return stop(seat, "reader-crashed");
      job.reject(new AppError(parsed.data.code, parsed.data));
    } else {
      if (!isReadResult(message.result)) return stop(seat, "reader-crashed");
      job.resolve(message.result);
    }
    free(seat);
  }

  function stop(
    seat: Seat,
    code: "cancelled" | "reader-timed-out" | "reader-out-of-memory" | "reader-crashed",
  ): void {
    end(seat, code);
    seat.channel.kill();
    next();
  }

  /** Takes the seat away; a job on it fails with the code. */
  function end(seat: Seat, code: AppError["code"]): void {
    if (!seats.delete(seat)) return;
    if (seat.idle) clearTimeout(seat.idle);
    seat.release?.();
    const { job } = seat;
    seat.job = null;
    // Whatever hands the file over goes on, sees that the job is not there any more, and closes the file.
    seat.more();
    job?.reject(refusal(code, timeLimit, memoryLimit));
  }

  return {
    read(path, signal) {
      if (signal.aborted || isClosed) return Promise.reject(new AppError("cancelled"));
      return new Promise((resolve, reject) => {
        const cancel = (): void => leave(waiting, job);
        const over = (): void => signal.removeEventListener("abort", cancel);
        const job: Job = {
          id: ++lastId,
          path,
          signal,
          resolve: (result) => (over(), resolve(result)),
          reject: (error) => (over(), reject(error)),
        };
        waiting.push(job);
        signal.addEventListener("abort", cancel, { once: true });
        next();
      });
    },
    async close() {
      isClosed = true;
      for (const job of waiting.splice(0)) job.reject(new AppError("cancelled"));
      for (const seat of seats) stop(seat, "cancelled");
    },
  };
}

function leave(waiting: Job[], job: Job): void {
  const index = waiting.indexOf(job);
  if (index < 0) return;
  waiting.splice(index, 1);
  job.reject(new AppError("cancelled"));
}

function refusal(code: AppError["code"], timeLimit: number, memoryLimit: number): AppError {
  if (code === "reader-timed-out")
    return new AppError(code, { facts: { seconds: Math.round(timeLimit / 1000) } });
  if (code === "reader-out-of-memory") return new AppError(code, { facts: { bytes: memoryLimit } });
  return new AppError(code);
}

/** V8 aborts when its heap is full, the system kills when memory is: both are memory, not a crash. */
function codeOfExit(
  exit: ReaderExit,
  memory: number | null,
  limit: number,
): "reader-out-of-memory" | "reader-crashed" {
  const isAbort = abortSignals.has(exit.signal ?? "") || abortCodes.has(exit.code ?? 0);
  const isLarge = memory !== null && memory > limit * 0.5;
  return isAbort || isLarge ? "reader-out-of-memory" : "reader-crashed";
}

const abortSignals = new Set(["SIGABRT", "SIGKILL", "SIGTRAP"]);
/** Node's and the shell's codes for those signals, Electron's (6), Chromium's out-of-memory code on Windows. */
const abortCodes = new Set([133, 134, 137, 6, -536_870_904]);
