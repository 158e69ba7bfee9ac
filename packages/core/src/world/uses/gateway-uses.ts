import type { GatewayUse } from '../../model/gateway.js';
import type { Target } from '../../model/target.js';

/** A backend of the gateway, and all that leads to it. */
export interface MovedBackend {
  /** The authorisation's name, or host and port: unique in the gateway, and the target's name in the spec of the future. */
  readonly name: string;
  readonly uses: readonly GatewayUse[];
  /** The authorisation, listener or service, where it is one. */
  readonly target?: Target | undefined;
}

/** `route ANY /orders (RELEASE)`, `plug-in vip (draft)`; without stages `route ANY /orders`. */
export function useText({ kind, name, stage }: GatewayUse): string {
  const what = kind === 'plugin' ? 'plug-in' : kind === 'backend' ? 'named backend' : 'route';
  return stage === '' ? `${what} ${name}` : `${what} ${name} (${stage ?? 'draft'})`;
}

/** All that leads to a backend, as evidence: at most ten, and how many more. */
export function useEvidence(uses: readonly GatewayUse[]) {
  const shown = uses.slice(0, 10).map((use) => ({ kind: use.kind, id: use.id, text: useText(use) }));
  const more = uses.length - shown.length;
  return more === 0 ? shown : [...shown, { kind: 'more', id: String(more), text: `and ${more} more` }];
}

/** `#NAME#`: a stage variable, which no API resolves. */
export function isVariable(text: string | undefined): boolean {
  return text !== undefined && /#[^#\s]+#/.test(text);
}
