import type { CheckInput, IntegrationView, LinkView, Outcome, RegionIndex } from '../checks/check.js';
import type { Rule } from '../checks/check.js';
import type { Finding } from '../checks/finding.js';
import type { Gateway, GatewayUse } from '../model/gateway.js';
import type { Target } from '../model/target.js';

/** A backend of the gateway, and all that leads to it. */
export interface MovedBackend {
  /** The authorisation's name, or host and port: unique in the gateway, and the target's name in the spec of the future. */
  readonly name: string;
  readonly uses: readonly GatewayUse[];
  /** The authorisation, listener or service, where it is one. */
  readonly target?: Target | undefined;
}

/** What a move back would meet that the move itself does not, of severity error. */
export interface WayBack {
  readonly broken: readonly Finding[];
  readonly unknown: readonly Finding[];
}

/** What migration checks look at. */
export interface MigrationInput {
  /** The spec of the future: the gateway's backends behind the link that it moves to. */
  readonly check: CheckInput;
  readonly region: RegionIndex;
  readonly gateway: Gateway;
  /** The link that it is on; undefined for a shared instance, which is nobody's own. */
  readonly from: LinkView | undefined;
  readonly to: LinkView;
  readonly future: IntegrationView;
  readonly backends: readonly MovedBackend[];
  /** Those in the open internet, by host and port. */
  readonly open: readonly MovedBackend[];
  /** Uses whose backend cannot be told: stage variables, bodies that cannot be read. Undefined: uses were not read at all. */
  readonly untold: readonly GatewayUse[] | undefined;
  /** What only the way back would meet, worked out when it is asked for; undefined where it is not known where the gateway is now. */
  readonly back: () => WayBack | undefined;
}

/** A check of a migration: as `Check`, for what only a move brings. */
export interface MigrationCheck extends Rule {
  readonly run: (input: MigrationInput) => Iterable<Outcome>;
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
