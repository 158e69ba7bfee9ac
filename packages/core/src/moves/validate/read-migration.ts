import { InvalidInputError } from '../../ground/errors.js';
import type { GroupMigration, Migration, RouteMigration } from './migration.js';

/** A migration with its provider. */
export type NamedMigration =
  (GroupMigration & { readonly provider: 'alibaba' }) | (RouteMigration & { readonly provider: 'aws' });

/** The members of each provider's migrations, and the member that distinguishes them. */
const MEMBERS = {
  alibaba: { names: 'group', needed: ['group', 'to'], allowed: ['provider', 'region', 'group', 'to'] },
  aws: {
    names: 'api',
    needed: ['api', 'from', 'to'],
    allowed: ['provider', 'region', 'api', 'route', 'from', 'to'],
  },
} as const;

/**
 * Reads and validates a migration, also from untyped code: an API group is of Alibaba Cloud, an HTTP API of
 * AWS.
 * @throws {InvalidInputError} `INVALID_INPUT` for an input that names neither or both, lacks a member, or has
 *   one that is not a string or has no meaning.
 */
export function readMigration(given: Migration): NamedMigration {
  const value: unknown = given;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw wrong('a migration must be an object', FORMS);
  }
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  const has = (name: string): boolean => members.some(([key]) => key === name);
  if (has('group') === has('api')) {
    throw wrong(has('group') ? 'expected `group` or `api`, got both' : '`group` or `api` is required', FORMS);
  }
  const provider = has('group') ? 'alibaba' : 'aws';
  const { names, needed, allowed } = MEMBERS[provider];
  for (const [key, member] of members) {
    if (key === 'provider' && member !== provider) {
      throw wrong(
        `provider: expected ${JSON.stringify(provider)} with ${names}, got ${JSON.stringify(member)}`,
        `Write ${JSON.stringify(provider)}, or remove provider.`,
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
  // Every member was checked; the provider determines which ones exist.
  return { ...given, provider } as NamedMigration;
}

const FORMS = 'Write { group, to }, or { api, from, to } with an optional route.';

function wrong(message: string, remedy: string): InvalidInputError {
  return new InvalidInputError('INVALID_INPUT', message, { remedy });
}
