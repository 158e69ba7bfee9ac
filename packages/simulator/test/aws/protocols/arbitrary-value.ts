import fc from 'fast-check';
import type { Member, Shape, StructureShape } from '../../../src/aws/protocols/shapes.js';

/** What a protocol cannot carry, or the SDK's own codec loses. */
export interface Carriage {
  /** XML 1.0: no control characters; and the SDK's parser drops text that is nothing but white space with a line end. */
  readonly xml: boolean;
  /** Queries do not carry empty lists, maps or structures. */
  readonly empties: boolean;
}

// eslint-disable-next-line no-control-regex
const FORBIDDEN = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/;
const DEEPEST = 4;

/** Any value that a structure's schema allows. */
export function arbStructure(
  shape: StructureShape,
  carriage: Carriage,
  depth = 0,
): fc.Arbitrary<Record<string, unknown>> {
  const members = membersAt(shape, carriage, depth);
  if (shape.union) {
    const [first, ...rest] = members.map((member) =>
      arbMember(member, carriage, depth).map((value) => ({ [member.name]: value })),
    );
    // Below the greatest depth no member is left.
    if (!first) return fc.constant({});
    return fc.oneof(first, ...rest);
  }
  const model = Object.fromEntries(members.map((member) => [member.name, arbMember(member, carriage, depth)]));
  const requiredKeys = members.filter(({ required }) => required).map(({ name }) => name);
  const any = fc.record(model, { requiredKeys, noNullPrototype: true }) as fc.Arbitrary<Record<string, unknown>>;
  if (carriage.empties || members.length === 0) return any;
  const [first] = members;
  return any.chain((value) =>
    Object.keys(value).length > 0 || !first
      ? fc.constant(value)
      : arbMember(first, carriage, depth).map((item) => ({ [first.name]: item })),
  );
}

/** The members that are generated at a depth: deep down only flat ones, and none that would be empty where that is lost. */
function membersAt(shape: StructureShape, carriage: Carriage, depth: number): readonly Member[] {
  return shape.members.filter((member) => {
    if (member.required || isFlat(member.shape)) return true;
    if (depth >= DEEPEST) return false;
    const { shape: own } = member;
    const [inner, at] = own.kind === 'list' ? [own.item.shape, depth + 2] : [own, depth + 1];
    return carriage.empties || inner.kind !== 'structure' || membersAt(inner, carriage, at).length > 0;
  });
}

function arbMember({ shape, traits }: Member, carriage: Carriage, depth: number): fc.Arbitrary<unknown> {
  if (traits.httpLabel) return fc.string({ minLength: 1, unit: 'grapheme' });
  const inQuery = traits.httpQuery !== undefined || traits.httpQueryParams !== undefined;
  if (!inQuery) return arbShape(shape, carriage, depth + 1);
  const filled = arbShape(shape, { ...carriage, empties: false }, depth + 1); // no empty list or map there
  // the SDK does not send keys that every object inherits
  return traits.httpQueryParams === undefined
    ? filled
    : filled.filter((map) => Object.keys(map as object).every((key) => !(key in {})));
}

function arbShape(shape: Shape, carriage: Carriage, depth: number): fc.Arbitrary<unknown> {
  const minLength = carriage.empties ? 0 : 1;
  switch (shape.kind) {
    case 'structure':
      return arbStructure(shape, carriage, depth);
    case 'list':
      return fc.array(arbShape(shape.item.shape, carriage, depth + 1), { minLength, maxLength: 3 });
    case 'map':
      // the SDK's own reader loses a key called __proto__; json-codec.test.ts covers the simulator's
      return fc.dictionary(
        arbText(carriage).filter((key) => key !== '__proto__'),
        arbShape(shape.value.shape, carriage, depth + 1),
        { minKeys: minLength, maxKeys: 3, noNullPrototype: true },
      );
    case 'string':
      return arbText(carriage);
    case 'number':
      return fc.oneof(
        fc.integer(),
        fc.double({ noNaN: true, noDefaultInfinity: true }).filter((n) => !Object.is(n, -0)),
      );
    case 'boolean':
      return fc.boolean();
    case 'timestamp':
      return arbDate(shape.format === 'http-date' ? 1000 : 1);
    case 'blob':
      return fc.uint8Array({ maxLength: 20 });
    default:
      // A member that is null is absent, also where any JSON is allowed.
      // JSON has no negative zero.
      return fc
        .json()
        .map((text): unknown => JSON.parse(text))
        .filter((value) => value !== null);
  }
}

function arbText({ xml }: Carriage): fc.Arbitrary<string> {
  const text = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.string({ unit: 'binary' }),
    fc.constantFrom(
      '',
      '&amp;',
      '<a>',
      ']]>',
      'a b',
      ' \ta',
      'a\r\nb',
      '"\'',
      'eins, zwei',
      '__proto__',
      'constructor',
      '%2F+',
    ),
  );
  if (!xml) return text;
  return text.filter((s) => !FORBIDDEN.test(s) && !(s.trim() === '' && s !== ''));
}

function arbDate(grainMs: number): fc.Arbitrary<Date> {
  return fc.integer({ min: 0, max: 4_000_000_000_000 / grainMs }).map((ticks) => new Date(ticks * grainMs));
}

function isFlat(shape: Shape): boolean {
  return !['structure', 'list', 'map'].includes(shape.kind);
}
