import type { Ingress } from '../engine/ingress.js';

/** What users want of a run. */
export type Wish = 'go' | 'pause' | 'cancel';

/** What users want of the runs, as recent as steps need it. */
export interface Control {
  /** What is wanted of a run: at most {@link WISH_AGE_MS} old. */
  readonly wish: (run: string) => Promise<Wish>;
}

/** A worker asks so often, however many steps it begins. No step begins later than this after a pause. */
export const WISH_AGE_MS = 500;

/** Reads the wishes through the engine. */
export function controlOf(ingress: Ingress): Control {
  const known = new Map<string, { readonly askedMs: number; readonly wish: Promise<Wish> }>();
  return {
    wish: (run) => {
      const last = known.get(run);
      const nowMs = performance.now();
      if (last !== undefined && nowMs - last.askedMs < WISH_AGE_MS) return last.wish;
      const wish = ingress.call<Wish>('fleet', run, 'wish');
      known.set(run, { askedMs: nowMs, wish });
      wish.catch(() => known.delete(run));
      return wish;
    },
  };
}
