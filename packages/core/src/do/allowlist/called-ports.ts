import { askedFor, splitQuery } from '../model/discovered.js';
import type { Target, TargetRef } from '../model/target.js';
import type { RegionSnapshot } from '../snapshot/snapshot.js';

/** The facts about a target that an allowlist needs: the target itself, and its part of the spec. */
export interface CalledTarget {
  readonly target?: Pick<Target, 'kind' | 'id' | 'port'> | undefined;
  readonly spec?: { readonly ref: TargetRef } | undefined;
}

/** The ports that a gateway calls a target on, or why they are not known: because something was not read, or although all was. */
export type CalledPorts =
  { readonly ports: readonly number[] } | { readonly unknown: string; readonly isUnread: boolean };

/**
 * The ports of a target: its own, those that the spec names, or those that the instances of its service are registered with.
 * @param attribute what holds the port of an instance: see `TargetKind.portAttribute`
 */
export function calledPorts(
  { services }: Pick<RegionSnapshot, 'services'>,
  called: CalledTarget,
  attribute = 'port',
): CalledPorts {
  const { target, spec } = called;
  if (target?.port !== undefined) return { ports: [target.port] };
  if (spec !== undefined && spec.ref.port !== undefined) return { ports: [spec.ref.port] };
  if (target?.kind !== 'service') return { unknown: 'it was not read', isUnread: true };
  const [id, query] = splitQuery(target.id);
  const instances = services?.find((one) => one.id === id)?.instances;
  if (instances === undefined) return { unknown: 'its instances were not read', isUnread: true };
  const { instances: asked, missing } = askedFor(id, instances, query);
  if (missing !== undefined) return { unknown: 'the attributes of its instances were not read', isUnread: true };
  const [portless] = asked.filter(({ port }) => port === undefined);
  if (portless !== undefined) return { unknown: `its instance ${portless.id} has no ${attribute}`, isUnread: false };
  if (asked.length === 0) return { unknown: 'no instance is registered', isUnread: false };
  return { ports: [...new Set(asked.flatMap(({ port }) => port ?? []))] };
}
