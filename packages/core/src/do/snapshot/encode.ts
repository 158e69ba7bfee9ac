import { MAX_JSON_DEPTH } from '../../ground/json.js';
import { jsonText } from '../../ground/text/json-text.js';
import { checkArgument } from '../forms/check-argument.js';
import { snapshotArgument } from './snapshot-argument.js';
import { hideValues } from './hide-values.js';
import { redactSnapshot, type AccountMasks } from './redact.js';
import { NOT_SHOWN, secretMembers, withoutKnownSecrets, withoutSecrets } from '../../ground/text/secrets.js';
import type { Snapshot } from './snapshot.js';
import { sortSnapshot } from './arrange.js';

/** How a snapshot is written as JSON. */
export interface EncodeOptions {
  /** Puts masks in the place of account ids; see `redactSnapshot`. A map keeps the masks of several files the same. */
  readonly redact?: boolean | AccountMasks | undefined;
  /**
   * Includes the clouds' own objects (`raw`). Code does not use them, they are most of a file, and they
   * change with every reading. They are omitted by default, and always where account IDs are masked.
   */
  readonly raw?: boolean | undefined;
}

/**
 * A snapshot as the text of a file: canonical JSON, equal for the same state in any order of reading, so that
 * two files can be compared line by line. Members are sorted; so are lists whose order has no meaning. In the lists of a
 * region, an object of only texts and numbers, such as a rule or a route, is on one line. A value that looks like a
 * secret, by its name or its form, is replaced. A tag with the key `__proto__`, which readers of such files
 * refuse, is written as `(__proto__)`.
 *
 * ```ts
 * writeFileSync('snapshot.json', encodeSnapshot(snapshot));
 * ```
 */
export function encodeSnapshot(snapshot: Snapshot, options: EncodeOptions = {}): string {
  return [...encodeSnapshotChunks(snapshot, options)].join('');
}

/** As {@link encodeSnapshot}, in pieces of some kilobytes: a snapshot of a large account need not be one text. */
export function* encodeSnapshotChunks(snapshot: Snapshot, options: EncodeOptions = {}): Generator<string, void> {
  checkArgument('encodeSnapshot', 'snapshot', snapshotArgument, snapshot);
  const { redact = false, raw = false } = options;
  const sorted = hideValues(sortSnapshot(snapshot), 'secrets');
  const shown = redact === false ? sorted : redactSnapshot(sorted, redact === true ? undefined : redact);
  const writer = new Writer(raw && redact === false);
  for (const chunk of writer.whole(shown)) yield chunk;
}

/** An object of a snapshot, such as a link, without what a file of a snapshot does not show of it. */
export function withoutSecretMembers<T>(value: T): T {
  return shownOf(value, undefined, false) as T;
}

function shownOf(value: unknown, key: string | undefined, isOpen: boolean): unknown {
  if (typeof value === 'string')
    return isOpen || PROSE.has(key ?? '') ? withoutSecrets(value) : withoutKnownSecrets(value);
  if (Array.isArray(value)) return value.map((one) => shownOf(one, key, isOpen));
  if (typeof value !== 'object' || value === null || 'toJSON' in value) return value;

  const secret = isOpen ? secretMembers(value as Readonly<Record<string, unknown>>) : undefined;
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => {
      const isShown = secret?.has(name) !== true || one === '' || one === null || typeof one === 'boolean';
      return [name, isShown ? shownOf(one, name, isOpen || OPEN.has(name)) : NOT_SHOWN];
    }),
  );
}

/** These members contain data of a cloud or a user, with names that Postern does not define. */
const OPEN: ReadonlySet<string> = new Set(['raw', 'native', 'tags', 'details']);
/** Members that hold sentences. */
const PROSE: ReadonlySet<string> = new Set(['description', 'reason', 'message', 'locked', 'what', 'because']);
const PROTO = '__proto__';
/** The least length of a piece of output, but for the last. */
const CHUNK = 64 * 1024;

