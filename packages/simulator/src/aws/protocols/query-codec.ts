import { raise } from '../../simulation/raise.js';
import type { ScalarShape, ListShape, MapShape, Member, Shape, StructureShape } from './shapes.js';
import { Mismatch } from './protocol.js';

/** A protocol's form of time where a member has no trait of its own. */
export type TimestampFormat = NonNullable<ScalarShape['format']>;

const DATE_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;

/** Reads a timestamp from JSON or text. @throws {Mismatch} */
export function readTimestamp(value: unknown, format: TimestampFormat): Date {
  const ms = format === 'epoch-seconds' ? epochMs(value) : textMs(value, format);
  const date = new Date(ms);
  if (Number.isNaN(date.getTime())) throw new Mismatch('type', '', value, `Timestamp (${format})`);

  return date;
}

function epochMs(value: unknown): number {
  if (typeof value === 'number') return Math.round(value * 1000);

  return typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value) ? Math.round(Number(value) * 1000) : Number.NaN;
}

function textMs(value: unknown, format: TimestampFormat): number {
  if (typeof value !== 'string') return Number.NaN;

  return format === 'date-time' && !DATE_TIME.test(value) ? Number.NaN : Date.parse(value);
}

/** Writes a timestamp: a number for epoch seconds, else text. */
export function writeTimestamp(date: Date, format: TimestampFormat): number | string {
  if (format === 'epoch-seconds') return date.getTime() / 1000;

  return format === 'http-date' ? date.toUTCString() : date.toISOString();
}

/** A form body as a tree: `Tag.1.Key=a` is `{ Tag: { 1: { Key: 'a' } } }`. A node may have text, children, or both. */
export interface QueryNode {
  text?: string;
  children?: Map<string, QueryNode>;
}

/** More parameters than any call needs; a longer form is refused. */
const MOST_PARAMETERS = 20_000;
/** Deeper nesting than any schema has. */
const DEEPEST = 24;

/**
 * Reads `application/x-www-form-urlencoded` text. Order does not matter. A name may occur once.
 * @throws {SyntaxError} for a text of another form, too long or too deep
 */
export function parseQuery(text: string): QueryNode {
  const root: QueryNode = {};
  if (text === '') return root;

  const pairs = text.split('&');
  if (pairs.length > MOST_PARAMETERS) throw new SyntaxError(`The query has more than ${MOST_PARAMETERS} parameters.`);

  for (const pair of pairs) {
    if (pair === '') continue;

    const at = pair.indexOf('=');
    const name = decode(at < 0 ? pair : pair.slice(0, at));
    const node = nodeAt(root, name.split('.'));
    if (node.text !== undefined) throw new SyntaxError(`The parameter ${name} is given more than once.`);

    node.text = at < 0 ? '' : decode(pair.slice(at + 1));
  }
  return root;
}

function nodeAt(root: QueryNode, steps: readonly string[]): QueryNode {
  if (steps.length > DEEPEST) throw new SyntaxError('A parameter is nested too deeply.');

  let node = root;
  for (const step of steps) {
    node.children ??= new Map();
    let child = node.children.get(step);
    if (!child) {
      child = {};
      node.children.set(step, child);
    }
    node = child;
  }
  return node;
}

function decode(text: string): string {
  const spaced = text.includes('+') ? text.replaceAll('+', ' ') : text;
  if (!spaced.includes('%')) return spaced;

  try {
    return decodeURIComponent(spaced);
  } catch {
    throw new SyntaxError('The query string is not valid: a percent sign is followed by no UTF-8.');
  }
}

/** EC2's dialect or the other query services'. */
export type QueryDialect = 'ec2' | 'aws';

export type ReadNode = (node: QueryNode) => unknown;

/** Compiles readers of queries, one per shape, on first use. */
export class QueryCodec {
  readonly #readers = new Map<Shape, ReadNode>();

  constructor(private readonly dialect: QueryDialect) {}

  /** Strict about names, types and required members. @throws {Mismatch} */
  reader(shape: Shape): ReadNode {
    const seen = this.#readers.get(shape);
    if (seen) return seen;

    this.#readers.set(shape, (node) => (this.#readers.get(shape) as ReadNode)(node));
    const made = this.#compile(shape);
    this.#readers.set(shape, made);
    return made;
  }

