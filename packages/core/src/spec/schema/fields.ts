import * as z from 'zod';
import { isName } from '../../model/marks.js';
import { nearest } from '../../text/nearest.js';
import { durationMs, DURATION } from './duration.js';
import { called, required } from './notes.js';
import { GATEWAY_ID, ID, REGION, ANY_ROUTE_KEY } from './patterns.js';

/** A message and its remedy in one text, since zod's issues have only one: `problemsOf` splits them again. */
export function say(message: string, remedy: string): string {
  return `${message}\n${remedy}`;
}

/**
 * An object with these keys and no others; the error for an unknown key names the key that was most likely
 * intended.
 */
export function strict<Shape extends z.core.$ZodLooseShape>(shape: Shape): z.ZodObject<Shape, z.core.$strict> {
  const known = Object.keys(shape);
  return z.strictObject(shape, {
    error: (issue) => {
      if (issue.code !== 'unrecognized_keys') return undefined;
      const [key = ''] = issue.keys as string[];
      const meant = nearest(key, known);
      const remedy = meant === undefined ? `Known keys are ${known.join(', ')}.` : `Did you mean ${meant}?`;
      return say(`unknown key ${JSON.stringify(key)}`, remedy);
    },
  });
}

export function text(pattern: RegExp, message: string, remedy: string): z.ZodString {
  return z.string().regex(pattern, { error: say(message, remedy) });
}

const NAME_REMEDY = 'Use 1 to 63 ASCII letters, digits, ".", "_" and "-", beginning with a letter or digit.';

const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$/;

/** The name of a project, link, integration or target. ASCII, because marks on the cloud contain it. */
export const name = called(
  'name',
  text(NAME, 'not a valid name', NAME_REMEDY).refine((given) => isName(given) || !NAME.test(given), {
    error: say('this name is reserved in JavaScript', 'Choose another name.'),
  }),
);

/** The identity of a spec: part of the marks on the cloud. */
export const specId = called(
  'spec identity',
  text(
    /^[a-z0-9](?:[a-z0-9-]{0,30}[a-z0-9])?$/,
    'not a valid spec identity',
    'Use 1 to 32 lower-case letters, digits and hyphens; no hyphen first or last: orders-7f3k2q.',
  ),
);

/** An id as a cloud gives it, or an ARN. ASCII without blanks, so that look-alike letters cannot hide in it. */
export const id = called(
  'ID',
  text(
    ID,
    'not a valid ID',
    'Use ASCII letters, digits and a few signs, or write { name: … } to look a resource up by its name.',
  ),
);

/** A name on the cloud: printable ASCII. */
export const cloudName = called(
  'cloud name',
  text(/^[!-~](?:[ -~]{0,253}[!-~])?$/, 'not a valid name on the cloud', 'Use printable ASCII.'),
);

/** Lower-case words and digits joined by hyphens: it becomes part of a host name. */
export const region = called('region', text(REGION, 'not a valid region', 'Write it as in eu-west-1 or cn-hangzhou.'));

export const tagKey = called('tag key', text(/^[^\p{C}]{1,128}$/u, 'not a valid tag key', 'Use 1 to 128 characters.'));
export const tagValue = called(
  'tag value',
  text(/^[^\p{C}]{0,256}$/u, 'not a valid tag value', 'Use at most 256 characters.'),
);

/** Tags to look a resource up by. */
const wantedTags = z.record(tagKey, tagValue).refine((tags) => Object.keys(tags).length > 0, {
  error: say('no tag is given', 'Write at least one tag.'),
});

/** Tags to write. Keys that begin with `aws:` belong to AWS, and `postern:` to the marks. */
export const tags = called(
  'tags',
  z.record(
    tagKey.regex(/^(?!(?:aws|acs|postern):)/i, {
      error: say('tag keys that begin with aws:, acs: or postern: are reserved', 'Choose another key.'),
    }),
    tagValue,
  ),
);

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

const NO_PORT = { error: say('not a valid port', 'Write a port from 1 to 65535.') };

/** A TCP port. Digits as text are accepted as well, because `${env:PORT}` is text. */
export const port = called(
  'port',
  z.union([
    z.int(NO_PORT).min(1, NO_PORT).max(65_535, NO_PORT),
    z
      .string(NO_PORT)
      .regex(/^[1-9]\d{0,4}$/, NO_PORT)
      .transform(Number)
      .refine((value) => value <= 65_535, NO_PORT),
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
    return !(from > to || to > 65_535);
  }, NO_SPAN);

/** A length of time: `90s`, `10m`. */
export const duration = called(
  'duration',
  text(DURATION, 'not a valid duration', 'Write it as in 90s, 10m or 1h; the maximum is one day.')
    .transform(durationMs)
    .refine((ms) => ms >= 1 && ms <= 86_400_000, { error: say('the duration is too long', 'The maximum is one day.') }),
);

/** `$default`, or a method and a path: `ANY /orders/{proxy+}`. */
export const routeKey = called(
  'route key',
  text(
    ANY_ROUTE_KEY,
    'not a valid route key',
    "Write the method and the path, such as 'ANY /orders/{proxy+}', or $default.",
  ),
);

/** A DNS name. */
export const hostName = called(
  'host name',
  text(
    /^(?=.{1,253}$)(?:\*\.)?(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)*[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?$/,
    'not a valid host name',
    'Write it as in orders.internal.',
  ),
);

/**
 * A CIDR block. `parseSpec` parses it. The schema accepts any text, so that the error is that of the CIDR
 * parser.
 */
export const cidrBlock = called('CIDR block', z.string());

/** The id of an API or API group. */
export const gatewayId = called(
  'gateway ID',
  text(GATEWAY_ID, 'expected a gateway ID', 'Write its ID, such as a1b2c3d4e5.'),
);
