import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type * as Pdfjs from "pdfjs-dist/legacy/build/pdf.mjs";
import { AppError } from "../../contract/errors.ts";
import { damaged, throwIfCancelled } from "./limits.ts";

export type PdfDocument = Pdfjs.PDFDocumentProxy;
export type PdfPage = Pdfjs.PDFPageProxy;

let loading: Promise<typeof Pdfjs> | null = null;

/** pdf.js without a worker, a canvas, a network or compiled functions: text only. */
async function loadEngine(): Promise<typeof Pdfjs> {
  // The engine makes these when it loads, for drawing; nothing is drawn here.
  for (const name of ["DOMMatrix", "ImageData", "Path2D"]) {
    if (!(name in globalThis))
      Object.defineProperty(globalThis, name, { value: NothingDrawn, configurable: true });
  }
  // The package has no types for this entry; it is only handed on.
  const entry: string = "pdfjs-dist/legacy/build/pdf.worker.mjs";
  const worker: unknown = await import(entry);
  Object.defineProperty(globalThis, "pdfjsWorker", { value: worker, configurable: true });
  return import("pdfjs-dist/legacy/build/pdf.mjs");
}

/** Opens a PDF; `file-encrypted` when it needs a password, `file-damaged` when it is none. */
export async function openPdf(bytes: Uint8Array, signal: AbortSignal): Promise<PdfDocument> {
  loading ??= loadEngine();
  const pdfjs = await loading;
  throwIfCancelled(signal);
  const task = pdfjs.getDocument({
    // The engine takes the buffer for itself.
    data: new Uint8Array(bytes),
    verbosity: pdfjs.VerbosityLevel.ERRORS,
    isEvalSupported: false,
    useSystemFonts: false,
    disableFontFace: true,
    enableXfa: false,
    useWasm: false,
    useWorkerFetch: false,
    isOffscreenCanvasSupported: false,
    isImageDecoderSupported: false,
    disableAutoFetch: true,
    disableRange: true,
    disableStream: true,
    stopAtErrors: false,
    CMapReaderFactory,
    StandardFontDataFactory,
    CanvasFactory: NoCanvasFactory,
    FilterFactory: NoFilterFactory,
    WasmFactory: NoWasmFactory,
  });
  const cancel = (): void => void task.destroy();
  signal.addEventListener("abort", cancel, { once: true });
  try {
    return await task.promise;
  } catch (error) {
    throwIfCancelled(signal);
    const name = error instanceof Error ? error.name : "";
    if (name === "PasswordException") throw new AppError("file-encrypted", { cause: error });
    throw damaged("pdf", error);
  } finally {
    signal.removeEventListener("abort", cancel);
  }
}

function packageFolder(): string {
  return dirname(createRequire(import.meta.url).resolve("pdfjs-dist/package.json"));
}

class NothingDrawn {
  readonly isIdentity = true;
}

/** Character maps of East Asian fonts, out of the package on disk. */
class CMapReaderFactory {
  async fetch({ name }: { name: string }): Promise<{ cMapData: Uint8Array; isCompressed: boolean }> {
    if (!/^[\w-]+$/.test(name)) throw new Error("not the name of a character map");
    return {
      cMapData: new Uint8Array(await readFile(join(packageFolder(), "cmaps", `${name}.bcmap`))),
      isCompressed: true,
    };
  }
}

/** The standard fonts, for the widths of letters in files that do not embed theirs. */
class StandardFontDataFactory {
  async fetch({ filename }: { filename: string }): Promise<Uint8Array> {
    if (!/^[\w-]+\.(pfb|ttf)$/.test(filename)) throw new Error("not the name of a standard font");
    return new Uint8Array(await readFile(join(packageFolder(), "standard_fonts", filename)));
  }
}

class NoCanvasFactory {
  create(): never {
    throw new Error("nothing is drawn here");
  }
  reset(): void {}
  destroy(): void {}
}

class NoFilterFactory {
  addFilter(): string {
    return "none";
  }
  destroy(): void {}
}

class NoWasmFactory {
  async fetch(): Promise<never> {
    throw new Error("no image is decoded here");
  }
}
