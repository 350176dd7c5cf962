import { useRef, useState, type KeyboardEvent, type PointerEvent, type ReactNode } from "react";

interface ResizablePaneProps {
  readonly label: string;
  /** Widths in CSS pixels. */
  readonly initial: number;
  readonly least: number;
  readonly most: number;
  readonly children: ReactNode;
}

const keyStep = 16;

/** A pane at the right edge; its left border is dragged, or moved with the arrow keys. */
export function ResizablePane({ label, initial, least, most, children }: ResizablePaneProps) {
  const [width, setWidth] = useState(initial);
  const grip = useRef<{ x: number; width: number } | null>(null);
  const clamp = (wanted: number) => Math.min(most, Math.max(least, wanted));
  const onPointerDown = (event: PointerEvent<HTMLDivElement>) => {
    grip.current = { x: event.clientX, width };
    event.currentTarget.setPointerCapture(event.pointerId);
  };
  const onPointerMove = (event: PointerEvent) => {
    if (grip.current) setWidth(clamp(grip.current.width + grip.current.x - event.clientX));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowLeft: keyStep, ArrowRight: -keyStep }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    setWidth((old) => clamp(old + step));
  };
  return (
    <aside className="side-pane" style={{ inlineSize: width }}>
      <div
        role="separator"
        aria-orientation="vertical"
        aria-label={label}
        aria-valuenow={width}
        aria-valuemin={least}
        aria-valuemax={most}
        tabIndex={0}
        className="side-pane-grip"
        onPointerDown={onPointerDown}
        onPointerMove={onPointerMove}
        onPointerUp={() => {
          grip.current = null;
        }}
        onKeyDown={onKeyDown}
      />
      {children}
    </aside>
  );
}
