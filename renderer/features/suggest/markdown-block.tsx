import { memo, useState, type ComponentProps, type ReactElement } from "react";
import Markdown, { type Components } from "react-markdown";
import remarkGfm from "remark-gfm";
import { useDesk } from "../../app/context.tsx";
import { CitationChip } from "./citation-chip.tsx";
import { readCitationAddress } from "./citations.ts";
import { makeGrowingMarkdown } from "./growing-markdown.ts";

const plugins = [remarkGfm];

const components: Components = {
  a: DocumentLink,
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

interface MarkdownBlockProps {
  readonly text: string;
  /** More of it is coming: what plainly goes on is not parsed anew. */
  readonly isOpen: boolean;
}

/** Model output as a document: no HTML, no pictures, and links that do nothing until they are clicked. */
export const MarkdownBlock = memo(function MarkdownBlock({ text, isOpen }: MarkdownBlockProps) {
  const [grow] = useState(() => makeGrowingMarkdown(parseMarkdown));
  return isOpen ? grow(text) : parseMarkdown(text);
});

/** The block as elements, made at once. */
export function parseMarkdown(text: string): ReactElement {
  return Markdown({ skipHtml: true, remarkPlugins: plugins, components, children: text });
}

function DocumentLink({ href, children }: ComponentProps<"a">) {
  const { ipc } = useDesk();
  const citation = readCitationAddress(href);
  if (citation) return <CitationChip mark={citation} />;
  if (!href?.startsWith("https://")) return <span>{children}</span>;
  return (
    <button
      type="button"
      className="link"
      title={href}
      onClick={() => void ipc.call("app.open-external", { url: href })}
    >
      {children}
    </button>
  );
}
