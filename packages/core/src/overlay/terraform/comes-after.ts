import { moduleText, partsOf, type ModulePath, type Part } from './instances.js';

/** A resource in its module, or a module in another one. */
interface Place {
  readonly module: ModulePath;
  /** `aws_lb.shop`: without keys, as `depends_on` names it. */
  readonly resource: string;
}

/**
 * How a resource comes after others. `depends_on` takes what is in the same module: what is in another one is named by its call, and what has
 * to wait by its own, where both calls are.
 * @see https://developer.hashicorp.com/terraform/language/meta-arguments/depends_on
 */
export function comesAfter(address: string, before: readonly string[]): string {
  const waiting = placeOf(address);
  const named = new Map<string, Set<string>>();
  for (const one of before) {
    const other = placeOf(one);
    const shared = sharedDepth(waiting.module, other.module);
    const [next] = waiting.module.slice(shared);
    const where =
      next === undefined
        ? address
        : `the call ${moduleText([...waiting.module.slice(0, shared), { ...next, key: undefined }])}`;
    const [inner] = other.module.slice(shared);
    const what = inner === undefined ? other.resource : `module.${inner.name}`;
    named.set(where, (named.get(where) ?? new Set()).add(what));
  }
  return [...named].map(([where, what]) => `Write depends_on = [${[...what].join(', ')}] at ${where}.`).join(' ');
}

function placeOf(address: string): Place {
  const parts = partsOf(address) ?? [];
  const at = parts.findIndex(({ name }, index) => index % 2 === 0 && name !== 'module');
  const calls = parts.slice(0, at < 0 ? parts.length : at).filter((_, index) => index % 2 === 1);
  return {
    module: calls,
    resource: parts
      .slice(calls.length * 2)
      .map(({ name }) => name)
      .join('.'),
  };
}

function sharedDepth(one: readonly Part[], other: readonly Part[]): number {
  const apart = one.findIndex(({ name, key }, at) => name !== other[at]?.name || key !== other[at]?.key);
  return apart < 0 ? one.length : apart;
}
