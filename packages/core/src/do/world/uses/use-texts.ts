import type { GatewayUse } from '../../model/gateway.js';
import { fewText } from '../../../ground/text/quantities.js';

/** `route ANY /orders (RELEASE)`, `plug-in vip (draft)`; without stages `route ANY /orders`. */
export function useText({ kind, name, stage }: GatewayUse): string {
  const what = kind === 'plugin' ? 'plug-in' : kind === 'backend' ? 'named backend' : 'route';
  return stage === '' ? `${what} ${name}` : `${what} ${name} (${stage ?? 'draft'})`;
}

/** All uses of a backend, for a sentence: each has to change before the backend is not needed. */
export function usesText(uses: readonly GatewayUse[]): string {
  return andText(uses.map(useText));
}

/** What uses a backend, on whichever stages: `route GET /orders and plug-in vip`. */
export function namesOf(uses: readonly GatewayUse[]): string {
  return andText(uses.map((use) => useText({ ...use, stage: '' })));
}

/** A sentence names so many; so does evidence. */
const MOST_USES = 10;

function andText(texts: readonly string[]): string {
  const all = [...new Set(texts)];
  if (all.length > MOST_USES) return fewText(all, MOST_USES);

  const last = all.at(-1) ?? '';
  return all.length < 2 ? last : `${all.slice(0, -1).join(', ')} and ${last}`;
}

/** All uses of a backend, as evidence: at most ten, and the number of the others. */
export function useEvidence(uses: readonly GatewayUse[]) {
  const shown = uses.slice(0, MOST_USES).map((use) => ({ kind: use.kind, id: use.id, text: useText(use) }));
  const more = uses.length - shown.length;
  return more === 0 ? shown : [...shown, { kind: 'more', id: String(more), text: `and ${more} more` }];
}
