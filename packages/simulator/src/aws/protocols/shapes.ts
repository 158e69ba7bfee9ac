import { raise } from '../../simulation/raise.js';
import type { ServiceName } from '../operation/operation.js';

/**
 * The schemas that the SDK's packages publish (`CreateVpcLink$`, `Vpc$`, …), read into shapes that codecs
 * are made from. They are plain arrays that begin with a number for their type. A member is `[schema,
 * traits]` or a bare schema. A function refers to a schema that is defined later.
 * @see https://github.com/smithy-lang/smithy-typescript/blob/main/packages/types/src/schema/static-schemas.ts
 */
export type Shape = StructureShape | ListShape | MapShape | ScalarShape;

/** A structure, a union (exactly one member), or a modelled error. */
export interface StructureShape {
  readonly kind: 'structure';
  readonly name: string;
  readonly union: boolean;
  readonly traits: Traits;
  /** In the order of the schema: required ones first. */
  readonly members: readonly Member[];
}

export interface ListShape {
  readonly kind: 'list';
  readonly traits: Traits;
  readonly item: Member;
}

export interface MapShape {
  readonly kind: 'map';
  readonly traits: Traits;
  readonly key: Member;
  readonly value: Member;
}

export interface ScalarShape {
  readonly kind: 'string' | 'number' | 'boolean' | 'blob' | 'timestamp' | 'document';
  /** For a timestamp: the format that its trait names. */
  readonly format: 'date-time' | 'http-date' | 'epoch-seconds' | undefined;
}

export interface Member {
  /** As the SDK spells it; empty for items, keys and values. */
  readonly name: string;
  readonly required: boolean;
  readonly traits: Traits;
  /** Read at its first use, since shapes may contain themselves. */
  readonly shape: Shape;
}

/** Traits that codecs look at. Names on the wire are `undefined` where they do not differ. */
export interface Traits {
  readonly jsonName?: string;
  readonly xmlName?: string;
  readonly ec2QueryName?: string;
  readonly xmlFlattened?: 1;
  readonly httpLabel?: 1;
  readonly httpQuery?: string;
  readonly httpHeader?: string;
  readonly httpPayload?: 1;
  readonly httpQueryParams?: 1;
  readonly idempotencyToken?: 1;
  /** Method, path, status. */
  readonly http?: readonly [string, string, number];
  readonly httpError?: number;
  /** Code on the wire and status, where an error's shape has another name. */
  readonly awsQueryError?: readonly [string, number];
}

/** An operation as the SDK publishes it. */
export interface OperationModel {
  readonly name: string;
  readonly traits: Traits;
  readonly input: StructureShape;
  readonly output: StructureShape;
}

const BITS = [
  'httpLabel',
  'idempotent',
  'idempotencyToken',
  'sensitive',
  'httpPayload',
  'httpResponseCode',
  'httpQueryParams',
];
const LIST = 64;
const MAP = 128;
const NO_TRAITS: Traits = {};

/** The empty structure: the input or output of some operations. */
const UNIT: StructureShape = { kind: 'structure', name: 'Unit', union: false, traits: NO_TRAITS, members: [] };

const known = new WeakMap<readonly unknown[], Shape>();

/** Reads an operation's schema: `[9, namespace, name, traits, input, output]`. */
export function operationModel(schema: unknown): OperationModel | undefined {
  if (!Array.isArray(schema) || schema[0] !== 9) return undefined;

  let input: StructureShape | undefined;
  let output: StructureShape | undefined;
  return {
    name: String(schema[2]),
    traits: traitsOf(schema[3]),
    get input() {
      return (input ??= structure(schema[4], 'input'));
    },
    get output() {
      return (output ??= structure(schema[5], 'output'));
    },
  };
}

/** Reads a modelled error's schema: `[-3, namespace, name, traits, names, members, required]`. */
export function errorModel(schema: unknown): StructureShape | undefined {
  return Array.isArray(schema) && schema[0] === -3 ? structure(schema, String(schema[2])) : undefined;
}

function structure(ref: unknown, what: string): StructureShape {
  const schema = resolve(ref);
  if (schema === 'unit') return UNIT;

  const shape = shapeOf(schema);
  if (shape.kind !== 'structure') throw new TypeError(`The ${what} of an operation is a ${shape.kind}.`);

  return shape;
}

