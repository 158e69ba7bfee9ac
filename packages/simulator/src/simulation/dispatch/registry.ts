import { raise } from '../raise.js';
import type { RegionBirth, TimerHandler, TimerHandlers } from './operation.js';

export interface Registry<Service extends string, Operation> {
  readonly operations: readonly Operation[];
  readonly find: (service: Service, name: string) => Operation | undefined;
  /** @throws {Error} for an operation that is not simulated */
  readonly get: (service: Service, name: string) => Operation;
}

/** Puts lists of operations together. @throws {Error} when two operations of one service have one name. */
export function createRegistry<Service extends string, Operation extends { readonly name: string }>(
  serviceOf: (operation: Operation) => Service,
  lists: readonly (readonly Operation[])[],
): Registry<Service, Operation> {
  const operations = lists.flat();
  const byService = new Map<Service, Map<string, Operation>>();
  for (const operation of operations) {
    const service = serviceOf(operation);
    const byName = byService.get(service) ?? new Map<string, Operation>();
    byService.set(service, byName);
    if (byName.has(operation.name)) throw new Error(`Two operations are called ${service}.${operation.name}.`);

    byName.set(operation.name, operation);
  }
  const find = (service: Service, name: string) => byService.get(service)?.get(name); // every call looks one up
  const get = (service: Service, name: string) => {
    return find(service, name) ?? raise(new Error(`${service} ${name} is not simulated.`));
  };
  return { operations, find, get };
}

/** The parts of a region's state, one for each family of services: how each begins, and what its timers do. */
export type StateParts<States, Call, Birth = RegionBirth> = {
  readonly [K in keyof States]: {
    readonly newState: (birth: Birth) => States[K];
    /** Kinds begin with the part's name, such as `vpc-link.available`; no two parts share one. */
    readonly timers?: TimerHandlers<Call>;
  };
};

/** The states of all parts, as a new account finds them. */
export function newStates<States, Birth>(parts: StateParts<States, never, Birth>, birth: Birth): States {
  const names = Object.keys(parts) as (keyof States)[];
  return Object.fromEntries(names.map((name) => [name, parts[name].newState(birth)])) as States;
}

/** What the timers of all parts do, by kind. */
export function timersOf<Call>(parts: StateParts<object, Call, never>): ReadonlyMap<string, TimerHandler<Call>> {
  const all: readonly { readonly timers?: TimerHandlers<Call> }[] = Object.values(parts);
  return new Map(all.flatMap((part) => Object.entries(part.timers ?? {})));
}
