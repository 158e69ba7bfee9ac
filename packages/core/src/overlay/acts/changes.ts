import { blocks, several, type Act, type ActValues, type Caller, type Input } from './act.js';
import { ifKnown, OpenValue } from './open-value.js';

/**
 * A value in one form, to be compared: scalars as texts, lists in one order, nothing where it is empty.
 * @throws {UnresolvedValue} where a part of it is open.
 */
function settled(value: unknown): unknown {
  if (value instanceof OpenValue) {
    const [one] = ifKnown(() => [value.single()]) ?? [value.several()];
    return settled(one);
  }
  if (value === null || value === undefined || value === '') return undefined;
  if (Array.isArray(value)) {
    const all = value.map((part) => JSON.stringify(settled(part))).filter((part) => part !== undefined);
    return all.length === 0 ? undefined : all.length === 1 ? JSON.parse(all[0] ?? '') : all.sort();
  }
  if (typeof value !== 'object') return String(value);

  const members = Object.entries(value).map(([name, part]) => [name, settled(part)] as const);
  const set = members.filter(([, part]) => part !== undefined).sort(([one], [other]) => (one < other ? -1 : 1));
  return set.length === 0 ? undefined : Object.fromEntries(set);
}

/** Whether two values are the same for a service. */
export function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(settled(one)) === JSON.stringify(settled(other));
}

/** Whether a change sets or removes one of the attributes. What the provider computes is undefined afterwards, and does not count. */
export function isChanged(before: ActValues, values: ActValues, ...names: readonly string[]): boolean {
  return names.some((name) => values[name] !== undefined && !isSame(before[name], values[name]));
}

/** What a change takes out of a list of values, and what it adds. None where the attribute does not change. */
export function listChange(before: ActValues, values: ActValues, name: string): readonly (readonly unknown[])[] {
  if (!isChanged(before, values, name)) return [[], []];

  const [were, are] = [several(before[name]), several(values[name])];
  return [were.filter((one) => !are.includes(one)), are.filter((one) => !were.includes(one))];
}

/** What a change takes out of a list of blocks, and what it adds, by what of them is compared. */
export function blockChange(
  before: ActValues,
  values: ActValues,
  name: string,
  key: (block: ActValues) => unknown = (block) => block,
): readonly (readonly ActValues[])[] {
  if (!isChanged(before, values, name)) return [[], []];

  const [were, are] = [blocks(before[name]), blocks(values[name])];
  const lacking = (all: readonly ActValues[], others: readonly ActValues[]): readonly ActValues[] =>
    all.filter((one) => !others.some((other) => isSame(key(one), key(other))));
  return [lacking(were, are), lacking(are, were)];
}

/** The attributes after a change: what the provider computes stays. */
export function updatedValues(before: ActValues, values: ActValues): ActValues {
  return { ...before, ...Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) };
}

/** The members of an input that a change changes; what it removes is empty. `maps`: a key of them is removed by an empty value, too. */
function changedMembers(was: Input, now: Input, maps: readonly string[] = []): Input {
  const changed: Input = {};
  for (const name of Object.keys({ ...was, ...now })) {
    const removed = maps.includes(name) ? emptiedKeys(was[name], now[name]) : {};
    const member = name in now ? now[name] : emptied(was[name]);
    if (member === undefined || isSame(was[name], now[name])) continue;

    changed[name] = Object.keys(removed).length > 0 ? { ...removed, ...(member as Input) } : member;
  }
  return changed;
}

function emptiedKeys(was: unknown, now: unknown): Input {
  const keys = Object.entries((was ?? {}) as Input).filter(([key]) => !(key in ((now ?? {}) as Input)));
  return Object.fromEntries(keys.map(([key, value]) => [key, emptied(value)]));
}

function emptied(member: unknown): unknown {
  if (typeof member === 'string') return '';
  if (Array.isArray(member)) return [];

  return typeof member === 'object' ? {} : undefined;
}

/** How a resource is changed by one operation that is given what changes alone. */
export interface SentChanges {
  readonly names?: Readonly<Record<string, string>> | undefined;
  /** The members that say which resource it is. */
  readonly of: (before: ActValues) => Input;
  /** Members that are sent with each change. */
  readonly always?: ((values: ActValues) => Input) | undefined;
  /** Members that are not filled by their names. */
  readonly members?: ((values: ActValues, caller: Caller) => Input) | undefined;
  /** Members whose keys are removed by an empty value. */
  readonly maps?: readonly string[] | undefined;
}

/** The update of a resource by an operation that is given what changes alone; no call where that is nothing. */
export function sendsChanges(
  operation: string,
  { names, of, always, members, maps }: SentChanges,
): NonNullable<Act['update']> {
  return (before, values, caller: Caller) => {
    const after = updatedValues(before, values);
    const filled = (all: ActValues): Input => ({ ...caller.fill(operation, all, names), ...members?.(all, caller) });
    const changed = changedMembers(filled(before), filled(after), maps);
    if (Object.keys(changed).length > 0) caller.call(operation, { ...always?.(after), ...changed, ...of(before) });
  };
}
