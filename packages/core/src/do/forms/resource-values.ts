import { MAX_PORT } from '../../ground/ports.js';
import type { Json } from '../../ground/json.js';
import { flag, optionalFlag, optionalText, strings, text } from './values.js';
import { isDoubtful, membersOf } from './lists.js';
import { ignoredForPaths, optional, value, valueKind, type Form, type OptionalForm } from './form.js';

export { flag, optionalFlag, optionalText, strings, text };
/** What clouds and people call or note. */
export const remark = ignoredForPaths(text);
export const tags = ignoredForPaths(strings);

/** What a cloud calls a resource: a text that is not empty. */
export const id: Form<string> = value('an id', (given) => typeof given === 'string' && given !== '', {
  type: 'string',
  minLength: 1,
});

/** A whole number in a range. */
function whole(least: number, most: number): Form<number> {
  return value(
    `a whole number from ${least} to ${most}`,
    (given) =>
      Number.isSafeInteger(given) &&
      !isDoubtful(given as number) &&
      (given as number) >= least &&
      (given as number) <= most,
    { type: 'integer', minimum: least, maximum: most },
  );
}

export const integer = whole(Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER);
/** A whole number from 0. */
export const count = whole(0, Number.MAX_SAFE_INTEGER);
/** A port, or -1 where a rule has none (ICMP, all protocols). */
export const port = whole(-1, MAX_PORT);
export const number: Form<number> = {
  check: (given, walk) => {
    if (typeof given !== 'number') walk.add(`expected a number, found ${valueKind(given)}`);
    walk.members += membersOf(given);
  },
  fits: (given) => typeof given === 'number' && !isDoubtful(given),
  schema: { type: 'number' },
};

const OCTET = '(?:25[0-5]|2[0-4]\\d|[01]?\\d?\\d)';
const BLOCK = new RegExp(
  `^(?:|(?=\\d)${OCTET}(?:\\.(?=\\d)${OCTET}){3}(?:/(?:3[0-2]|[0-2]?\\d))?|` +
    '(?=.*:)[0-9A-Fa-f:.]{2,45}(?:/(?:12[0-8]|1[01]\\d|\\d?\\d))?)$',
);

/**
 * An address block in any spelling of a cloud: host bits, leading zeros, a bare address. Empty where the
 * cloud gave none, as for the IPv4 block of a subnet that has only IPv6.
 */
export const block: Form<string> = value(
  'an address block such as 10.0.0.0/16',
  (given) => typeof given === 'string' && BLOCK.test(given),
  { type: 'string', pattern: BLOCK.source },
);

const DESTINATION = new RegExp(
  `^(?:|(?=\\d)${OCTET}(?:\\.(?=\\d)${OCTET}){3}/(?:3[0-2]|[0-2]?\\d)|` +
    '(?=.*:)[0-9A-Fa-f:.]{2,45}/(?:12[0-8]|1[01]\\d|\\d?\\d))$',
);

/**
 * The destination of a route: a block with its length, since both clouds always write it and a bare address
 * would count as a single host. Empty where the cloud gave none.
 */
export const destination: Form<string> = value(
  'a block with a length such as 10.0.0.0/16',
  (given) => typeof given === 'string' && DESTINATION.test(given),
  { type: 'string', pattern: DESTINATION.source },
);

const PROTOCOL = /^(?:-1|25[0-5]|2[0-4]\d|1?\d?\d|[A-Za-z][\w-]*)$/;

/** A protocol as clouds write it, in upper or lower case: EC2 returns names and numbers, ECS only names. A name may be new. */
export const protocol: Form<string> = value(
  'a protocol such as tcp, 6 or all',
  (given) => typeof given === 'string' && PROTOCOL.test(given),
  { type: 'string', pattern: PROTOCOL.source },
);

const LISTED_PROTOCOL =
  /^(?:-?\d+|all|tcp|udp|icmp|icmpv6|icmp6|ipv6-icmp|igmp|ipv4|ipip|ipencap|ipv6|gre|esp|ah|sctp|dccp|ospf|ospfigp|pim|vrrp|l2tp|udplite|egp|eigrp|rsvp)$/i;

/**
 * Whether a protocol is a number or one of the names that are registered. Whether a rule of another one is about TCP is unknown.
 * @see https://www.iana.org/assignments/protocol-numbers/protocol-numbers.xhtml
 */
export function isListedProtocol(protocol: string): boolean {
  return LISTED_PROTOCOL.test(protocol);
}

const ADDRESS = new RegExp(`^(?:(?=\\d)${OCTET}(?:\\.(?=\\d)${OCTET}){3}|(?=.*:)[0-9A-Fa-f:.]{2,45})$`);

/** An address, IPv4 or IPv6. */
export const address: Form<string> = value(
  'an address such as 10.0.0.4',
  (given) => typeof given === 'string' && ADDRESS.test(given),
  { type: 'string', pattern: ADDRESS.source },
);

const MOMENT = /^\d{4}-\d{2}-\d{2}T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?Z$/;

/** A time in ISO 8601, in UTC. A date that does not exist is invalid. */
export const moment: Form<string> = value(
  'a moment such as 2026-06-01T00:00:00Z',
  (given) => {
    if (typeof given !== 'string' || !MOMENT.test(given)) return false;

    const midnight = new Date(`${given.slice(0, 10)}T00:00:00Z`);
    return !Number.isNaN(midnight.getTime()) && midnight.toISOString().startsWith(given.slice(0, 10));
  },
  { type: 'string', format: 'date-time', pattern: MOMENT.source },
);

/** No value of any form is inside more objects and lists of a form than this. */
const LEVELS_OF_FORMS = 16;

/** Any value. Its members are counted, and its numbers and depth are looked at. */
const anything: Pick<Form<never>, 'check' | 'fits'> = {
  check: (given, walk) => {
    walk.members += membersOf(given, LEVELS_OF_FORMS);
  },
  fits: (given) => given === null || (typeof given !== 'object' && typeof given !== 'number'),
};

/** Any JSON value: what was parsed is one. */
export const json: Form<Json> = { ...anything, schema: {} };
/** The cloud's own object: it may have any structure and is not checked. A snapshot holds it only where that was asked for. */
export const raw: OptionalForm<unknown> = optional({ ...anything, schema: {} });
