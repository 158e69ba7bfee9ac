import type { RegionSnapshot } from '../../../src/do/snapshot/snapshot.js';
import type { IntegrationSpec, LinkSpec, Spec, TargetSpec } from '../../../src/do/spec.js';
import type { World } from './world.js';

export type Change = (world: World) => unknown;

/**
 * Changes of a world by path, such as `{ 'links.vlink-1.state': 'failed' }`. A path begins at a list of the region, or at
 * `spec`, `linkSpec`, `integration` or `targetSpec`. A step in a list is an item's ID, its name, a part of its ARN or its
 * index; `*` is each item, and `+` adds one. An item of a list, like the start of a path, keeps the members that are
 * not named; any other value is replaced. `undefined` removes what is at the path.
 */
export type Edits<E> = { readonly [P in keyof E]: P extends string ? Edited<Starts, P> | undefined : never };

interface Roots {
  readonly spec: Spec;
  readonly linkSpec: LinkSpec;
  readonly integration: IntegrationSpec;
  readonly targetSpec: TargetSpec;
}
type Starts = RegionSnapshot & Roots;

type Edited<T, P extends string> = [T] extends [never]
  ? never
  : P extends `${infer Step}.${infer Rest}`
    ? Edited<Member<T, Step>, Rest>
    : P extends keyof Roots
      ? Partial<Roots[P]>
      : NonNullable<T> extends readonly (infer Item)[]
        ? P extends '+'
          ? Item
          : Partial<Item>
        : Member<T, P>;

type Member<T, K extends string> = T extends readonly (infer Item)[]
  ? Item
  : T extends object
    ? K extends keyof T
      ? T[K]
      : never
    : never;

type Node = Record<string, unknown>;

export function edit<E>(edits: Edits<E>): Change {
  return (world) => {
    for (const [path, value] of Object.entries<unknown>(edits)) {
      const steps = path.split('.');
      const last = steps.pop() ?? '';
      const [first] = steps.length === 0 ? [last] : steps;
      const start = (first !== undefined && ROOTS.has(first) ? world : world.region) as unknown as Node;
      let nodes = [start as unknown];
      for (const step of steps) nodes = nodes.flatMap((node) => stepsTo(node, step, path));
      for (const node of nodes) put(node, last, structuredClone(value), path, node === world);
    }
  };
}

const ROOTS: ReadonlySet<string> = new Set(['spec', 'linkSpec', 'integration', 'targetSpec']);

function put(node: unknown, last: string, value: unknown, path: string, atRoot: boolean): void {
  if (!Array.isArray(node)) {
    const object = node as Node;
    if (atRoot) Object.assign(object[last] as Node, value);
    else if (value === undefined) delete object[last];
    else object[last] = value;
  } else if (last === '+') node.push(value);
  else {
    for (const item of stepsTo(node, last, path)) {
      if (value === undefined) node.splice(node.indexOf(item), 1);
      else if (typeof value === 'object') Object.assign(item as Node, value);
      else node[node.indexOf(item)] = value;
    }
  }
}

/** The members at one step of a path. */
function stepsTo(node: unknown, step: string, path: string): readonly unknown[] {
  if (!Array.isArray(node)) {
    const member = (node as Node)[step];
    if (member === undefined || member === null) throw new Error(`the world has no ${step} for ${path}`);
    return [member];
  }
  if (step === '*') return [...node];
  const items = node as { readonly id?: string; readonly name?: string }[];
  // An ID first: a copy of an item has its name.
  const exact = items.filter(({ id }) => id === step);
  const named = exact.length > 0 ? exact : items.filter(({ name }) => name === step);
  const found = named.length > 0 ? named : items.filter(({ id }) => id?.split(/[:/]/).includes(step));
  if (found.length === 0 && /^\d+$/.test(step) && node[Number(step)] !== undefined) return [node[Number(step)]];
  if (found.length !== 1) throw new Error(`the world has ${found.length} ${step} for ${path}`);
  return found;
}
