import * as z from 'zod';
import type { AnyOf, CloudTypes, Written } from '../../do/kinds/cloud/cloud-types.js';
import type { Clouds } from '../../do/kinds/cloud/clouds.js';
import { cidrBlock, hostName, port, say, strict, optional, type KeyNotes } from './fields.js';
import { formOf } from './key-forms.js';
import type { Cloud } from '../../do/kinds/cloud/cloud.js';
import type { SharedKey } from '../../do/kinds/cloud/spec-keys.js';

/** What targets of all clouds have. */
const shared = {
  tls: optional(
    strict({
      serverName: optional(hostName, "The name that the backend's certificate must cover.", {
        examples: ['orders.internal'],
        absent: 'no name is verified',
      }),
    }),
    'Calls to the backend use HTTPS. `{}` is HTTPS without a server name.',
    { examples: [{ serverName: 'orders.internal' }, {}], absent: 'HTTP' },
  ),
  admits: optional(
    z.array(cidrBlock).max(1000),
    "CIDR blocks that the backend's own firewall allows. Only for firewalls that no API of the cloud shows. Checks compare it with the link's addresses.",
    { examples: [['10.20.0.0/20']], absent: "the backend's own firewall is not checked" },
  ),
  path: optional(
    z.literal('keep'),
    '`keep`: Postern does not set the path of the backend request. HTTP APIs then put the name of the stage in it, or the key of a mapping of a custom domain.',
    { examples: ['keep'], absent: "the path of the request, without the stage's name" },
  ),
};

type Shared = z.ZodObject<typeof shared, z.core.$strict>;

/** A target as a program writes it, on one of some clouds. */
export type TargetInput<T extends CloudTypes = CloudTypes> = Written<z.input<Shared>, never> &
  Written<AnyOf<T['target']>>;

/** A target that fits the schema: with the key of its kind. */
export type CheckedTarget = z.output<Shared> & { readonly port?: number | undefined } & Readonly<
    Record<string, unknown>
  >;

/** A target as it is written, by the kinds of a set. */
export const targetOf = (set: Clouds): z.ZodType<CheckedTarget, TargetInput> => {
  const keys = set.targetKeys;
  const withPort = keys.filter((key) => set.target(key).hasPort);
  const others = keys.filter((key) => !withPort.includes(key));
  const having = (some: readonly string[]) => set.all.filter(({ targets }) => some.some((key) => key in targets));
  const references = keys.map((key) => {
    const clouds = having([key]);
    const kinds = clouds.flatMap(({ targets }) => targets[key] ?? []);
    const cloud = onlyOf(set, clouds);
    return [
      key,
      optional(formOf(set.target(key).form, cloud), once(kinds.map(({ about }) => about)).join(' '), {
        examples: kinds.flatMap(({ examples = [] }) => examples),
        absent: 'another key names the target',
        cloud,
      }),
    ] as const;
  });
  const refused = others.length === 0 ? '' : ', refused with others';
  const portField = optional(port, `The port of the backend. Required with ${quoted(withPort)}${refused}.`, {
    examples: [8080],
    absent: others.length === 0 ? 'the target is refused' : `the port of the ${listed(others, 'or')}`,
    cloud: onlyOf(set, having(withPort)),
  });
  const shape: Record<string, z.ZodType> = {
    ...Object.fromEntries(references),
    ...(withPort.length === 0 ? {} : { port: portField }),
    ...shared,
  };
  const target = strict(shape)
    .refine((value) => exactlyOne(value, keys), {
      error: say(`a target is one of ${listed(keys, 'and')}`, 'Name exactly one.'),
    })
    .refine((value) => (value['port'] !== undefined) === withPort.some((key) => value[key] !== undefined), {
      error: say(
        `${listed(withPort, 'and')} ${withPort.length === 1 ? 'requires' : 'require'} a port${others.length === 0 ? '' : `, ${listed(others, 'and')} ${others.length === 1 ? 'does' : 'do'} not accept one`}`,
        'Add the port, or remove it.',
      ),
    });
  return target as unknown as z.ZodType<CheckedTarget, TargetInput>;
};

/** `a`, `a or b`, `a, b or c`. */
export const listed = (words: readonly string[], last: 'and' | 'or'): string =>
  [words.slice(0, -1).join(', '), ...words.slice(-1)].filter((one) => one !== '').join(` ${last} `);

/** Keys in a sentence: `` `a`, `b` and `c` ``. */
export const quoted = (keys: readonly string[], last: 'and' | 'or' = 'and'): string =>
  listed(
    keys.map((key) => `\`${key}\``),
    last,
  );

/** Each text once. */
const once = <T>(values: readonly T[]): readonly T[] => [...new Set(values)];

/** Whether exactly one of the keys is there. */
export const exactlyOne = (value: object, keys: readonly string[]): boolean =>
  keys.filter((key) => (value as Record<string, unknown>)[key] !== undefined).length === 1;

/** The title of the one cloud of several that something is of; undefined where it is of more, of none, or the set has no other. */
export function onlyOf(set: Clouds, having: readonly Cloud[]): string | undefined {
  const [cloud, ...others] = having;
  return others.length === 0 && set.all.length > 1 ? cloud?.title : undefined;
}

/** What core itself says of a key. */
interface CoreText extends KeyNotes {
  /** The sentences; as a function, of what each cloud of the set says in them, and what each says after them. */
  readonly about: string | ((parts: readonly string[], more: readonly string[]) => string);
  /** Whether only the clouds that say something of it have it. */
  readonly isOfSome?: true;
}

/** What is shown of a key that all clouds have: what core says, and the clouds of a set, in its order. */
export function textOf(
  set: Clouds,
  key: SharedKey,
  { about, absent, examples, cloud, isOfSome }: CoreText,
): readonly [description: string, notes: KeyNotes] {
  const having = set.all.filter(({ keys }) => keys?.shared?.[key] !== undefined);
  const said = having.flatMap(({ keys }) => keys?.shared?.[key] ?? []);
  const all = <K extends 'about' | 'more' | 'part' | 'absent'>(member: K) =>
    once(said.flatMap((one) => one[member] ?? []));
  const own = all('about');
  const more = all('more');
  const sentences =
    typeof about === 'function' ? [about(all('part'), more), ...own] : [...(own.length > 0 ? own : [about]), ...more];
  const given = said.flatMap((one) => one.examples ?? []);
  const without = all('absent');
  return [
    sentences.join(' '),
    {
      examples: given.length > 0 ? given : examples,
      absent: without.length > 0 ? without.join(' or ') : absent,
      cloud: isOfSome === true ? onlyOf(set, having) : cloud,
    },
  ];
}

/** What each cloud of a set says in one sentence: `10m (AWS), 25m (Alibaba Cloud)`; of one cloud alone `10m`. */
export function eachSays(set: Clouds, key: SharedKey): readonly string[] {
  const said = set.all.flatMap(({ title, keys }) => {
    const part = keys?.shared?.[key]?.part;
    return part === undefined ? [] : [{ title, part }];
  });
  return set.all.length === 1 ? said.map(({ part }) => part) : said.map(({ title, part }) => `${part} (${title})`);
}
