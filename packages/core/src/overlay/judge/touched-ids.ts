import type { Attributes, Instance, Value } from '../declared/values.js';

const ID = /^(?:[a-z]+-[0-9a-f]{8,17}|arn:\S+)$/;

/** By address: the IDs that a plan takes out of the attributes of a resource, or puts into them. */
export function touchedIds(instances: readonly Instance[]): ReadonlyMap<string, ReadonlySet<string>> {
  return new Map(
    instances.flatMap(({ address, before, after }) => {
      if (before === undefined || after === undefined) return [];

      const [were, are] = [idsIn(before), idsIn(after)];
      const moved = [...were, ...are].filter((id) => !(were.has(id) && are.has(id)));
      return moved.length === 0 ? [] : [[address, new Set(moved)] as const];
    }),
  );
}

function idsIn(values: Attributes): ReadonlySet<string> {
  return new Set(textsIn(values).filter((text) => ID.test(text)));
}

function textsIn(value: Value): readonly string[] {
  if (typeof value === 'object' && value !== null) return Object.values(value).flatMap(textsIn);

  return typeof value === 'string' ? [value] : [];
}
