import type { NeededService } from '../needs/needs.js';

/** The services of each team, in their order. */
export function teamsIn(services: readonly NeededService[]): readonly (readonly [string, readonly NeededService[]])[] {
  const teams = new Map<string, NeededService[]>();
  for (const one of services) {
    const known = teams.get(one.team);
    if (known === undefined) teams.set(one.team, [one]);
    else known.push(one);
  }
  return [...teams];
}

/** The services of each VPC, in their order. */
export function vpcsIn(
  services: readonly NeededService[],
): readonly (readonly [string | undefined, readonly NeededService[]])[] {
  const vpcs = [...new Set(services.map(({ vpc }) => vpc))];
  return vpcs.map((vpc) => [vpc, services.filter((one) => one.vpc === vpc)]);
}

/** Items in their order, at most so many together, and at most `room` of what each of them takes. */
export function inChunks<T>(
  items: readonly T[],
  most: number,
  takes: (item: T) => number = () => 0,
  room = Number.POSITIVE_INFINITY,
): readonly (readonly T[])[] {
  const chunks: T[][] = [];
  let taken = 0;
  for (const item of items) {
    const last = chunks.at(-1);
    const size = takes(item);
    if (last === undefined || last.length >= most || taken + size > room) {
      chunks.push([item]);
      taken = size;
    } else {
      last.push(item);
      taken += size;
    }
  }
  return chunks;
}
