import type { Clouds } from '../../do/kinds/cloud/clouds.js';
import { InvalidInputError } from '../../ground/errors.js';
import type { GatewaySpec } from '../../do/model/gateway.js';
import type { GatewayKind } from '../../do/model/gateway-kind.js';
import type { GroupMigration, Migration, RouteMigration } from './migration.js';

/** A migration with its provider, and the kind of gateway that moves so there. */
export type NamedMigration = (GroupMigration | RouteMigration) & {
  readonly provider: string;
  readonly kind: GatewayKind;
};

/** The ID of the gateway that moves, or whose routes move. */
export function movedId(migration: Migration): string {
  return 'group' in migration ? migration.group : migration.api;
}

/** How a spec names the gateway of a migration. @throws as {@link readMigration} */
export function gatewayOfMigration(given: Migration, clouds: Clouds): GatewaySpec {
  const { kind } = readMigration(given, clouds);
  return clouds.gatewaySpec({ kind, id: movedId(given) });
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
