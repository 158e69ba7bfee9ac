import { namesReplaced } from '../../ground/text/names-in-text.js';
import type { Instance } from '../declared/values.js';
import { ifKnown, OpenValue } from '../acts/open-value.js';
import { MADE_UP, type Carried } from './carry-out.js';
import type { RefusedChange } from './carry-run.js';
import type { KnownValuesOf } from './simulated-twin.js';
import type { PlannedChange } from './change-order.js';
import { LEAST } from './decided-values.js';
import type { KnownValues } from './known-values.js';

/** Something that the service refuses of a plan. */
export interface AskedRefusal {
  readonly address: string;
  readonly change: Exclude<PlannedChange['kind'], 'keep'>;
  readonly operation: string;
  /** The code of the service, and its words. */
  readonly code: string;
  readonly message: string;
  /** It may be accepted: a value may be newer. */
  readonly newerThan?: KnownValuesOf | undefined;
  /** The addresses of all that comes after it, which is not created or changed. */
  readonly needing: readonly string[];
  /** The IDs, or the addresses of what the plan creates, of what answers no call without it. */
  readonly feeds: readonly string[];
}

/** Something that the service refuses in an order that the plan allows, and accepts in another one; or that then serves less. */
export interface UnorderedChange extends AskedRefusal {
  /** The addresses of what has to come before it, and which nothing makes come before it. */
  readonly before: readonly string[];
  /** These are deleted. */
  readonly isGone: boolean;
  /** What it does not serve where it comes first. Empty: it is refused. */
  readonly unserved: readonly string[];
}

/** Puts the addresses of a plan into texts of a twin that refused a part of it. */
export function addressesOf({ values, done, refused }: Carried): (message: string) => string {
  return withAddresses(values, new Set([...done, ...refused.map(({ step }) => step)]));
}

/** A refusal, with the addresses of the plan. */
export function refusalOf(
  { step, code, message, newerThan, operation }: RefusedChange,
  carried: Carried,
  addressed = addressesOf(carried),
): AskedRefusal {
  const { order, values, done } = carried;
  const { kind, instance } = step;
  const needing = order.all.filter((one) => one !== step && order.behind(one).has(step));
  return {
    address: instance.address,
    change: kind === 'keep' ? 'update' : kind,
    operation,
    code,
    newerThan,
    message: addressed(message),
    needing: [...new Set(needing.map((one) => one.instance.address))],
    feeds: [...new Set([step, ...needing].flatMap((one) => fed(one.instance, values, done)))],
  };
}

/** Whether the call is repeated until what it needs is there. */
export function isRepeated({ step, message: said }: RefusedChange, { values }: Carried): boolean {
  return values.plan.repeatsCalls === true && values.actOf(step.instance)?.repeated?.test(said) === true;
}

/** What a resource feeds, by its attributes. */
function fed(instance: Instance, values: KnownValues, done: Carried['done']): readonly string[] {
  const attributes = values.actOf(instance)?.feeds ?? [];
  if (attributes.length === 0) return [];

  const given = instance.after === undefined ? {} : values.of(instance);
  const texts = attributes.flatMap((name) => textsIn(given[name] ?? instance.before?.[name]));
  return texts.map((text) => addressOf(text, values, done) ?? text);
}

/** The address of what was created with an ID. */
function addressOf(id: string, { outputs }: KnownValues, done: Carried['done']): string | undefined {
  const made = [...done].find(({ kind, instance }) => {
    const given = outputs.get(instance.address);
    return kind === 'create' && (given?.['id'] === id || given?.['arn'] === id);
  });
  return made?.instance.address;
}

function textsIn(value: unknown): readonly string[] {
  if (value instanceof OpenValue) return ifKnown(() => textsIn(value.several())) ?? [];
  if (typeof value === 'string') return [value];

  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

/** Texts of a twin with addresses in place of the IDs of what was created, and of the names that the twin made up. */
export function withAddresses({ outputs }: KnownValues, done: Carried['done']): (message: string) => string {
  const made = [...done].flatMap(({ kind, instance: { address } }) => {
    const { arn, id, name } = kind === 'create' ? (outputs.get(address) ?? {}) : {};
    const ids = [arn, id, MADE_UP.test(String(name)) ? name : undefined];
    return ids.flatMap((one) => (typeof one === 'string' && one.length >= LEAST ? [[one, address] as const] : []));
  });
  const isWhole = (_: string, before: string, after: string): boolean =>
    !/(?:[\w/-]|\w:)$/.test(before) && !/^(?:[\w/-]|:\w)/.test(after);
  return namesReplaced(new Map(made.toReversed()), isWhole);
}
