import { raise } from '../../simulation/raise.js';
import { Mismatch } from './protocol.js';
import type { Member, Shape, StructureShape } from './shapes.js';
import { readTimestamp, writeTimestamp, type TimestampFormat } from './query-codec.js';

/** What differs between the users of this codec. */
export interface JsonSettings {
  /** Names on the wire: REST-JSON's `jsonName`s, or the members' own. */
  readonly jsonNames: boolean;
  /** Used where a timestamp has no trait. `date` leaves `Date`s alone: the in-process transport. */
  readonly timestamps: TimestampFormat | 'date';
  /** Times are answered in whole seconds. */
  readonly wholeSeconds?: boolean;
  /** Maps of texts by the name of their member, in which no text and an empty one are the same, and are answered as null. */
  readonly emptyTexts?: ReadonlySet<string>;
}

/** Turns one form of a value into another. */
export type Convert = (value: unknown) => unknown;

/** Compiles readers and writers, one per shape, on first use. */
export class JsonCodec {
  readonly #readers = new Map<Shape, Convert>();
  readonly #writers = new Map<Shape, Convert>();

  constructor(private readonly settings: JsonSettings) {}

  /** Reads what JSON.parse gave: strict about names, types and required members. @throws {Mismatch} */
  reader(shape: Shape): Convert {
    return cached(this.#readers, shape, () => this.#compileReader(shape));
  }

  /** Writes a value for JSON.stringify; members that the schema does not have are left out. */
  writer(shape: Shape): Convert {
    return cached(this.#writers, shape, () => this.#compileWriter(shape));
  }

  /** A reader of some of a structure's members: the body of a REST request. */
  partialReader(shape: StructureShape, members: readonly Member[]): Convert {
    return this.#structureReader(shape, members);
  }

  /** A writer of some of a structure's members. */
  partialWriter(members: readonly Member[]): Convert {
    return this.#structureWriter(members);
  }

  #name(member: Member): string {
    return this.settings.jsonNames ? (member.traits.jsonName ?? member.name) : member.name;
  }

  #compileReader(shape: Shape): Convert {
    switch (shape.kind) {
      case 'structure':
        return this.#structureReader(shape, shape.members);
      case 'list': {
        const item = this.reader(shape.item.shape);
        return (value) => {
          if (!Array.isArray(value)) throw new Mismatch('type', '', value, 'List');

          return value.map((entry: unknown, index) => step(String(index + 1), item, entry));
        };
      }
      case 'map': {
        const item = this.reader(shape.value.shape);
        return (value) => {
          const row = record(value, 'Map');
          const result: Record<string, unknown> = {};
          for (const key of Object.keys(row)) define(result, key, step(key, item, row[key]));
          return result;
        };
      }
      case 'timestamp': {
        const { timestamps } = this.settings;
        if (timestamps === 'date') return readDate;

        const format = shape.format ?? timestamps;
        return (value) => readTimestamp(value, format);
      }
      case 'blob':
        return this.settings.timestamps === 'date' ? readBytes : readBase64;
      case 'document':
        return (value) => value;
      default:
        return scalarReader(shape.kind);
    }
  }

  #structureReader(shape: StructureShape, members: readonly Member[]): Convert {
    const readers = new Map(
      members.map((member) => [this.#name(member), { name: member.name, read: this.#memberReader(member) }]),
    );
    const required = members.filter((member) => member.required).map(({ name }) => name);
    return (value) => {
      const row = record(value, 'Structure');
      const result: Record<string, unknown> = {};
      let count = 0;
      for (const key of Object.keys(row)) {
        const entry = row[key];
        if (entry === null || entry === undefined) continue;

        const member = readers.get(key) ?? raise(new Mismatch('unknown', key));

        result[member.name] = step(member.name, member.read, entry);
        count += 1;
      }
      for (const name of required) if (result[name] === undefined) throw new Mismatch('missing', name);
      if (shape.union && count !== 1) throw new Mismatch('type', '', value, `exactly one member of ${shape.name}`);

      return result;
    };
  }

  #compileWriter(shape: Shape): Convert {
    switch (shape.kind) {
      case 'structure':
        return this.#structureWriter(shape.members);
      case 'list': {
        const item = this.writer(shape.item.shape);
        return (value) => (value as readonly unknown[]).map(item);
      }
      case 'map': {
        const item = this.writer(shape.value.shape);
        return (value) => {
          const row = value as Readonly<Record<string, unknown>>;
          const result: Record<string, unknown> = {};
          for (const key of Object.keys(row)) if (row[key] !== undefined) define(result, key, item(row[key]));
          return result;
        };
      }
      case 'timestamp': {
        const { timestamps } = this.settings;
        const isWhole = this.settings.wholeSeconds === true;
        const timeOf = (value: unknown): Date => (isWhole ? wholeSeconds(value as Date) : new Date(value as Date));
        if (timestamps === 'date') return timeOf;

        const format = shape.format ?? timestamps;
        return (value) => {
          const written = writeTimestamp(timeOf(value), format);
          return isWhole && typeof written === 'string' ? written.replace('.000Z', 'Z') : written;
        };
      }
      case 'blob':
        return this.settings.timestamps === 'date'
          ? (value) => new Uint8Array(value as Uint8Array)
          : (value) => Buffer.from(value as Uint8Array).toString('base64');
      case 'document':
        return (value) => structuredClone(value);
      default:
        return (value) => value;
    }
  }

