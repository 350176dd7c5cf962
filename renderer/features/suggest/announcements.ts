/** What a screen reader is told next, and how much of the text has then been told. */
export interface Announcement {
  readonly say: string;
  readonly toldTo: number;
}

const sentenceEnd = /[.!?…](?=\s|$)|[。！？]|\n/gu;

/** The whole sentences after `toldTo`; null while the next one is not finished. Markup is left out. */
export function nextAnnouncement(text: string, toldTo: number, finished: boolean): Announcement | null {
  const rest = text.slice(toldTo);
  let end = 0;
  for (const match of rest.matchAll(sentenceEnd)) end = match.index + match[0].length;
  if (finished) end = rest.length;
  const say = toPlainText(rest.slice(0, end));
  if (say === "") return null;
  return { say, toldTo: toldTo + end };
}

/** Markdown as words to speak or to paste without markup. */
export function toPlainText(markdown: string): string {
  return markdown
    .replaceAll(/(?:\[|【)\d{1,2}(?:\s*[,，、]\s*\d{1,2})*(?:\]|】)/gu, "")
    .replaceAll(/^\s{0,3}(?:#{1,6}|>|[-*+]|\d+[.)])\s+/gmu, "")
    .replaceAll(/\*\*|__|`+|\|/gu, "")
    .replaceAll(/[ \t]+/gu, " ")
    .trim();
}
