const codePages: ReadonlyMap<number, number> = new Map([
  [77, 10000],
  [128, 932],
  [129, 949],
  [134, 936],
  [136, 950],
  [161, 1253],
  [162, 1254],
  [163, 1258],
  [177, 1255],
  [178, 1256],
  [186, 1257],
  [204, 1251],
  [222, 874],
  [238, 1250],
]);

/** The encoding of a font's character set, "symbol" for signs, null for the document's own. */
export function encodingOfCharset(charset: number): string | null {
  if (charset === 2) return "symbol";
  const page = codePages.get(charset);
  return page === undefined ? null : encodingOfCodePage(page);
}

/** An encoding name that the decoder knows, for a Windows or Macintosh code page number. */
export function encodingOfCodePage(page: number): string {
  if (page === 10000) return "macroman";
  if (page === 65001) return "utf-8";
  if (page === 936) return "gb18030";
  return `cp${page}`;
}
