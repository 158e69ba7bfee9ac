import { MAX_PORT, PORT_REMEDY } from '../../ground/ports.js';
import * as z from 'zod';
import type { Clouds } from '../../do/kinds/cloud/clouds.js';
import type { GatewayKindTraits } from '../../do/kinds/gateway/gateway-traits.js';
import {
  CLOUD_NAME_RULE,
  GATEWAY_ID_RULE,
  HOST_NAME_RULE,
  ID_RULE,
  QUERIED_ID_RULE,
  isName,
  NAME_RULE,
  REGION_RULE,
  ROUTE_KEY_RULE,
  routeKeyRemedy,
  SPEC_ID_RULE,
  TAG_KEY_RULE,
  TAG_VALUE_RULE,
  type TextRule,
} from '../../do/forms/text-rules.js';
import { nearest } from '../../ground/text/nearest.js';

/** `250ms`, `90s`, `10m`, `1h`. */
const DURATION = /^(\d{1,8})(ms|s|m|h)$/;

const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

/** Milliseconds of a text that matches {@link DURATION}; NaN for all others. */
function durationMs(text: string): number {
  const [, digits = 'NaN', unit = ''] = DURATION.exec(text) ?? [];
  return Number(digits) * (UNITS[unit] ?? Number.NaN);
}

/** The shortest text of a duration in milliseconds: `10s`, `250ms`. */
export function durationText(ms: number): string {
  const [unit, size] = Object.entries(UNITS).findLast(([, one]) => ms >= one && ms % one === 0) ?? ['ms', 1];
  return `${ms / size}${unit}`;
}

/** A message and its remedy in one text, since zod's issues have only one: `problemsOf` splits them again. */
export function say(message: string, remedy: string): string {
  return `${message}\n${remedy}`;
}

/**
 * An object with these keys and no others; the error for an unknown key names the key that was most likely intended.
 */
export function strict<Shape extends z.core.$ZodLooseShape>(shape: Shape): z.ZodObject<Shape, z.core.$strict> {
  const known = Object.keys(shape);
  return z.strictObject(shape, {
    error: (issue) => {
      if (issue.code !== 'unrecognized_keys') return undefined;

      const [key = ''] = issue.keys as string[];
      const similar = nearest(key, known);
      const remedy = similar === undefined ? `Known keys are ${known.join(', ')}.` : `Did you mean ${similar}?`;
      return say(`unknown key ${JSON.stringify(key)}`, remedy);
    },
  });
}

/** One of some words; the error for another one names the word that was most likely meant. `more`: what to do besides. */
export function oneOf<T extends string>(
  what: string,
  words: readonly T[],
  more: (given: unknown) => string = () => '',
) {
  return z.enum(words, {
    error: ({ input }) => {
      const similar = typeof input === 'string' ? nearest(input, words) : undefined;
      const remedy =
        similar === undefined ? `Write one of ${words.join(', ')}.${more(input)}` : `Did you mean ${similar}?`;
      return say(`unknown ${what} ${JSON.stringify(input)?.slice(0, 80)}`, remedy);
    },
  });
}

/** A text of a form; another one is refused with the message and the remedy. */
export function text(pattern: RegExp, message: string, remedy: string): z.ZodString {
  return z.string().regex(pattern, { error: say(message, remedy) });
}

/** A text that a rule accepts. */
function ruled({ what, pattern, fault, remedy }: TextRule): z.ZodString {
  return called(what, text(pattern, fault, remedy));
}

/** The name of a project, link, integration or target. ASCII, because marks on the cloud contain it. */
export const name = called(
  NAME_RULE.what,
  text(NAME_RULE.pattern, NAME_RULE.fault, NAME_RULE.remedy).refine(
    (given) => isName(given) || !NAME_RULE.pattern.test(given),
    { error: say('this name is reserved in JavaScript', 'Choose another name.') },
  ),
);

/** The identity of a spec: part of the marks on the cloud. */
export const specId = ruled(SPEC_ID_RULE);

/** An id as a cloud gives it, or an ARN. */
export const id = ruled(ID_RULE);

/** An ID that may carry a query. */
export const queriedId = ruled(QUERIED_ID_RULE);

/** A name on the cloud: printable ASCII. */
export const cloudName = ruled(CLOUD_NAME_RULE);

/** The form of a region: `eu-west-1`. */
export const region = ruled(REGION_RULE);

export const tagKey = ruled(TAG_KEY_RULE);
export const tagValue = ruled(TAG_VALUE_RULE);

/** Tags to look a resource up by. */
const wantedTags = z.record(tagKey, tagValue).refine((tags) => Object.keys(tags).length > 0, {
  error: say('no tag is given', 'Write at least one tag.'),
});

/** Tags to write. */
export const tagsOf = ({ ownTagKey: { pattern, fault, remedy } }: Clouds) =>
  called('tags', z.record(tagKey.regex(pattern, { error: say(fault, remedy) }), tagValue));

