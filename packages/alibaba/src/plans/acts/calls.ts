import { UnresolvedValue, word, type ActValues, type Caller } from '@postern/core/internal/overlay';

/** A change that calls do not notice. */
export const unnoticed = (): void => undefined;

/** The name of a resource: attributes were renamed, and the former ones are still read. */
export function nameOf(values: ActValues, ...attributes: readonly string[]): string | undefined {
  return [...attributes, 'name'].map((one) => word(values[one])).find((one) => one !== undefined);
}

/** What is sent of a condition that the simulated cloud does not have. @throws {UnresolvedValue} */
export function notCarried(what: string): never {
  throw new UnresolvedValue(`${what} is not carried out`);
}

/** A word of a list. The service may have words that this version does not know. @throws {UnresolvedValue} */
export function listed<T extends string>(value: unknown, known: readonly T[]): T | undefined {
  const one = word(value);
  const found = known.find((other) => other === one);
  if (one !== undefined && found === undefined) throw new UnresolvedValue(`${one} is not known to this version`);

  return found;
}

/** What rules and entries do. */
export const policyOf = ({ policy }: ActValues): string | undefined => listed(policy, ['accept', 'drop']);

/** A list as one parameter has it: a JSON text. */
export const jsonOf = (value: unknown): string => JSON.stringify(value);

/** What of one list is not in another one. */
export function without<T>(all: readonly T[], others: readonly T[]): readonly T[] {
  return all.filter((one) => !others.includes(one));
}

/** A zone. The cloud may have one that is not simulated: another one stands for it. */
export function zoneOf(zone: unknown, caller: Caller): unknown {
  const { Zones } = caller.call('Vpc.DescribeZones', {});
  const all: readonly { readonly ZoneId: string }[] = Zones.Zone;
  if (zone === undefined || all.some(({ ZoneId }) => ZoneId === zone)) return zone;

  caller.guess();
  return all[0]?.ZoneId;
}
