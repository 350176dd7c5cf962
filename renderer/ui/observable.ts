import { useSyncExternalStore } from "react";

/** A value outside React that screens can watch: work goes on when its screen is not shown. */
export interface Observable<Value> {
  readonly get: () => Value;
  readonly set: (change: (value: Value) => Value) => void;
  /** Returns the function that unsubscribes. */
  readonly subscribe: (listener: () => void) => () => void;
}

export function makeObservable<Value>(initial: Value): Observable<Value> {
  let value = initial;
  const listeners = new Set<() => void>();
  return {
    get: () => value,
    set(change) {
      const next = change(value);
      if (Object.is(next, value)) return;
      value = next;
      for (const listener of listeners) listener();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** Watches a part of it; `select` must return the same reference while that part is unchanged. */
export function useObservable<Value, Part>(
  observable: Observable<Value>,
  select: (value: Value) => Part,
): Part {
  const part = () => select(observable.get());
  return useSyncExternalStore(observable.subscribe, part, part);
}
