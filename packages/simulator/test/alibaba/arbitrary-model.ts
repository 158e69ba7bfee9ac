import fc from 'fast-check';
import { COMMON_PARAMETERS } from '../../src/alibaba/request/decode-input.js';
import type { AnyAlibabaOperation, Parameter } from '../../src/alibaba/operation/operation.js';
import { isModel, membersOf, type MemberType, type ModelClass } from './official-models.js';

/** A value as a member of the official model stores it, and as the action must receive it. */
interface Both {
  readonly member: unknown;
  readonly input: unknown;
}

/** A request: the official model's members, and what the action must receive. */
export interface ArbitraryRequest {
  readonly members: Record<string, unknown>;
  readonly input: Record<string, unknown>;
}

const text = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.constantFrom('', 'a b', '中文', '%2F+', '{"a":1}', 'a.b', '1', 'true', '__proto__'),
);
const SOME = { minLength: 1, maxLength: 3 };

/** A member's name, its name on the wire where the action accepts it, and its values. */
type ArbitraryMember = readonly [name: string, wireName: string | undefined, values: fc.Arbitrary<Both>];

/** Any request that the official model allows and the action accepts. */
export function arbRequest(
  operation: AnyAlibabaOperation,
  Request: ModelClass | undefined,
): fc.Arbitrary<ArbitraryRequest> {
  if (!Request) return fc.constant({ members: {}, input: {} });
  const both = membersOf(Request).flatMap(({ name, wireName, type }): readonly ArbitraryMember[] => {
    const parameter = operation.parameters[wireName];
    if (parameter) return [[name, wireName, arbBoth(parameter, type)]];
    return COMMON_PARAMETERS.has(wireName) ? [[name, undefined, arbCommon(type)]] : [];
  });
  const model = Object.fromEntries(both.map(([name, , arbitrary]) => [name, arbitrary]));
  return fc.record(model, { requiredKeys: [], noNullPrototype: true }).map((given) => ({
    members: Object.fromEntries(Object.entries(given).map(([name, value]) => [name, value?.member])),
    input: Object.fromEntries(
      both.flatMap(([name, wireName]) => {
        const value = given[name];
        return value && wireName !== undefined ? [[wireName, value.input]] : [];
      }),
    ),
  }));
}

/** What must not be visible. */
function arbCommon(type: MemberType): fc.Arbitrary<Both> {
  const value = type === 'number' ? fc.nat() : fc.constantFrom('cn-hangzhou', 'x');
  return value.map((member) => ({ member, input: undefined }));
}

/** The action's parameter decides what a value is, the model's member how it is stored. */
function arbBoth(parameter: Parameter, type: MemberType): fc.Arbitrary<Both> {
  if (parameter.type === 'json') return arbJson(type);
  if (parameter.type === 'list') return arbList(parameter, type);
  if (parameter.type === 'structure') return arbStructure(parameter, type);
  if (typeof type === 'object' && type.type === 'array') {
    const items = fc.array(fc.string({ unit: fc.constantFrom('a', '1', '-'), minLength: 1 }), SOME);
    return items.map((member) => ({ member, input: member.join(',') })); // comma-joined
  }
  const value: fc.Arbitrary<string | number | boolean> =
    type === 'number' || parameter.type === 'integer'
      ? fc.maxSafeInteger()
      : type === 'boolean' || parameter.type === 'boolean'
        ? fc.boolean()
        : text;
  return value.map((input) => ({
    member: type === 'string' ? String(input) : input,
    input: parameter.type === 'string' ? String(input) : input,
  }));
}

function arbJson(type: MemberType): fc.Arbitrary<Both> {
  if (type === 'string') return fc.jsonValue().map((input) => ({ member: JSON.stringify(input), input: again(input) }));
  return arbHeld(type).map(({ member, wire }) => ({ member, input: again(wire) }));
}

