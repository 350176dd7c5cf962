import type { DocumentBuilder } from "./document-builder.ts";

const longBlock = 3_000;

/** Adds plain text: blocks by empty lines; a long block without any goes in line by line. */
export function addPlainText(builder: DocumentBuilder, text: string): void {
  for (const block of text.split(/\n[ \t]*\n/)) {
    if (block.length <= longBlock || !block.includes("\n")) {
      builder.paragraph(block);
      continue;
    }
    const group = {};
    for (const line of block.split("\n")) builder.line(group, line);
  }
}
