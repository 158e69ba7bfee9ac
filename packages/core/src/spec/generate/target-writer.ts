import type { Cloud } from '../../do/kinds/cloud/cloud.js';
import type { SeenTarget } from '../../do/kinds/cloud/target-kind.js';
import type { Route } from '../../do/model/route.js';
import type { Target } from '../../do/model/target.js';
import type { RegionSnapshot } from '../../do/snapshot/snapshot.js';
import { hostName } from '../schema/fields.js';
import { formOf } from '../schema/key-forms.js';
import { fits, Names } from './link-input.js';
import type { WrittenTarget } from './declared-settings.js';

/** Names the targets of one integration; routes with the same target and settings share a name. */
export class TargetWriter {
  readonly targets = new Map<string, WrittenTarget>();
  /** Why routes have no name here, by their keys, where a plan refuses what they lead to. */
  readonly refused = new Map<string, string>();
  readonly #names = new Names();
  readonly #known = new Map<string, string>();

  constructor(
    readonly region: RegionSnapshot,
    readonly kinds: Cloud['targets'],
    /** Why a plan refuses what a route leads to. */
    readonly refusal: (route: Route, target: Target | undefined, ref: WrittenTarget) => string | undefined,
  ) {}

  name(route: Route): string | undefined {
    const key = JSON.stringify([route.targetId, route.tls, route.path]);
    const known = this.#known.get(key);
    if (known !== undefined) return known;

    const target = this.region.targets.find((one) => one.id === route.targetId);
    const ref = targetInput(route.targetId, target, this.kinds, this.region.region);
    const serverName = route.tls?.serverName;
    if (ref === undefined || (serverName !== undefined && !fits(hostName, serverName))) return undefined;

    const refused = this.refusal(route, target, ref);
    if (refused !== undefined) {
      this.refused.set(route.key, refused);
      return undefined;
    }

    const balancer = this.region.loadBalancers.find((one) => one.id === target?.resourceId);
    const name = this.#names.free(balancer?.name ?? target?.name ?? nameIn(route.targetId), 'target');
    this.#known.set(key, name);
    this.targets.set(name, {
      ...ref,
      ...(route.tls ? { tls: serverName === undefined ? {} : { serverName } } : {}),
      ...(route.path === 'keep' ? { path: 'keep' as const } : {}),
    });
    return name;
  }
}

/**
 * A target of a snapshot in the keys of a spec; undefined where a spec cannot name it. `id` is its own, or that of a service that has a
 * target for each of its ports: then the one that a route calls.
 */
export function writtenTarget(
  { targets, gateways }: Pick<RegionSnapshot, 'targets' | 'gateways'>,
  id: string,
  kinds: Cloud['targets'],
): WrittenTarget | undefined {
  const own = targets.filter((one) => one.id === id || one.id === `${id}:${one.port}`);
  const called = new Set(gateways.flatMap(({ routes }) => routes.map(({ targetId }) => targetId)));
  const [only, ...others] = own.length > 1 ? own.filter((one) => called.has(one.id)) : own;
  return only === undefined || others.length > 0 ? undefined : targetInput(only.id, only, kinds, undefined);
}

/** A target by the first kind of its cloud that has a value for it; undefined where none has, or a spec does not accept it. */
function targetInput(
  id: string | undefined,
  target: Target | undefined,
  targets: Cloud['targets'],
  region: string | undefined,
): WrittenTarget | undefined {
  if (id === undefined || id.includes('${')) return undefined;

  const seen: SeenTarget = target ?? { id };
  for (const [key, { form, hasPort, written, faults }] of Object.entries(targets)) {
    if (hasPort && seen.port === undefined) continue;

    const value = written?.(seen);
    if (value === undefined || !fits(formOf(form), value)) continue;
    if (faults(value, { region, isLedTo: true }).length > 0) continue;

    return { [key]: value, ...(hasPort ? { port: seen.port } : {}) } as WrittenTarget;
  }
  return undefined;
}

/** `orders` of `…:listener/app/orders/50dc…/f2f7…`. */
function nameIn(id: string | undefined): string {
  return id?.split('/').at(2) ?? '';
}
