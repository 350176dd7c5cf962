/** A press or a click, as it can be done again. */
type Act = () => void;

/**
 * Keeps what a person does while the page is drawn and its script is not there yet: presses of command keys, and clicks.
 * Text needs no keeping, it stands where it was typed. Returns the function that does them again, in their order, and
 * keeps no more.
 */
export function keepEarlyActs(page: Window): () => void {
  const acts: Act[] = [];
  const stopping = new AbortController();
  const options = { capture: true, signal: stopping.signal };
  page.addEventListener(
    "keydown",
    (event) => {
      if (!isCommand(event)) return;
      hold(event);
      const { key, ctrlKey, metaKey, shiftKey, altKey, target } = event;
      const again = { key, ctrlKey, metaKey, shiftKey, altKey, bubbles: true, cancelable: true };
      acts.push(() => target?.dispatchEvent(new KeyboardEvent("keydown", again)));
    },
    options,
  );
  page.addEventListener(
    "click",
    (event) => {
      const { target } = event;
      // A click that only puts the cursor into a text is done.
      if (!(target instanceof HTMLElement || target instanceof SVGElement) || target.closest("textarea"))
        return;
      // Held, since a choice that the browser has changed already would be no change when it comes again.
      hold(event);
      acts.push(() => target.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true })));
    },
    options,
  );
  return () => {
    stopping.abort();
    for (const act of acts) act();
  };
}

function hold(event: Event): void {
  event.preventDefault();
  event.stopImmediatePropagation();
}

/** Keys that write, move or mark in a text are the browser's. */
function isCommand({ key, ctrlKey, metaKey, altKey }: KeyboardEvent): boolean {
  if (key === "F1") return true;
  return (
    (ctrlKey || metaKey) &&
    !altKey &&
    !/^(?:[acvxyz]|Arrow.*|Home|End|Backspace|Delete|Control|Meta|Shift)$/i.test(key)
  );
}