  #compile(shape: Shape): ReadNode {
    switch (shape.kind) {
      case 'structure':
        return this.#structure(shape);
      case 'list':
        return this.#list(shape);
      case 'map':
        return this.#map(shape);
      default:
        return scalar(shape.kind, shape.kind === 'timestamp' ? (shape.format ?? 'date-time') : 'date-time');
    }
  }

  /** A member's name: EC2 has names of its own, and capitalises all others. */
  #name({ name, traits }: Member): string {
    if (this.dialect === 'aws') return traits.xmlName ?? name;

    const plain = traits.xmlName ?? name;
    return traits.ec2QueryName ?? plain.charAt(0).toUpperCase() + plain.slice(1);
  }

  #structure(shape: StructureShape): ReadNode {
    const members = new Map(
      shape.members.map((member) => [this.#name(member), { name: member.name, read: this.reader(member.shape) }]),
    );
    const required = shape.members.filter((member) => member.required).map(({ name }) => name);
    return (node) => {
      if (node.text !== undefined && node.text !== '') throw new Mismatch('type', '', node.text, 'Structure');

      const result: Record<string, unknown> = {};
      for (const [key, child] of node.children ?? []) {
        const member = members.get(key) ?? raise(new Mismatch('unknown', key));

        result[member.name] = step(member.name, member.read, child);
      }
      for (const name of required) if (result[name] === undefined) throw new Mismatch('missing', name);
      return result;
    };
  }

  #list(shape: ListShape): ReadNode {
    const item = this.reader(shape.item.shape);
    const flat = this.dialect === 'ec2' || shape.traits.xmlFlattened !== undefined;
    const wrapper = shape.item.traits.xmlName ?? 'member';
    return (node) => {
      if (isEmpty(node)) return [];

      const list = flat ? node : only(node, wrapper);
      return numbered(list).map(([index, child]) => step(index, item, child));
    };
  }

  #map(shape: MapShape): ReadNode {
    const value = this.reader(shape.value.shape);
    const [keyName, valueName] = [shape.key.traits.xmlName ?? 'key', shape.value.traits.xmlName ?? 'value'];
    const flat = shape.traits.xmlFlattened !== undefined;
    return (node) => {
      const result: Record<string, unknown> = {};
      if (isEmpty(node)) return result;

      for (const [index, entry] of numbered(flat ? node : only(node, 'entry'))) {
        const key = entry.children?.get(keyName)?.text;
        const item = entry.children?.get(valueName);
        if (key === undefined || !item || entry.children?.size !== 2) {
          throw new Mismatch('type', index, entry.text, 'Map entry');
        }

        Object.defineProperty(result, key, {
          value: step(key, value, item),
          enumerable: true,
          configurable: true,
          writable: true,
        });
      }
      return result;
    };
  }
}

/** `Names=` is an empty list. */
function isEmpty(node: QueryNode): boolean {
  return node.text === '' && node.children === undefined;
}

function only(node: QueryNode, name: string): QueryNode {
  if (node.text !== undefined) throw new Mismatch('type', '', node.text, 'List');

  for (const key of node.children?.keys() ?? []) if (key !== name) throw new Mismatch('unknown', key);
  return node.children?.get(name) ?? {};
}

/** Entries of a list in the order of their numbers, which may have gaps. */
function numbered(node: QueryNode): [string, QueryNode][] {
  if (node.text !== undefined) throw new Mismatch('type', '', node.text, 'List');

  const entries = [...(node.children ?? [])];
  for (const [key] of entries) if (!/^[1-9]\d{0,6}$/.test(key)) throw new Mismatch('unknown', key);
  return entries.sort(([a], [b]) => Number(a) - Number(b));
}

function step(name: string, read: ReadNode, node: QueryNode): unknown {
  try {
    return read(node);
  } catch (error) {
    if (error instanceof Mismatch) error.path.unshift(name);
    throw error;
  }
}

function scalar(
  kind: Exclude<Shape['kind'], 'structure' | 'list' | 'map'>,
  format: 'date-time' | 'http-date' | 'epoch-seconds',
): ReadNode {
  return (node) => {
    const [stray] = node.children?.keys() ?? [];
    if (stray !== undefined) throw new Mismatch('unknown', stray);

    const text = node.text ?? '';
    switch (kind) {
      case 'number':
        if (!/^-?\d+(\.\d+)?([eE][+-]?\d+)?$/.test(text)) throw new Mismatch('type', '', text, 'Number');

        return Number(text);
      case 'boolean':
        if (text !== 'true' && text !== 'false') throw new Mismatch('type', '', text, 'Boolean');

        return text === 'true';
      case 'timestamp':
        return readTimestamp(text, format);
      case 'blob':
        if (!/^[A-Za-z0-9+/]*={0,2}$/.test(text)) throw new Mismatch('type', '', text, 'Blob');

        return new Uint8Array(Buffer.from(text, 'base64'));
      default:
        return text;
    }
  };
}
