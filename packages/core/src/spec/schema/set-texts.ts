import type { Cloud } from '../../do/kinds/cloud/cloud.js';
import type { Clouds } from '../../do/kinds/cloud/clouds.js';
import type { SharedKey } from '../../do/kinds/cloud/spec-keys.js';
import type { KeyNotes } from './fields.js';

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
export const once = <T>(values: readonly T[]): readonly T[] => [...new Set(values)];

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