/** A member of a model that the client shrinks into one JSON text: as the model stores it, and as the text has it. */
function arbHeld(type: MemberType): fc.Arbitrary<{ readonly member: unknown; readonly wire: unknown }> {
  if (isModel(type)) {
    const members = membersOf(type);
    const model = Object.fromEntries(members.map(({ name, type: inner }) => [name, arbHeld(inner)]));
    return fc.record(model, { requiredKeys: [], noNullPrototype: true }).map((given) => ({
      member: new type(Object.fromEntries(Object.entries(given).map(([name, value]) => [name, value?.member]))),
      wire: Object.fromEntries(
        members.flatMap(({ name, wireName }) => (given[name] ? [[wireName, given[name].wire]] : [])),
      ),
    }));
  }
  if (typeof type === 'object') {
    const items = type.type === 'array' ? type.itemType : type.valueType;
    if (type.type === 'array') {
      return fc
        .array(arbHeld(items), SOME)
        .map((list) => ({ member: list.map(({ member }) => member), wire: list.map(({ wire }) => wire) }));
    }
    return fc
      .dictionary(fc.string({ unit: fc.constantFrom('a', 'b'), minLength: 1 }), text, { noNullPrototype: true })
      .map((map) => ({ member: map, wire: map }));
  }
  return arbScalar(type).map((value) => ({ member: value, wire: value }));
}

function arbList({ items }: Parameter, type: MemberType): fc.Arbitrary<Both> {
  if (!items) throw new Error('a list says what its items are');
  if (type === 'string') {
    return fc.array(text, SOME).map((input) => ({ member: JSON.stringify(input), input })); // InstanceIds and the like
  }
  if (typeof type !== 'object') throw new Error('the model has no list here');
  const item = type.type === 'array' ? type.itemType : type.valueType;
  return fc
    .array(arbBoth(items, item), SOME)
    .map((list) => ({ member: list.map(({ member }) => member), input: list.map(({ input }) => input) }));
}

function arbStructure({ members = {} }: Parameter, type: MemberType): fc.Arbitrary<Both> {
  if (!isModel(type)) throw new Error('the model has no structure here');
  const both = membersOf(type).flatMap(({ name, wireName, type: inner }) => {
    const parameter = members[wireName];
    return parameter ? [[name, wireName, arbBoth(parameter, inner)] as const] : [];
  });
  const [first] = both;
  if (!first) throw new Error('the structure has no member of the model’s');
  const model = Object.fromEntries(both.map(([name, , arbitrary]) => [name, arbitrary]));
  // an empty structure is not sent, so one member is always there
  return fc.record(model, { requiredKeys: [first[0]], noNullPrototype: true }).map((given) => ({
    member: new type(Object.fromEntries(Object.entries(given).map(([name, value]) => [name, value?.member]))),
    input: Object.fromEntries(both.flatMap(([name, wireName]) => (given[name] ? [[wireName, given[name].input]] : []))),
  }));
}

function arbScalar(type: MemberType): fc.Arbitrary<string | number | boolean> {
  if (type === 'number') return fc.maxSafeInteger();
  return type === 'boolean' ? fc.boolean() : text;
}

/** Any body that a model allows, as it is on the wire; empty structures and lists included. */
export function arbBody(type: ModelClass): fc.Arbitrary<Record<string, unknown>> {
  const model = Object.fromEntries(membersOf(type).map(({ wireName, type: inner }) => [wireName, arbValue(inner)]));
  return fc.record(model, { requiredKeys: [], noNullPrototype: true });
}

function arbValue(type: MemberType): fc.Arbitrary<unknown> {
  if (isModel(type)) return arbBody(type);
  if (typeof type !== 'object') return arbScalar(type);
  if (type.type === 'array') return fc.array(arbValue(type.itemType), { maxLength: 3 });
  return fc.dictionary(fc.string({ unit: fc.constantFrom('a', 'b'), minLength: 1 }), arbValue(type.valueType), {
    noNullPrototype: true,
  });
}

/** Without the undefined members that the models add. */
export function withoutNothings(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNothings);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, item]) =>
      item === undefined || item === null ? [] : [[key, withoutNothings(item)]],
    ),
  );
}

/** A value after JSON serialization. */
function again(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value)) as unknown;
}
