import type { FrameLanguage } from "../../contract/frame-language.ts";
import type { Intent } from "../../contract/suggest.ts";

/** The engine's own words around the quotes, in one language. They never pretend that something was written. */
export interface FrameWords {
  readonly lead: Readonly<Record<Intent, string>>;
  readonly nothing: string;
  readonly ownText: string;
  readonly page: (page: number) => string;
  readonly slide: (slide: number) => string;
}

const quotesOnly = "This engine quotes; it does not write.";
const onlyQuotes = "当前引擎只引用原文，不写作。";

export const frameWords: Readonly<Record<FrameLanguage, FrameWords>> = {
  en: {
    lead: {
      answer: "Your documents say:",
      draft: `${quotesOnly} For the draft, your documents hold:`,
      rewrite: `${quotesOnly} Your text stays as it is; your documents say on it:`,
      summarise: `${quotesOnly} The sentences that carry most:`,
      reply: `${quotesOnly} For the reply, your documents hold:`,
      continue: `${quotesOnly} To go on from here, your documents hold:`,
    },
    nothing: "Nothing in your documents answers this. No passage shares enough with the request to quote.",
    ownText: "From your text:",
    page: (page) => `page ${page}`,
    slide: (slide) => `slide ${slide}`,
  },
  zh: {
    lead: {
      answer: "你的文档中写道：",
      draft: `${onlyQuotes}可用于起草的原文：`,
      rewrite: `${onlyQuotes}你的文字保持不变；文档中与之相关的原文：`,
      summarise: `${onlyQuotes}最能概括内容的句子：`,
      reply: `${onlyQuotes}可用于回复的原文：`,
      continue: `${onlyQuotes}可用于续写的原文：`,
    },
    nothing: "你的文档中没有这个问题的答案：没有与请求足够相关、可供引用的段落。",
    ownText: "摘自你的文字：",
    page: (page) => `第 ${page} 页`,
    slide: (slide) => `第 ${slide} 张幻灯片`,
  },
};