function resolve(ref: unknown): unknown {
  return typeof ref === 'function' ? resolve((ref as () => unknown)()) : ref;
}

function shapeOf(ref: unknown): Shape {
  const schema = resolve(ref);
  if (typeof schema === 'number') return simple(schema);
  if (schema === 'unit') return structure(schema, 'member');
  if (!Array.isArray(schema)) throw new TypeError('A schema of the SDK has a form that is not known.');

  const seen = known.get(schema);
  if (seen) return seen;

  const shape = compound(schema);
  known.set(schema, shape);
  return shape;
}

function compound(schema: readonly unknown[]): Shape {
  const traits = traitsOf(schema[3]);
  switch (schema[0]) {
    case 0:
      return shapeOf(schema[4]);
    case 1:
      return { kind: 'list', traits, item: member('', schema[4], false) };
    case 2:
      return { kind: 'map', traits, key: member('', schema[4], false), value: member('', schema[5], false) };
    case 3:
    case 4:
    case -3: {
      const [names, refs] = [schema[4] as readonly string[], schema[5] as readonly unknown[]];
      const required = typeof schema[6] === 'number' ? schema[6] : 0;
      const members = names.map((name, index) => member(name, refs[index], index < required));
      return { kind: 'structure', name: String(schema[2]), union: schema[0] === 4, traits, members };
    }
    default:
      throw new TypeError(`A schema of the SDK has an unknown type: ${String(schema[0])}.`);
  }
}

function member(name: string, ref: unknown, required: boolean): Member {
  const [target, traits] = Array.isArray(ref) && ref.length === 2 ? [ref[0] as unknown, ref[1] as unknown] : [ref, 0];
  let shape: Shape | undefined;
  return {
    name,
    required,
    traits: traitsOf(traits),
    get shape() {
      shape ??= shapeOf(target);
      return shape;
    },
  };
}

function traitsOf(traits: unknown): Traits {
  if (typeof traits === 'object' && traits !== null) return traits;
  if (typeof traits !== 'number' || traits === 0) return NO_TRAITS;

  return Object.fromEntries(BITS.flatMap((name, bit) => ((traits >> bit) & 1 ? [[name, 1]] : [])));
}

function simple(code: number): Shape {
  if (code & LIST && code !== 0b10_1010)
    return { kind: 'list', traits: NO_TRAITS, item: member('', code & ~LIST, false) };
  if (code & MAP) {
    return { kind: 'map', traits: NO_TRAITS, key: member('', 0, false), value: member('', code & ~MAP, false) };
  }

  return SCALARS.get(code) ?? raise(new TypeError(`A schema of the SDK has an unknown type: ${code}.`));
}

const scalar = (kind: ScalarShape['kind'], format?: ScalarShape['format']): ScalarShape => ({ kind, format });

/** @see https://github.com/smithy-lang/smithy-typescript/blob/main/packages/core/src/submodules/schema/schemas/sentinels.ts */
const SCALARS = new Map<number, ScalarShape>([
  [0, scalar('string')],
  [1, scalar('number')],
  [2, scalar('boolean')],
  [4, scalar('timestamp')],
  [5, scalar('timestamp', 'date-time')],
  [6, scalar('timestamp', 'http-date')],
  [7, scalar('timestamp', 'epoch-seconds')],
  [15, scalar('document')],
  [17, scalar('number')],
  [21, scalar('blob')],
]);

/** An error that the service's model has. */
export interface ModelledError {
  readonly shape: StructureShape;
  /** The SDK's class of it, where the package exports one. */
  readonly Exception: ExceptionClass | undefined;
}

/** A class of the SDK's exceptions. */
export type ExceptionClass = new (options: Readonly<Record<string, unknown>>) => Error;

/** What the SDK's package publishes about a service. */
export interface ServiceModel {
  readonly service: ServiceName;
  /** By name, simulated or not. */
  readonly operations: ReadonlyMap<string, OperationModel>;
  /** By the code on the wire. */
  readonly errors: ReadonlyMap<string, ModelledError>;
  /** The class of exceptions that have no shape. */
  readonly BaseException: ExceptionClass | undefined;
}
