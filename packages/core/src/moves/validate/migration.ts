import { gatewaySpec } from '../../do/kinds/cloud/gateway-kinds.js';
import type { Finding, ReportGap } from '../../do/findings/finding.js';
import type { Assumption } from '../../do/world/prepare.js';
import type { Clouds } from '../../do/kinds/cloud/clouds.js';
import { InvalidInputError } from '../../ground/errors.js';
import type { GatewaySpec, Gateway, GatewayUse } from '../../do/model/gateway.js';
import type { GatewayKind } from '../../do/model/gateway-kind.js';
import type { CheckInput, IntegrationView, LinkView, RegionIndex } from '../../do/world/views.js';
import type { Outcome, RankedCheck, Rule } from '../../do/findings/check.js';
import type { MovedBackend } from '../../do/world/uses/gateway-uses.js';
import { sayOf, type Say, type Texts } from '../../do/findings/say.js';
import { aboutThings, thing, type About, type Subject } from '../../do/findings/subject.js';

/** A gateway that moves as a whole, and the link to which it is to move: an API group of Alibaba Cloud, and its instance. */
export interface GroupMigration {
  /** The cloud. By default the first of the set whose gateways move so: Alibaba Cloud. */
  readonly provider?: string | undefined;
  /** Needed where the snapshot shows the group in several regions. */
  readonly region?: string | undefined;
  /** The ID of the gateway, such as an API group's. */
  readonly group: string;
  /** The ID of the instance that it is to move to. */
  readonly to: string;
}

/** Routes of a gateway that move one by one, and the link that they are to use: those of an HTTP API of AWS, and its VPC link. */
export interface RouteMigration {
  /** The cloud. By default the first of the set whose routes move so: AWS. */
  readonly provider?: string | undefined;
  /** Needed where the snapshot shows the API in several regions. */
  readonly region?: string | undefined;
  /** The ID of the gateway, such as an HTTP API's. */
  readonly api: string;
  /** One route's key; undefined: all routes that use `from`. */
  readonly route?: string | undefined;
  /** The IDs of the links. */
  readonly from: string;
  readonly to: string;
}

/** What is to move where: `{ group, to }`, or `{ api, route?, from, to }`. */
export type Migration = GroupMigration | RouteMigration;

/** One entry that a backend's own allowlist needs, in a form ready to paste. */
export interface ImpactEntry {
  readonly form: 'security-group' | 'access-control-list' | 'network-acl' | 'nginx' | 'iptables' | 'terraform' | 'json';
  /** The list or file to change: `sg-1`, `acl-bp1`, `nginx`. */
  readonly where: string;
  readonly text: string;
  /** Its lines change or remove what the list has. */
  readonly alters?: true | undefined;
}

/** What a move changes for one backend. */
export interface Impact {
  /** `lb-bp1:8080 (orders)`, `10.20.0.7:8080`. */
  readonly backend: string;
  /** The blocks that calls come from now, canonical. */
  readonly old: readonly string[];
  /** The blocks that they will come from. While DNS drains, both do. */
  readonly new: readonly string[];
  /** What to add before the move; nothing is to be removed before calls through the old link have drained. */
  readonly entries: readonly ImpactEntry[];
}

/** The version of the structure of {@link MigrationReport}. */
export const MIGRATION_REPORT_VERSION = 1;

/** Whether a move may go ahead, and what it changes. Plain JSON, in a stable order. */
export interface MigrationReport {
  readonly version: typeof MIGRATION_REPORT_VERSION;
  readonly findings: readonly Finding[];
  readonly impact: readonly Impact[];
  readonly gaps: readonly ReportGap[];
  readonly assumptions: readonly Assumption[];
}

/** A result that may remain unproven without stopping the move: `CHECK` or `CHECK:SUBJECT`. */
export interface AcceptedUnknown {
  readonly check: string;
  readonly subject?: string | undefined;
}

/** A migration with its provider, and the kind of gateway that moves so there. */
export type NamedMigration = (GroupMigration | RouteMigration) & {
  readonly provider: string;
  readonly kind: GatewayKind;
};

