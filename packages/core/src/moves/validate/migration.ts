import { gatewaySpec } from '../../do/kinds/cloud/gateway-kinds.js';
import { checkArgument } from '../../do/forms/check-argument.js';
import { list, strict, type Infer } from '../../do/forms/form.js';
import { choice, optionalText, text, resourceId } from '../../do/forms/values.js';
import { isObject } from '../../ground/json.js';
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

const groupMigration = {
  /** The cloud. By default the first of the set whose gateways move so: Alibaba Cloud. */
  provider: optionalText,
  /** Needed where the snapshot shows the group in several regions. */
  region: optionalText,
  /** The ID of the gateway, such as an API group's. */
  group: resourceId,
  /** The ID of the instance that it is to move to. */
  to: resourceId,
};

/** A gateway that moves as a whole, and the link to which it is to move: an API group of Alibaba Cloud, and its instance. */
export interface GroupMigration extends Infer<typeof groupMigration> {}

const routeMigration = {
  /** The cloud. By default the first of the set whose routes move so: AWS. */
  provider: optionalText,
  /** Needed where the snapshot shows the API in several regions. */
  region: optionalText,
  /** The ID of the gateway, such as an HTTP API's. */
  api: resourceId,
  /** One route's key; undefined: all routes that use `from`. */
  route: optionalText,
  /** The IDs of the links. */
  from: resourceId,
  to: resourceId,
};

/** Routes of a gateway that move one by one, and the link that they are to use: those of an HTTP API of AWS, and its VPC link. */
export interface RouteMigration extends Infer<typeof routeMigration> {}

/** What is to move where: `{ group, to }`, or `{ api, route?, from, to }`. */
export type Migration = GroupMigration | RouteMigration;

const FORMS = {
  group: strict<GroupMigration>()(groupMigration),
  api: strict<RouteMigration>()(routeMigration),
};

/** The key that names the gateway says which kind of migration it is. */
export const migrationForm = choice<Migration>(
  '{ group, to }, or { api, from, to } with an optional route',
  (given) => {
    const key = (['group', 'api'] as const).find((name) => isObject(given) && Object.hasOwn(given, name));
    return key && FORMS[key];
  },
);

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

const acceptedUnknown = { check: text, subject: optionalText };

/** A result that may remain unproven without stopping the move: `CHECK` or `CHECK:SUBJECT`. */
export interface AcceptedUnknown extends Infer<typeof acceptedUnknown> {}

export const acceptedUnknowns = list(strict<AcceptedUnknown>()(acceptedUnknown));

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

/** The kinds of gateway that move as a whole (`group`), or route by route (`api`), in the order of the clouds. */
function movingKinds(clouds: Clouds, names: keyof typeof FORMS): readonly GatewayKind[] {
  return clouds.gatewayKinds.filter((kind) => {
    const { movesAsOne, routesMove } = clouds.gateway(kind);
    return names === 'group' ? movesAsOne : routesMove === true;
  });
}

/**
 * Reads and validates a migration, also from untyped code: an API group is of Alibaba Cloud, an HTTP API of
 * AWS, unless a provider is named whose gateways move so.
 * @throws {InvalidInputError} `INVALID_INPUT` for one that does not have its form, or whose cloud moves no gateways so
 */
export function readMigration(given: Migration, clouds: Clouds): NamedMigration {
  checkArgument('migration', 'request', migrationForm, given);
  const names = 'group' in given ? 'group' : 'api';
  const kinds = movingKinds(clouds, names);
  const providers = [...new Set(kinds.map((kind) => clouds.gateway(kind).provider))];
  const provider = given.provider ?? providers[0];
  const kind = kinds.find((one) => clouds.gateway(one).provider === provider);
  if (provider !== undefined && kind !== undefined) return { ...given, provider, kind };

  if (providers.length === 0) {
    const titles = clouds.all.map(({ title }) => title).join(', ');
    const message = `${names}: ${names === 'group' ? 'no gateway moves as a whole' : 'no routes move'} on ${titles}`;
    throw new InvalidInputError('INVALID_INPUT', message, { remedy: 'Name a gateway of another cloud.' });
  }

  throw otherProvider(provider, providers, ` with ${names}`);
}

/** The error for a provider whose gateways do not move so. */
export function otherProvider(given: unknown, providers: readonly string[], where = ''): InvalidInputError {
  const expected = providers.map((name) => JSON.stringify(name)).join(' or ') || 'no provider';
  const message = `provider: expected ${expected}${where}, got ${JSON.stringify(given)}`;
  const remedy = providers.length === 0 ? 'Name one gateway.' : `Write ${expected}, or remove provider.`;
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
  /** Problems that only a move back has, computed on request; undefined if the gateway's current link is not known. */
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
