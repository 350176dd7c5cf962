/** Questions about the library as a whole; "how many points did they score" is not one. */
const PATTERNS: readonly RegExp[] = [
  /\bhow many (?:of (?:my|the|our|these) )?(?:documents?|files?|notes?|e-?mails?|mails?|letters?|pages?|passages?|contracts?|invoices?|reports?|articles?|pdfs?)\b.*\b(?:mention|contain|include|talk|say|have|are|do|does|is|were|was|appear|refer|occur)/i,
  /\b(?:how often|how many times|in how many)\b.*\b(?:mentioned|appears?|named|comes? up|documents?|files?|notes?)/i,
  /\b(?:count|list|name|show|sum(?: up)?|add up|total)\b (?:me )?(?:up )?(?:all|every|each)\b/i,
  /\b(?:which|what) (?:of (?:my|the|our) )?(?:documents|files|notes|e-?mails|contracts|invoices|reports)\b.*\b(?:mention|contain|include|talk|say|refer)/i,
  /\b(?:total|sum|average|number) of (?:all|every|the|my|our)\b.*\b(?:documents|files|notes|invoices|contracts|e-?mails|reports)\b/i,
  /\b(?:all|every one of|across) (?:of )?(?:my|the|our) (?:documents|files|notes|invoices|contracts|e-?mails|reports|library)\b/i,
  /(?:有|共|一共|总共|总计)?(?:多少|几)(?:个|份|篇|封|张|次|条|页)?(?:文档|文件|笔记|邮件|合同|发票|报告|文章|资料|段落)/,
  /(?:哪些|哪几(?:个|份|篇|封))(?:文档|文件|笔记|邮件|合同|发票|报告|文章|资料)/,
  /(?:列出|统计|汇总|数一数|总结|罗列)(?:一下)?(?:所有|全部|每(?:个|份|篇|封|一))/,
  /(?:所有|全部|整个)(?:的)?(?:文档|文件|笔记|邮件|合同|发票|报告|文章|资料|资料库|文库).*(?:多少|几|总|合计|平均|一共)/,
  /(?:提到|出现)(?:了|过)?(?:多少|几)次/,
  /\bwie viele? (?:meiner |der |unserer )?(?:dokumente|dateien|notizen|e-?mails|verträge|rechnungen|berichte)\b/i,
];

/** True when a text asks to count, list or sum over the whole library, which a handful of passages cannot answer. */
export function countsWholeLibrary(text: string): boolean {
  const head = text.slice(0, 2000);
  return PATTERNS.some((pattern) => pattern.test(head));
}
