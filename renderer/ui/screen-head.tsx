import type { ReactNode } from "react";

interface ScreenHeadProps {
  readonly id: string;
  readonly title: string;
  /** A way back, before the title. */
  readonly lead?: ReactNode;
  /** What can be done here, at the end of the line. */
  readonly children?: ReactNode;
}

/** The line every screen begins with. */
export function ScreenHead({ id, title, lead, children }: ScreenHeadProps) {
  return (
    <header className="screen-head">
      {lead}
      <h1 id={id} className="clip">
        {title}
      </h1>
      <div className="screen-actions">{children}</div>
    </header>
  );
}
