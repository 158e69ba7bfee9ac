/** Values that one side pushes and the other iterates, in order. */
export interface EventQueue<T> extends AsyncIterable<T> {
  readonly push: (value: T) => void;
  /** No more values. With an error, iteration ends by throwing it. */
  readonly close: (error?: unknown) => void;
}

/** A queue between those who report events and the one who reads them. */
export function eventQueue<T>(): EventQueue<T> {
  const values: T[] = [];
  let closed = false;
  let failure: { readonly error: unknown } | undefined;
  let wake: () => void = () => undefined;
  return {
    push(value) {
      if (closed) return;
      values.push(value);
      wake();
    },
    close(error) {
      if (closed) return;
      closed = true;
      if (error !== undefined) failure = { error };
      wake();
    },
    async *[Symbol.asyncIterator]() {
      for (;;) {
        while (values.length > 0) yield values.shift() as T;
        if (failure !== undefined) throw failure.error;
        if (closed) return;
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    },
  };
}
