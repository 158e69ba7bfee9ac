import { SPEC_FILES } from '../grammar/options-of.js';

/** `shop.yaml` has its history in `shop.watch.json`. */
export function historyNameOf(spec: string): string {
  return `${spec.replace(/\.[^./\\]+$/, '')}.watch.json`;
}

/** `shop.watch.json` has the last snapshot in `shop.watch.snapshot.json`. */
export function snapshotNameOf(history: string): string {
  return `${history.replace(/\.json$/, '')}.snapshot.json`;
}

/** The files that `postern watch` keeps: those of its history. Without a spec, of each that it may find. */
export function historyFiles(specs: readonly string[], { history }: { readonly history?: unknown }): readonly string[] {
  const named = typeof history === 'string' ? [history] : (specs.length === 0 ? SPEC_FILES : specs).map(historyNameOf);
  return named.flatMap((file) => [file, snapshotNameOf(file)]);
}
