import type { AlibabaOperation } from '../../operation.js';

/** Parameters of which some are always there, because the action requires them. */
export type Given<P, K extends keyof P> = P & Required<Pick<P, K>>;

/** Gives an action of CloudAPI its types. */
export function cloudApiAction<P, B>(definition: Omit<AlibabaOperation<P, B>, 'product'>): AlibabaOperation<P, B> {
  return { product: 'CloudAPI', ...definition };
}
