import type { LinkRef } from './reference.js';

/** What a spec declares by a key, and marks name by it. */
export type MovedKind = 'link' | 'integration' | 'target';

/** A key of the spec that was renamed: what carries the former name in its mark is the thing with the new one. */
export interface Move {
  readonly kind: MovedKind;
  /** Of a target: the integration that declares it, by its key now. */
  readonly integration?: string | undefined;
  readonly from: string;
  /** The key now, also where it was renamed several times. */
  readonly to: string;
  /** The entry in the spec: `moved[0]`. */
  readonly path: string;
}

/** The keys that a link, an integration, or a target of `integration` had in this spec before. */
export function formerNames(
  { moved = [] }: { readonly moved?: readonly Move[] | undefined },
  kind: MovedKind,
  name: string,
  integration?: string,
): readonly string[] {
  return moved
    .filter((move) => move.kind === kind && move.to === name && move.integration === integration)
    .map(({ from }) => from);
}

/** The entry of a spec as text: `links.orders → links.orders-eu`. */
export function moveText({ kind, integration, from, to }: Move): string {
  const parent = kind === 'target' ? `integrations.${integration}.targets` : `${kind}s`;
  return `${parent}.${from} → ${parent}.${to}`;
}

/** A move of gateways that was begun and has not ended, as a journal shows it. Plain JSON. */
export interface OpenMove {
  /** The ID of the move. */
  readonly move: string;
  readonly provider: string;
  readonly region: string;
  readonly account: string;
  readonly from: LinkRef;
  readonly to: LinkRef;
  /** The IDs of the gateways of which something moves. */
  readonly gateways: readonly string[];
  /** `open`: the run has not come to its drain. */
  readonly state: 'open' | 'draining' | 'drained' | 'aborted' | 'returning';
  /** ISO 8601: until then calls may use the link that they left, as far as a drain was begun. */
  readonly drainedAt?: string | undefined;
}
