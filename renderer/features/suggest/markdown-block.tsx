import { memo, type ReactNode } from "react";
import Markdown, { type Components } from "react-markdown";
import remarkGfm from "remark-gfm";
import type { SuggestionState } from "./suggestion-state.ts";

interface MarkdownBlockProps {
  readonly text: string;
  /** What the citations look up; a block is drawn again only when these change. */
  readonly version: SuggestionState;
  /** The chip for a citation's address, null for an ordinary link. */
  readonly renderCitation: (href: string | undefined) => ReactNode;
  readonly openExternal: (url: string) => void;
}

const plugins = [remarkGfm];

/** Model output as a document: no HTML, no pictures, and links that do nothing until they are clicked. */
export const MarkdownBlock = memo(
  function MarkdownBlock({ text, renderCitation, openExternal }: MarkdownBlockProps) {
    const components: Components = {
      a({ href, children }) {
        const citation = renderCitation(href);
        if (citation) return <>{citation}</>;
        if (!href?.startsWith("https://")) return <span>{children}</span>;
        return (
          <button type="button" className="link" title={href} onClick={() => openExternal(href)}>
            {children}
          </button>
        );
      },
      img: ({ alt }) => <span className="quiet">[{alt}]</span>,
      h1: ({ children }) => <h3>{children}</h3>,
      h2: ({ children }) => <h3>{children}</h3>,
      h3: ({ children }) => <h4>{children}</h4>,
      table: ({ children }) => (
        // A wide table scrolls by itself; the keyboard must be able to.
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        <div className="table-scroll" tabIndex={0}>
          <table>{children}</table>
        </div>
      ),
    };
    return (
      <Markdown skipHtml remarkPlugins={plugins} components={components}>
        {text}
      </Markdown>
    );
  },
  (before, after) =>
    before.text === after.text &&
    before.version.citations === after.version.citations &&
    before.version.sources === after.version.sources,
);
