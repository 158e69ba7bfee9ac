import type { CheckInput, LinkView, Missing, RegionIndex } from '../../do/world/views.js';
import { routeTo } from '../../check/path/routes/route.js';
import { readSpan } from '../../check/path/model/span.js';
import { createWorld } from '../../check/path/create-world.js';
import type { World } from '../../check/path/model/world.js';
import type { Reached } from '../../check/path/routes/arrival.js';
import { arrivalText, type Arrival } from './moved-integrations.js';
import { readAddress } from '../../cidr/read-address.js';

/** The networks in which calls to an address arrive, from all subnets of a link. */
export interface Exits {
  /** Sorted by their texts, each once. */
  readonly places: readonly Arrival[];
  /** Why it is not known for some subnets. */
  readonly missing?: Missing | undefined;
  /** Set if routes of some subnet stop the calls, which `path/*` reports. */
  readonly stopped?: true | undefined;
}

/**
 * The networks in which calls of a link to an address arrive, by the routes of its subnets: a network and an
 * address together identify a machine.
 */
export function exitsOf(check: CheckInput, { name, region, subnetIds }: LinkView, address: string): Exits {
  const span = readSpan(address);
  const world = worldOf(check, region);
  const places = new Map<string, Arrival>();
  let missing: Missing | undefined;
  let stopped: true | undefined;
  if (span === undefined || subnetIds.length === 0)
    return { places: [], missing: notRead(span === undefined ? address : `the subnets of ${name}`) };

  for (const id of subnetIds) {
    const found = world.place(id);
    if (found.is !== 'found') {
      missing ??= found.is === 'unknown' ? found.missing : notRead(`subnet ${id}`);
      continue;
    }

    const { at, verdict } = routeTo(found.value, { text: address, span, behindNetworkAcl: false });
    if (at === undefined && verdict === 'fail') stopped = true;
    else if (at === undefined) missing ??= notRead(`the route of ${id} to ${address}`);
    else if (at.kind === 'hidden') missing ??= at.missing;
    else {
      const place = arrivalOf(at);
      places.set(arrivalText(place), place);
    }
  }
  return { places: [...places].toSorted(byText).map(([, place]) => place), missing, stopped };
}

function byText([a]: readonly [string, Arrival], [b]: readonly [string, Arrival]): number {
  return a < b ? -1 : 1;
}

function arrivalOf(at: Exclude<Reached, { kind: 'hidden' }>): Arrival {
  return at.kind === 'network' ? { kind: 'network', id: at.networkId } : { kind: 'behind', id: at.behind };
}

function worldOf(check: CheckInput, index: RegionIndex): World {
  const { provider, region, account } = index.region;
  return createWorld(index, (far) => {
    const farRegion = check.regionOf({ provider, region: far.region ?? region, account: far.account ?? account });
    return farRegion === undefined ? undefined : worldOf(check, farRegion);
  });
}

function notRead(what: string): Missing {
  return { what, remedy: 'Take the snapshot again with `postern snapshot`, which reads subnets and route tables.' };
}

/**
 * The blocks from which an instance calls backends on the public internet, one address each; empty if that
 * is not known. Links of AWS connect to a network only.
 * @see https://www.alibabacloud.com/help/en/api-gateway/developer-reference/api-cloudapi-2016-07-14-describeinstances
 */
export function publicEgressOf(view: LinkView | undefined): readonly string[] {
  const text = view?.link?.native?.['internetEgressAddress'];
  if (typeof text !== 'string') return [];

  const blocks = text.split(/[,;\s]+/).flatMap((one) => {
    const address = readAddress(one);
    return address === undefined ? [] : [`${one}/${address.family === 4 ? 32 : 128}`];
  });
  return [...new Set(blocks)].toSorted();
}
