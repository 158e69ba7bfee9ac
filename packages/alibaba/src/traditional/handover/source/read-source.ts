import { InvalidInputError, isObject, jsonIn, PosternError, hashJson } from '@postern/core/internal/adapter';
import { HANDOVER_SOURCE_VERSION, type HandoverSource } from './source.js';

const LISTS = [
  'stages',
  'apis',
  'accesses',
  'namedBackends',
  'plugins',
  'throttles',
  'ipControls',
  'signatures',
  'apps',
  'authorizations',
  'gaps',
] as const satisfies readonly (keyof HandoverSource)[];

/**
 * Reads the text of a saved source.
 * @throws {InvalidInputError} `INVALID_INPUT` for another text. {PosternError} `UNSUPPORTED_VERSION`
 */
export function readHandoverSource(
  text: string,
  { file }: { readonly file?: string | undefined } = {},
): HandoverSource {
  const place = file === undefined ? {} : { place: { file } };
  const value = parsed(text);
  if (value?.version !== undefined && value.version !== HANDOVER_SOURCE_VERSION) {
    throw new PosternError(
      'UNSUPPORTED_VERSION',
      `the source of the hand-over has version ${String(value.version)}, not ${HANDOVER_SOURCE_VERSION}`,
      { ...place, remedy: 'Read the group again with this version.' },
    );
  }

  const missing = value === undefined ? 'version' : missingIn(value);
  if (missing === undefined) return value as HandoverSource;

  throw new InvalidInputError('INVALID_INPUT', `this is not a saved source of a hand-over: ${missing} is missing`, {
    ...place,
    remedy: 'Name a file that `postern handover assess --save-source` wrote.',
  });
}

function missingIn(value: Partial<HandoverSource>): string | undefined {
  const texts = (['takenAt', 'provider', 'region', 'account'] as const).find((name) => typeof value[name] !== 'string');
  const objects = (['group', 'variables'] as const).find(
    (name) => typeof value[name] !== 'object' || value[name] === null,
  );
  return (
    texts ??
    objects ??
    LISTS.find((name) => !Array.isArray(value[name])) ??
    (Array.isArray(value.group?.domains) ? undefined : 'group.domains')
  );
}

function parsed(text: string): Partial<HandoverSource> | undefined {
  const value = jsonIn(text);
  return isObject(value) ? value : undefined;
}

/**
 * The fingerprint of what is handed over: the same for a group without edits, whenever it was read and in whichever order.
 * Values of variables are part of it. The instants at which addresses were resolved are not, and what was measured is not.
 */
export function sourceDigest(source: HandoverSource): string {
  const { takenAt: _taken, gaps, instance, ...rest } = source;
  const ordered = Object.fromEntries(
    Object.entries(rest).map(([name, value]) => [
      name,
      Array.isArray(value) ? inOrder(value as readonly object[]) : value,
    ]),
  );
  const accesses = inOrder(
    source.accesses.map(({ resolved, ...access }) => ({
      ...access,
      resolved: resolved.is === 'found' ? { is: resolved.is, address: resolved.address } : { is: resolved.is },
    })),
  );
  const { peak: _peak, ...fixed } = instance ?? {};
  return hashJson({
    ...ordered,
    ...(instance === undefined ? {} : { instance: fixed }),
    accesses,
    gaps: inOrder(gaps.map(({ part, id = '' }) => ({ part, id }))),
  });
}

/** Items by their text: lists of a source have no order of their own. */
function inOrder<T extends object | string>(items: readonly T[]): readonly T[] {
  return items
    .map((item) => ({ item, key: JSON.stringify(item) }))
    .toSorted((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
    .map(({ item }) => item);
}