const PLAIN = /^[ !#-[\]-~]*$/;

class Writer {
  #text = '';

  constructor(readonly raw: boolean) {}

  /** The document. Items two lists deep, such as a region's links and groups, are written one by one. */
  *whole(snapshot: Snapshot): Generator<string, void> {
    yield* this.#streamed(snapshot, '', 0);
    yield `${this.#text}\n`;
  }

  *#streamed(value: unknown, indent: string, depth: number): Generator<string, void> {
    const isList = Array.isArray(value);
    const members = isList ? undefined : this.#members(value as object, false);
    const size = isList ? value.length : (members?.length ?? 0);
    if (size === 0) {
      this.#text += isList ? '[]' : '{}';
      return;
    }

    const inner = `${indent} `;
    for (let index = 0; index < size; index += 1) {
      const key = members?.[index];
      const member: unknown = isList ? value[index] : (value as Record<string, unknown>)[key ?? ''];
      this.#text += `${index === 0 ? (isList ? '[' : '{') : ','}\n${inner}${key === undefined ? '' : `${quoted(key)}: `}`;
      const isOpen = key !== undefined && OPEN.has(key);
      if (depth < 3 && !isOpen && typeof member === 'object' && member !== null) {
        yield* this.#streamed(member, inner, depth + 1);
      } else this.#text += this.#format(member, key, isOpen, inner, depth + 1);
      if (this.#text.length >= CHUNK) {
        yield this.#text;
        this.#text = '';
      }
    }
    this.#text += `\n${indent}${isList ? ']' : '}'}`;
  }

  /** The names of the members that are written, sorted. */
  #members(value: object, isOpen: boolean): string[] {
    const keys = Object.keys(value).filter((key) => {
      const member = (value as Record<string, unknown>)[key];
      if (member === undefined || typeof member === 'function' || typeof member === 'symbol') return false;

      return isOpen || (key !== PROTO && (this.raw || key !== 'raw'));
    });
    keys.sort();
    // Under the name that it is written by, so that a file that was read is written the same.
    return keys.includes(PROTO) ? keys.sort((a, b) => (nameOf(a, value) < nameOf(b, value) ? -1 : 1)) : keys;
  }

  #format(value: unknown, key: string | undefined, isOpen: boolean, indent: string, depth: number): string {
    if (typeof value === 'string')
      return quoted(isOpen || PROSE.has(key ?? '') ? withoutSecrets(value) : withoutKnownSecrets(value));
    if (typeof value === 'number') return Number.isFinite(value) ? String(value === 0 ? 0 : value) : 'null';
    if (typeof value === 'boolean') return String(value);
    if (typeof value === 'bigint') return quoted(String(value));
    if (typeof value !== 'object' || value === null) return 'null';
    if (depth >= MAX_JSON_DEPTH) return quoted('(nested too deep)');
    if ('toJSON' in value && typeof value.toJSON === 'function') {
      return this.#format((value.toJSON as () => unknown)(), key, isOpen, indent, depth + 1);
    }

    const isList = Array.isArray(value);
    const inner = `${indent} `;
    const parts: string[] = [];
    let isFlat = true;
    const add = (name: string | undefined, member: unknown, hidden: boolean): void => {
      if (typeof member === 'object' && member !== null) isFlat = false;
      const open = isOpen || (name !== undefined && OPEN.has(name));
      const text = hidden ? hide(member) : this.#format(member, name ?? key, open, inner, depth + 1);
      parts.push(name === undefined ? text : `${quoted(withoutKnownSecrets(nameOf(name, value)))}: ${text}`);
    };
    if (isList) for (const item of value as readonly unknown[]) add(undefined, item, false);
    else {
      const secret = isOpen ? secretMembers(value as Readonly<Record<string, unknown>>) : undefined;
      for (const name of this.#members(value, isOpen)) {
        add(name, (value as Record<string, unknown>)[name], secret?.has(name) === true);
      }
    }
    const [open, close] = isList ? ['[', ']'] : ['{', '}'];
    if (isFlat) return `${open}${parts.join(', ')}${close}`;

    return `${open}\n${inner}${parts.join(`,\n${inner}`)}\n${indent}${close}`;
  }
}

/** The name of a member as it is written: no file holds one that is named as an object's prototype, since readers refuse it. */
function nameOf(key: string, value: object): string {
  if (key !== PROTO) return key;

  let name = `(${PROTO})`;
  while (Object.hasOwn(value, name)) name = `(${name})`;
  return name;
}

/** The replacement for a secret; booleans and empty values are not secrets. */
function hide(value: unknown): string {
  if (value === '' || typeof value === 'boolean' || value === null) return JSON.stringify(value);

  return quoted(NOT_SHOWN);
}

function quoted(text: string): string {
  return PLAIN.test(text) && !text.includes('##') ? `"${text}"` : jsonText(text);
}