  #memberReader(member: Member): Convert {
    const read = this.reader(member.shape);
    if (this.settings.emptyTexts?.has(member.name) !== true) return read;

    return (value) => read(mapValues(value, (text) => text ?? ''));
  }

  #memberWriter(member: Member): Convert {
    const write = this.writer(member.shape);
    if (this.settings.emptyTexts?.has(member.name) !== true) return write;

    return (value) => mapValues(write(value), (text) => (text === '' ? null : text));
  }

  #structureWriter(members: readonly Member[]): Convert {
    const names = members.map(({ name }) => name);
    const wires = members.map((member) => this.#name(member));
    const writers: (Convert | undefined)[] = [];
    return (value) => {
      const row = value as Readonly<Record<string, unknown>>;
      const result: Record<string, unknown> = {};
      for (let index = 0; index < names.length; index += 1) {
        const entry = row[names[index] as string];
        if (entry === undefined || entry === null) continue;

        const write = (writers[index] ??= this.#memberWriter(members[index] as Member));
        result[wires[index] as string] = write(entry);
      }
      return result;
    };
  }
}

/** Shapes may contain themselves: while one is being compiled, a placeholder looks it up later. */
function cached(known: Map<Shape, Convert>, shape: Shape, compile: () => Convert): Convert {
  const seen = known.get(shape);
  if (seen) return seen;

  known.set(shape, (value) => (known.get(shape) as Convert)(value));
  const made = compile();
  known.set(shape, made);
  return made;
}

function step(name: string, read: Convert, value: unknown): unknown {
  try {
    return read(value);
  } catch (error) {
    if (error instanceof Mismatch) error.path.unshift(name);
    throw error;
  }
}

const wholeSeconds = (time: Date): Date => new Date(Math.floor(time.getTime() / 1000) * 1000);

/** A map with its values changed; other values stay as they are. */
function mapValues(value: unknown, change: (one: unknown) => unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;

  const changed: Record<string, unknown> = {};
  for (const [key, one] of Object.entries(value)) define(changed, key, change(one));
  return changed;
}

function record(value: unknown, expected: string): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value) || value instanceof Date) {
    throw new Mismatch('type', '', value, expected);
  }

  return value as Readonly<Record<string, unknown>>;
}

/** Sets an own member whatever its name is. */
function define(target: Record<string, unknown>, key: string, value: unknown): void {
  if (key === '__proto__') {
    Object.defineProperty(target, key, { value, enumerable: true, configurable: true, writable: true });
  } else target[key] = value;
}

function scalarReader(kind: 'string' | 'number' | 'boolean'): Convert {
  const expected = { string: 'String', number: 'Number', boolean: 'Boolean' }[kind];
  return (value) => {
    if (typeof value !== kind || (kind === 'number' && !Number.isFinite(value))) {
      throw new Mismatch('type', '', value, expected);
    }

    return value;
  };
}

const readDate: Convert = (value) => {
  if (!(value instanceof Date) || Number.isNaN(value.getTime())) throw new Mismatch('type', '', value, 'Timestamp');

  return new Date(value);
};

const readBytes: Convert = (value) => {
  if (!(value instanceof Uint8Array)) throw new Mismatch('type', '', value, 'Blob');

  return new Uint8Array(value);
};

const readBase64: Convert = (value) => {
  if (typeof value !== 'string' || !/^[A-Za-z0-9+/]*={0,2}$/.test(value)) throw new Mismatch('type', '', value, 'Blob');

  return new Uint8Array(Buffer.from(value, 'base64'));
};