/** The ID of the gateway that moves, or whose routes move. */
export function movedId(migration: Migration): string {
  return 'group' in migration ? migration.group : migration.api;
}

/** How a spec names the gateway of a migration. @throws {InvalidInputError} `INVALID_INPUT` */
export function gatewayOfMigration(given: Migration, clouds: Clouds): GatewaySpec {
  const { kind } = readMigration(given, clouds);
  return gatewaySpec(clouds, { kind, id: movedId(given) });
}

/** The members of a migration, by the member that names the gateway. */
const MEMBERS = {
  group: { needed: ['group', 'to'], allowed: ['provider', 'region', 'group', 'to'] },
  api: { needed: ['api', 'from', 'to'], allowed: ['provider', 'region', 'api', 'route', 'from', 'to'] },
} as const;

/** The kinds of gateway that move as a whole (`group`), or route by route (`api`), in the order of the clouds. */
function movingKinds(clouds: Clouds, names: keyof typeof MEMBERS): readonly GatewayKind[] {
  return clouds.gatewayKinds.filter((kind) => {
    const { movesAsOne, routesMove } = clouds.gateway(kind);
    return names === 'group' ? movesAsOne : routesMove === true;
  });
}

/**
 * Reads and validates a migration, also from untyped code: an API group is of Alibaba Cloud, an HTTP API of
 * AWS, unless a provider is named whose gateways move so.
 * @throws {InvalidInputError} `INVALID_INPUT` for an input that names neither or both, lacks a member, or has
 *   one that is not a string or has no meaning.
 */
export function readMigration(given: Migration, clouds: Clouds): NamedMigration {
  const value: unknown = given;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw wrong('a migration must be an object', FORMS);
  }

  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  const has = (name: string): boolean => members.some(([key]) => key === name);
  if (has('group') === has('api')) {
    throw wrong(has('group') ? 'expected `group` or `api`, got both' : '`group` or `api` is required', FORMS);
  }

  const names = has('group') ? 'group' : 'api';
  const kinds = movingKinds(clouds, names);
  const providers = [...new Set(kinds.map((kind) => clouds.gateway(kind).provider))];
  if (providers.length === 0) {
    const names = clouds.all.map(({ title }) => title).join(', ');
    throw wrong(`${has('group') ? 'group: no gateway moves as a whole' : 'api: no routes move'} on ${names}`, FORMS);
  }

  const provider: unknown = given.provider ?? providers[0];
  const { needed, allowed } = MEMBERS[names];
  for (const [key, member] of members) {
    if (key === 'provider' && !providers.some((name) => name === member)) {
      const expected = providers.map((name) => JSON.stringify(name)).join(' or ');
      throw wrong(
        `provider: expected ${expected} with ${names}, got ${JSON.stringify(member)}`,
        `Write ${expected}, or remove provider.`,
      );
    }
    if (!allowed.some((name) => name === key)) {
      throw wrong(`${key}: not allowed together with ${names}`, `Remove ${key}. ${FORMS}`);
    }
    if (typeof member !== 'string' || member === '') {
      throw wrong(
        `${key}: expected ${key === 'region' ? 'a region' : 'an ID'}, got ${JSON.stringify(member)}`,
        'Write a string that is not empty.',
      );
    }
  }
  const lacking = needed.find((name) => !has(name));
  if (lacking !== undefined) throw wrong(`\`${lacking}\` is required`, FORMS);

  const kind = kinds.find((one) => clouds.gateway(one).provider === provider) ?? '';
  // Every member was checked, and each provider has such a kind.
  return { ...given, provider: clouds.gateway(kind).provider, kind };
}

const FORMS = 'Write { group, to }, or { api, from, to } with an optional route.';

function wrong(message: string, remedy: string): InvalidInputError {
  return new InvalidInputError('INVALID_INPUT', message, { remedy });
}

/** Problems of severity error of a move back that the move itself does not have. */
export interface WayBack {
  readonly broken: readonly Finding[];
  readonly unknown: readonly Finding[];
}

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
  return {
    ...definition,
    codes: Object.keys(codes),
    texts: codes,
    run: (input) => run(input, sayOf(codes, input.check)),
  };
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
