import type { GroupRuleDriver } from '../group-rules.js';
import type { AllowlistMethods, LinkMethods, MoveMethods, RouteMethods, TargetMethods } from './driver-of.js';

interface Methods {
  readonly links: LinkMethods;
  readonly targets: TargetMethods;
  readonly allowlist: AllowlistMethods;
  readonly routes: RouteMethods;
  readonly moves: MoveMethods;
  readonly groupRules: GroupRuleDriver;
}
type OptionalName<T> = { [Name in keyof T]-?: undefined extends T[Name] ? Name : never }[keyof T];

/** The functions that every adapter has. */
const REQUIRED: {
  readonly [Part in keyof Methods]: Readonly<Record<Exclude<keyof Methods[Part], OptionalName<Methods[Part]>>, true>>;
} = {
  links: { create: true, find: true, statuses: true, rename: true, tag: true, delete: true },
  targets: { resolve: true, create: true, find: true, update: true, delete: true },
  allowlist: { prepare: true, read: true, allow: true, revoke: true, release: true },
  routes: { create: true, find: true, update: true, delete: true, deploy: true },
  moves: {
    capture: true,
    prepare: true,
    findPrepared: true,
    shift: true,
    where: true,
    settle: true,
    verify: true,
    back: true,
    release: true,
  },
  groupRules: { has: true, allow: true, revoke: true },
};

/**
 * Functions of an adapter whose code is loaded with the first call, so that importing the adapter and making a
 * driver cost little. `optional` names the optional functions that exist: one that is left out is missing in the
 * driver as well.
 */
export function methodsOnFirstCall<Part extends keyof Methods>(
  part: Part,
  load: () => Promise<Methods[Part]>,
  optional: readonly OptionalName<Methods[Part]>[] = [],
): Methods[Part] {
  const method =
    (name: string) =>
    async (...args: readonly unknown[]) => {
      const methods = (await load()) as unknown as Readonly<Record<string, (...args: readonly unknown[]) => unknown>>;
      return methods[name]?.(...args);
    };
  const names = [...Object.keys(REQUIRED[part]), ...(optional as readonly string[])];
  return Object.fromEntries(names.map((name) => [name, method(name)])) as unknown as Methods[Part];
}
