import type { MovedKind, Move, Spec } from './spec.js';

/** The keys that a link, an integration, or a target of `integration` had in this spec before. */
export function formerNames(
  { moved = [] }: Pick<Spec, 'moved'>,
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
