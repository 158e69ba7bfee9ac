import {
  blocks,
  ifKnown,
  ifResolved,
  isChanged,
  several,
  single,
  word,
  type Act,
  type ActValues,
  type Caller,
} from '@postern/core/internal/overlay';
import { partitionOf } from '../../cloud/arn.js';

/** The deletion of what is not deleted with the resource of a plan. */
export const stays = (): void => undefined;

/** An ARN in the caller's region and account. */
export function arnIn({ region, account }: Caller, service: string, resource: string): string {
  return `arn:${partitionOf(region)}:${service}:${region}:${account}:${resource}`;
}

/** The name of a resource, or one that begins as the configuration says. Where it is open, another one will do. */
export function nameOf(values: ActValues, caller: Caller, stem = 'terraform-'): string {
  const [name, prefix] = [word(ifResolved(values['name'])), word(ifResolved(values['name_prefix']))];
  return name ?? caller.unique(prefix ?? stem);
}

/** Whether a value is not known. */
export function isOpen(value: unknown): boolean {
  return ifKnown(() => [single(value)]) === undefined;
}

/** The attributes, without those of the names that are open: the service decides them. */
export function decided(values: ActValues, ...names: readonly string[]): ActValues {
  return { ...values, ...Object.fromEntries(names.map((name) => [name, ifResolved(values[name])])) };
}

/** Whether a value is a written address: what has it is not in the plan. */
export function isAddress(value: unknown): boolean {
  return typeof value === 'string' && /^[\d.]+$/.test(value);
}

/** A filter of a `Describe` operation of EC2. */
export function filters(wanted: Readonly<Record<string, string>>): object {
  return { Filters: Object.entries(wanted).map(([Name, value]) => ({ Name, Values: [value] })) };
}

type Update = NonNullable<Act['update']>;

/** An update that is made where one of the attributes changes. */
export function onChange(names: readonly string[], update: Update): Update {
  return (before, values, caller) => (isChanged(before, values, ...names) ? update(before, values, caller) : undefined);
}

/** The values of an attribute that may have several; undefined where it has none. */
export function listed(value: unknown): readonly unknown[] | undefined {
  const all = several(value);
  return all.length > 0 ? all : undefined;
}

/** Attributes that are set by a call of their own, as a list of keys and values. CloudFormation sends those of its list, whatever they are. */
export function attributesOf(
  values: ActValues,
  keys: Readonly<Record<string, string | undefined>>,
  isSent: (name: string) => boolean,
): readonly { readonly Key: string; readonly Value: string }[] {
  const named = Object.entries(keys).map(([name, Key]) => [Key, isSent(name) ? values[name] : undefined] as const);
  const own = blocks(isSent('attributes') ? values['attributes'] : undefined);
  const given = own.map(({ Key, Value }) => [word(Key), Value] as const);
  const sent = [...named, ...given].map(([Key, value]) => [Key, word(ifResolved(value))] as const);
  return [...new Map(sent)].flatMap(([Key, Value]) =>
    Key === undefined || Value === undefined ? [] : [{ Key, Value }],
  );
}
