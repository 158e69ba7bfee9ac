import type { Attributes, Instance, Value } from '../declared/values.js';
import type { Laid } from '../lay/laid.js';
import type { Carried } from './carry-out.js';

/** The attributes that carrying out decides, by the number of their instance in the plan. */
export type DecidedValues = readonly (readonly [instance: number, Attributes])[];

/** A text of a twin that is too short to be found in another one. */
export const LEAST = 6;

/**
 * The open attributes that follow from the plan alone, with the IDs of a laid plan in place of those of the twin. What the cloud chooses, an
 * address for example, decides nothing.
 * @param instances those of the laid plan, in the order of the plan that was carried out
 */
export function decidedValues(carried: Carried, laid: Laid, instances: readonly Instance[]): DecidedValues {
  const { values, done, decided, order } = carried;
  const all = values.plan.instances;
  const ids = new Map<string, string | undefined>();
  for (const { kind, instance } of done) {
    if (kind !== 'create') continue;

    const twin = instances[all.indexOf(instance)];
    for (const [name, value] of Object.entries(values.outputs.get(instance.address) ?? {}))
      if (typeof value === 'string' && value.length >= LEAST && (twin?.after?.[name] ?? null) === null)
        ids.set(value, ids.get(value) ?? (twin && laid.idOf(twin, name)));
  }
  const known = [...ids].toSorted(([one], [other]) => other.length - one.length);
  const found: [number, Attributes][] = [];
  for (const step of order.all) {
    const { instance } = step;
    const own = decided.get(instance);
    const isGuess = [step, ...order.behind(step)].some((one) => values.guessed.has(one.instance.address));
    if (own === undefined || isGuess || values.stoodIn.has(instance.address)) continue;

    const translated = Object.entries(own).flatMap(([name, value]) => {
      const text = inLaid(value, known);
      return text === undefined ? [] : [[name, text] as const];
    });
    if (translated.length > 0) found.push([all.indexOf(instance), Object.fromEntries(translated)]);
  }
  return found;
}

/** A text with the IDs of another world in place of its own. Undefined: one of them has no other. */
export function withIds(text: string, ids: readonly (readonly [string, string | undefined])[]): string | undefined {
  let found = text;
  for (const [id, other] of ids) {
    if (!found.includes(id)) continue;
    if (other === undefined) return undefined;

    found = found.replaceAll(id, other);
  }
  return found;
}

/** A value with other IDs. Undefined: it has something that the twin made up. */
function inLaid(value: Value, ids: readonly (readonly [string, string | undefined])[]): Value | undefined {
  if (typeof value === 'string') return withIds(value, ids);
  if (typeof value !== 'object' || value === null) return value;

  const members = Object.entries(value).map(([name, one]) => [name, inLaid(one as Value, ids)] as const);
  if (members.some(([, one]) => one === undefined)) return undefined;

  return Array.isArray(value)
    ? members.map(([, one]) => one as Value)
    : Object.fromEntries(members.map(([name, one]) => [name, one as Value]));
}