function idText(value: unknown): string {
  return typeof value === 'string' ? value : 'the ID';
}

/** An ID, or a look-up that must match exactly one resource. */
export const lookUp = called(
  'look-up',
  z.union(
    [
      id,
      strict({ name: required(cloudName, 'The name of the resource.') }),
      strict({ tag: required(wantedTags, 'Tags of the resource: all of them.') }),
    ],
    {
      error: ({ input }) =>
        typeof input === 'object' && input !== null && 'id' in input
          ? say('an ID is written as plain text, not under `id`', `Write ${idText(input.id)} in place of the map.`)
          : undefined,
    },
  ),
);

const NO_PORT = { error: say('not a valid port', PORT_REMEDY) };

/** A TCP port. Digits as text are accepted as well, because `${env:PORT}` is text. */
export const port = called(
  'port',
  z.union([
    z.int(NO_PORT).min(1, NO_PORT).max(MAX_PORT, NO_PORT),
    z
      .string(NO_PORT)
      .regex(/^[1-9]\d{0,4}$/, NO_PORT)
      .transform(Number)
      .refine((value) => value <= MAX_PORT, NO_PORT),
  ]),
);

const NO_SPAN = {
  error: say('not a valid port or range of ports', 'Write 443, or "8000-8100" with the lower port first.'),
};

/** A range of TCP ports: `8000-8100`. */
export const portSpan = z
  .string()
  .regex(/^[1-9]\d{0,4}-[1-9]\d{0,4}$/, NO_SPAN)
  .refine((text) => {
    const [from = 0, to = 0] = text.split('-').map(Number);
    return !(from > to || to > MAX_PORT);
  }, NO_SPAN);

/** A length of time: `90s`, `10m`. */
export const duration = called(
  'duration',
  text(DURATION, 'not a valid duration', 'Write it as in 90s, 10m or 1h; the maximum is one day.')
    .transform(durationMs)
    .refine((ms) => ms >= 1, { error: say('the duration is zero', 'Write a duration above zero, as in 90s.') })
    .refine((ms) => ms <= 86_400_000, { error: say('the duration is too long', 'The maximum is one day.') }),
);

/** `$default`, or a method and a path: `ANY /orders/{proxy+}`. */
export const routeKey = called(
  ROUTE_KEY_RULE.what,
  z.string().regex(ROUTE_KEY_RULE.pattern, {
    error: ({ input }) => say(ROUTE_KEY_RULE.fault, routeKeyRemedy(String(input)) ?? ROUTE_KEY_RULE.remedy),
  }),
);

/** A DNS name. */
export const hostName = ruled(HOST_NAME_RULE);

/** A CIDR block. `parseSpec` parses it. The schema accepts any text, so that the error is that of the CIDR parser. */
export const cidrBlock = called('CIDR block', z.string());

/** The ID of a gateway of any kind. */
export const gatewayId = ruled(GATEWAY_ID_RULE);

export const gatewayIdOf = ({ ids, example }: Pick<GatewayKindTraits, 'ids' | 'example'>) =>
  ids === undefined
    ? gatewayId
    : ruled({ ...GATEWAY_ID_RULE, pattern: ids, remedy: `Write its ID, such as ${example}.` });

const NO_NUMBER = { error: say('not a number from 0', 'Write a number, such as 100.') };

/** A limit of calls. */
export const limit = called('number', z.number(NO_NUMBER).min(0, NO_NUMBER));

/**
 * What the reference and editors show about a key, in addition to its meaning. `docs/spec.md` and the JSON
 * Schema are generated from it.
 */
export interface KeyNotes {
  /** Values that the parser accepts. */
  readonly examples?: readonly unknown[] | undefined;
  /** What holds where the key is not written: a phrase without a full stop. */
  readonly absent?: string | undefined;
  /** The title of the cloud that the key applies to, where it is one of several. */
  readonly cloud?: string | undefined;
}

/** A key that may be left out. Notes are added to the new schema alone: no schema is copied for them. */
export function optional<S extends z.ZodType>(schema: S, description: string, notes: KeyNotes = {}): z.ZodOptional<S> {
  return noted(schema.optional(), withNotes(description, notes));
}

/** A key that must be written. */
export function required<S extends z.ZodType>(schema: S, description: string, notes: KeyNotes = {}): S {
  return noted(schema.clone(), withNotes(description, notes));
}

/**
 * A schema whose values have this name in the reference, such as `region`. It must be new, because the name
 * is added to it.
 */
export function called<S extends z.ZodType>(valueType: string, schema: S): S {
  return noted(schema, { valueType });
}

/**
 * Zod omits `examples` of values that the schema transforms. These are the values that users write, so they
 * have a separate name.
 */
function withNotes(description: string, { examples, ...rest }: KeyNotes): Readonly<Record<string, unknown>> {
  return { description, shown: examples, ...rest };
}

function noted<S extends z.ZodType>(schema: S, notes: Readonly<Record<string, unknown>>): S {
  z.globalRegistry.add(schema, notes);
  return schema;
}
