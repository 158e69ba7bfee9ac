import { InvalidInputError } from '../errors.js';
import type { GroupMigration, Migration, RouteMigration } from './migration.js';

/** A migration whose provider is said. */
export type NamedMigration =
  (GroupMigration & { readonly provider: 'alibaba' }) | (RouteMigration & { readonly provider: 'aws' });

/** What each provider's migrations name, and the member that tells them apart. */
const MEMBERS = {
  alibaba: { names: 'group', needed: ['group', 'to'], allowed: ['provider', 'region', 'group', 'to'] },
  aws: {
    names: 'api',
    needed: ['api', 'from', 'to'],
    allowed: ['provider', 'region', 'api', 'route', 'from', 'to'],
  },
} as const;

/**
 * Reads what is to move, as code without types may write it, too: an API group is of Alibaba Cloud, an HTTP API of AWS.
 * @throws {InvalidInputError} `INVALID_INPUT` for what names neither or both, lacks a member, or has one that is no text or means nothing.
 */
export function readMigration(given: Migration): NamedMigration {
  const value: unknown = given;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw wrong('a migration is an object', FORMS);
  }
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  const has = (name: string): boolean => members.some(([key]) => key === name);
  if (has('group') === has('api')) {
    throw wrong(
      has('group') ? 'a migration names an API group and an HTTP API' : 'a migration names nothing to move',
      FORMS,
    );
  }
  const provider = has('group') ? 'alibaba' : 'aws';
  const { names, needed, allowed } = MEMBERS[provider];
  for (const [key, member] of members) {
    if (key === 'provider' && member !== provider) {
      throw wrong(
        `provider: ${JSON.stringify(member)} does not go with ${names}`,
        `Write ${JSON.stringify(provider)}, or leave it out.`,
      );
    }
    if (!allowed.some((name) => name === key)) {
      throw wrong(`${key}: means nothing together with ${names}`, `Leave it out: ${FORMS}`);
    }
    if (typeof member !== 'string' || member === '') {
      throw wrong(`${key}: ${JSON.stringify(member)} is no ${key === 'region' ? 'region' : 'id'}`, 'Write it as text.');
    }
  }
  const lacking = needed.find((name) => !has(name));
  if (lacking !== undefined) throw wrong(`a migration does not say ${lacking}`, FORMS);
  // Every member was looked at; which there are follows from the provider.
  return { ...given, provider } as NamedMigration;
}

const FORMS = 'Write { group, to }, or { api, route, from, to } with or without a route.';

function wrong(message: string, remedy: string): InvalidInputError {
  return new InvalidInputError('INVALID_INPUT', message, { remedy });
}
