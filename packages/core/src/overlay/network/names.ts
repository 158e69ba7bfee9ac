import { ifKnown } from '../acts/open-value.js';
import { IDENTITY, several, single, type ActValues } from '../acts/act.js';
import { LEAST, type Carried } from '../carry/carry-out.js';
import type { Instance } from '../declared/values.js';
import { changeOf } from '../lay/changes.js';
import type { LaidChange } from '../lay/laid.js';
import type { Held } from './held.js';

/** How what a plan has is called in the network after it. */
export interface PlanNames {
  /** The address of what has an ID, of things that exist and of those that will. */
  readonly names: Map<string, string>;
  /** The IDs of what the plan creates. */
  readonly symbols: Map<string, string>;
  /** Those that are names of the configuration: any word may be one. */
  readonly words: Set<string>;
  readonly changes: LaidChange[];
  /** The addresses of routes, by gateway and ID of the route. */
  readonly routes: Map<string, string>;
  /** The IDs of what an address is, or belongs to. */
  readonly owners: Map<string, readonly string[]>;
}

/** Attributes that the service gives and that name what has them. */
const IDENTIFIES = /(?:_id|_arn|(?:^|_)name|_ip|_address)$/;

export function namesIn(
  { values, done, omitted }: Carried,
  before: readonly Instance[],
  heldOf: (type: string) => Held | undefined,
): PlanNames {
  const found: PlanNames = {
    names: new Map(),
    symbols: new Map(),
    words: new Set(),
    changes: [],
    routes: new Map(),
    owners: new Map(),
  };
  // What was omitted may have been created in part.
  const steps = [...done, ...omitted.map(({ step }) => step)];
  const created = new Set(steps.flatMap(({ kind, instance }) => (kind === 'create' ? instance : [])));
  for (const [at, instance] of values.plan.instances.entries()) {
    if (instance.mode === 'data') continue;

    const { address } = instance;
    const held = heldOf(instance.type);
    const act = values.actOf(instance);
    const sides = [
      instance.before,
      instance.after === undefined ? undefined : { ...values.of(instance), ...values.outputs.get(address) },
    ];
    const written = new Set(Object.values(before[at]?.after ?? {}).flat());
    const own = new Set<string>();
    const owners = new Set<string>();
    for (const side of sides) {
      if (side === undefined) continue;

      for (const attribute of [...IDENTITY, ...(act?.gives ?? []).filter((name) => IDENTIFIES.test(name))]) {
        const value = side[attribute];
        // A number is an account.
        if (typeof value !== 'string' || value.length < LEAST || /^\d+$/.test(value)) continue;

        const isNew = created.has(instance) && instance.before?.[attribute] !== value;
        if (isNew && written.has(value)) found.words.add(value);
        const isAddress = /^[\d./]+$/.test(value);
        if (isNew && !(isAddress && written.has(value))) found.symbols.set(value, nameOf(address, attribute));
        if (!isAddress) found.names.set(value, isNew ? nameOf(address, attribute) : address);
      }
      for (const attribute of IDENTITY) if (typeof side[attribute] === 'string') own.add(side[attribute]);
      for (const id of ownersOf(side, [...(act?.owners ?? []), typeof held?.of === 'string' ? held.of : '']))
        owners.add(id);
      const route = held?.route?.(side);
      if (route !== undefined) found.routes.set(`${String(route[0])} ${String(route[1])}`, address);
    }
    // What is open of an integration concerns the routes that use it, and no other route of its gateway.
    found.owners.set(address, [...own, ...(held?.isUsedByRoutes === true ? [] : owners)]);
    const change = changeOf(instance);
    if (change !== undefined)
      found.changes.push({ address, change, ids: [...own, ...owners], undecided: instance.undecided });
  }
  return found;
}

/** The IDs that some attributes have. */
export function ownersOf(values: ActValues, attributes: readonly string[]): readonly string[] {
  return attributes.flatMap((name) => {
    const value = values[name];
    return textsIn(ifKnown(() => single(value)) ?? ifKnown(() => several(value)));
  });
}

function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];

  return typeof value === 'object' && value !== null
    ? Object.values(value).flatMap((one) => textsIn(ifKnown(() => single(one)) ?? ifKnown(() => several(one))))
    : [];
}

/** What comes with a resource, such as the default security group of a network, is named by its attribute. */
function nameOf(address: string, attribute: string): string {
  return /^(?:default|main)_/.test(attribute) ? `${address}.${attribute}` : address;
}
