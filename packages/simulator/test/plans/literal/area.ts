import type { Resource } from '../../../../aws/test/plans/shop-plan.js';
import type { Random } from '../../agreement/random.js';

/** Values of resources, as texts of a configuration have them. `null`: not set. */
export type Values = Record<string, any>;

export type Change = (values: Values, random: Random) => void;

/** What an apply calls a simulated cloud with. */
export interface Apply {
  /** Creates what a resource is. Members that are null are left out. */
  readonly create: (service: string, operation: string, input: Values) => any;
  readonly call: (service: string, operation: string, input: Values) => any;
  /** Lets time pass, as an apply does that waits. */
  readonly wait: (seconds: number) => Promise<void>;
  /** The IDs of what is created, by their addresses. */
  readonly ids: Record<string, string>;
}

/** A part of a configuration: resources of one subject, with their values. */
export interface Area {
  /** Values that the simulated cloud accepts, and with which calls arrive. */
  readonly valid: () => Values;
  readonly changes: readonly Change[];
  /** The resources of a plan with these values, all of them new. */
  readonly resources: (values: Values) => readonly Resource[];
  readonly apply: (values: Values, apply: Apply) => void | Promise<void>;
}

export const entries = (of: Values): [string, any][] => Object.entries(of);

export const withoutNull = (input: Values): Values =>
  Object.fromEntries(Object.entries(input).filter(([, value]) => value !== null && value !== undefined));
