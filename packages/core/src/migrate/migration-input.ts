import type { CheckInput, IntegrationView, LinkView, RegionIndex } from '../world/views.js';
import type { Outcome } from '../findings/check.js';
import type { Rule } from '../findings/check.js';
import type { Finding } from '../findings/finding.js';
import type { Gateway, GatewayUse } from '../model/gateway.js';
import type { MovedBackend } from '../world/uses/gateway-uses.js';

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
