import { amount, isSet, single, type ActValues, type Input } from './act.js';
import { OpenValue, UnresolvedValue } from './open-value.js';

/** What a member of an input is: a scalar, a list or a map of something, or a structure by the names of its members. */
export type InputShape =
  | 'text'
  | 'number'
  | 'flag'
  | { readonly list: InputShape }
  | { readonly map: InputShape }
  | { readonly members: Readonly<Record<string, InputShape>> };

/** Members that say nothing about what is created. */
const APART = /^tags?$|tagspecifications|clienttoken|callerreference|dryrun|creatorrequestid/i;

export interface Filling {
  /** The attribute of a member whose name is another one; `-` leaves it out. */
  readonly names?: Readonly<Record<string, string>>;
  /** Members that the service decides where their value is open. */
  readonly optional?: readonly string[];
  /** Called for each of them that is left out. */
  readonly leftOut?: (member: string) => void;
}

/** An input by the names of its members: `vpc_link_id` is `VpcLinkId`. A list also takes the attribute of its singular. */
export function filled(shape: InputShape, values: ActValues, filling: Filling = {}): Input {
  if (typeof shape === 'string' || !('members' in shape)) return {};

  const { names = {}, optional = [], leftOut } = filling;
  const attributes = new Map(Object.keys(values).map((name) => [plainName(name), name] as const));
  const input: Input = {};
  for (const [member, inner] of Object.entries(shape.members)) {
    if (APART.test(member)) continue;

    const attribute = names[member] ?? attributeOf(member, inner, attributes);
    if (attribute === undefined || attribute === '-') continue;

    try {
      const value = converted(inner, values[attribute]);
      if (value !== undefined) input[member] = value;
    } catch (error) {
      if (!(error instanceof UnresolvedValue) || !optional.includes(member)) throw error;

      leftOut?.(member);
    }
  }
  return input;
}

function attributeOf(member: string, shape: InputShape, attributes: ReadonlyMap<string, string>): string | undefined {
  const name = plainName(member);
  const found = attributes.get(name);
  if (found !== undefined || typeof shape === 'string') return found;

  return 'members' in shape
    ? attributes.get(`${name}s`)
    : (attributes.get(name.replace(/s$/, '')) ??
        attributes.get(name.replace(/ies$/, 'y')) ??
        attributes.get(name.replace(/es$/, '')));
}

function converted(shape: InputShape, given: unknown): unknown {
  if (typeof shape === 'object' && 'list' in shape) return listOf(shape.list, given);

  const value = single(given);
  if (value === undefined || value === null || value === '') return undefined;
  if (shape === 'text') return typeof value === 'object' ? JSON.stringify(value) : String(value);
  if (shape === 'number') return amount(value);
  if (shape === 'flag') return isSet(value);
  if ('map' in shape) return Array.isArray(value) ? undefined : mapOf(shape.map, value);

  const block = Array.isArray(value) ? single((value as readonly unknown[])[0]) : value;
  return typeof block === 'object' && block !== null ? filled(shape, block as ActValues) : undefined;
}

function listOf(shape: InputShape, given: unknown): unknown {
  const all = given instanceof OpenValue ? given.several() : given;
  if (all === undefined || all === null || all === '') return undefined;

  const list = (Array.isArray(all) ? all : [all])
    .map((one: unknown) => converted(shape, one))
    .filter((one) => one !== undefined);
  return list.length === 0 ? undefined : list;
}

function mapOf(shape: InputShape, value: unknown): unknown {
  const members = Object.entries(value as ActValues).map(([name, one]) => [name, converted(shape, one)] as const);
  return members.length === 0 ? undefined : Object.fromEntries(members);
}

/** `vpc_link_id` and `VpcLinkId` are one name. */
export function plainName(name: string): string {
  return name.replaceAll('_', '').toLowerCase();
}
