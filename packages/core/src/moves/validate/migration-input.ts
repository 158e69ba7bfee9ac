import type { CheckInput, IntegrationView, LinkView, RegionIndex } from '../../do/world/views.js';
import type { Outcome, RankedCheck, Rule } from '../../do/findings/check.js';
import type { Finding } from '../../do/findings/finding.js';
import type { Gateway, GatewayUse } from '../../do/model/gateway.js';
import type { MovedBackend } from '../../do/world/uses/gateway-uses.js';
import { sayOf, type Say, type Texts } from '../../do/findings/say.js';
import { aboutThings, thing, type About, type Subject } from '../../do/findings/subject.js';

/** Problems of severity error of a move back that the move itself does not have. */
export interface WayBack {
  readonly broken: readonly Finding[];
  readonly unknown: readonly Finding[];
}

/** The input of migration checks. */
export interface MigrationInput {
  /** The future spec: the gateway's backends behind the link that it moves to. */
  readonly check: CheckInput;
  readonly region: RegionIndex;
  readonly gateway: Gateway;
  /** The current link; undefined for a shared instance, which no single user owns. */
  readonly from: LinkView | undefined;
  readonly to: LinkView;
  readonly future: IntegrationView;
  readonly backends: readonly MovedBackend[];
  /** Those on the public internet, by host and port. */
  readonly open: readonly MovedBackend[];
  /**
   * Uses whose backend cannot be determined: stage variables, bodies that cannot be read. Undefined: uses
   * were not read at all.
   */
  readonly untold: readonly GatewayUse[] | undefined;
  /**
   * Problems that only a move back has, computed on request; undefined if the gateway's current link is not
   * known.
   */
  readonly back: () => WayBack | undefined;
}

/** A check of a migration: as `Check`, for what only a move changes. */
export interface MigrationCheck extends Rule {
  /** Whether a move back is judged by it as well. `always`: what it finds of the move back counts also where the move itself fails by it. */
  readonly back?: 'also' | 'always' | undefined;
  readonly run: (input: MigrationInput) => Iterable<Outcome>;
}

/** A check of a migration with its place among all. */
export type RankedMigrationCheck = MigrationCheck & Pick<RankedCheck, 'rank'>;

interface Definition<T extends Texts> extends Omit<MigrationCheck, 'codes' | 'run'> {
  readonly codes: T;
  readonly run: (input: MigrationInput, say: Say<T>) => Iterable<Outcome>;
}

/** A check of a migration: as `defineCheck`, for what only a move changes. */
export function migrationCheck<const T extends Texts>(definition: Definition<T>): MigrationCheck {
  const { codes, run } = definition;
  return { ...definition, codes: Object.keys(codes), run: (input) => run(input, sayOf(codes, input.check)) };
}

/** The name of a gateway in reports: its own name, or its ID if it has none. */
export function gatewayName({ name, id }: Gateway): string {
  return name || id;
}

/** An outcome about a gateway, or about parts of it: `gateway orders`, `domain api.example.com`. */
export function aboutGateway(gateway: Gateway, ...parts: readonly Subject[]): About {
  const name = gatewayName(gateway);
  return aboutThings(name, ...(parts.length === 0 ? [thing('gateway', name)] : parts));
}
