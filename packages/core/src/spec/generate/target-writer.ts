import { parseAddress } from '../../cidr/address.js';
import type { Route } from '../../do/model/route.js';
import type { Target } from '../../do/model/target.js';
import type { RegionSnapshot } from '../../do/snapshot/snapshot.js';
import { hostName } from '../schema/fields.js';
import { fits } from './fits.js';
import type { WrittenTarget } from './spec-members.js';
import { Names } from './unique-names.js';

/** Names the targets of one integration; routes with the same target and settings share a name. */
export class TargetWriter {
  readonly targets = new Map<string, WrittenTarget>();
  readonly #names = new Names();
  readonly #known = new Map<string, string>();

  constructor(readonly region: RegionSnapshot) {}

  name(route: Route): string | undefined {
    const key = JSON.stringify([route.targetId, route.tls, route.path]);
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const target = this.region.targets.find((one) => one.id === route.targetId);
    const ref = targetInput(route.targetId, target);
    const serverName = route.tls?.serverName;
    if (ref === undefined || (serverName !== undefined && !fits(hostName, serverName))) return undefined;
    const balancer = this.region.loadBalancers.find((one) => one.id === target?.resourceId);
    const name = this.#names.free(balancer?.name ?? target?.name ?? arnName(route.targetId), 'target');
    this.#known.set(key, name);
    this.targets.set(name, {
      ...ref,
      ...(route.tls ? { tls: serverName === undefined ? {} : { serverName } } : {}),
      ...(route.path === 'keep' ? { path: 'keep' as const } : {}),
    });
    return name;
  }
}

function targetInput(id: string | undefined, target: Target | undefined): WrittenTarget | undefined {
  if (id === undefined || id.includes('${')) return undefined;
  const { kind, resourceId = '', port, endpoints } = target ?? {};
  if (endpoints !== undefined && port !== undefined) return endpointsInput(resourceId, endpoints, port);
  if (port !== undefined && kind === 'instance' && /^(?:i|lb)-[A-Za-z0-9]+$/.test(resourceId)) {
    return { instance: resourceId, port };
  }
  if (port !== undefined && (kind === 'instance' || kind === 'address') && isAddress(resourceId)) {
    return { address: resourceId, port };
  }
  if (/:listener\/(?:app|net)\//.test(id)) return { listener: id };
  if (/:servicediscovery:.*:service\//.test(id)) return { service: id };
  return undefined;
}

/** What a service leads to: a machine or load balancer, where that is known; addresses, or a name, all on one port. */
function endpointsInput(resourceId: string, endpoints: readonly string[], port: number): WrittenTarget | undefined {
  if (/^(?:i|lb)-[A-Za-z0-9]+$/.test(resourceId)) return { instance: resourceId, port };
  const hosts = endpoints.flatMap((text) => (text.endsWith(`:${port}`) ? text.slice(0, -`:${port}`.length) : []));
  const [first, ...others] = hosts;
  if (first === undefined || hosts.length < endpoints.length) return undefined;
  if (hosts.every(isAddress)) return others.length === 0 ? { address: first, port } : { addresses: hosts, port };
  return others.length === 0 && fits(hostName, first) ? { dnsName: first, port } : undefined;
}

function isAddress(text: string): boolean {
  try {
    parseAddress(text);
    return true;
  } catch {
    return false;
  }
}

/** `orders` of `…:listener/app/orders/50dc…/f2f7…`. */
function arnName(arn: string | undefined): string {
  return arn?.split('/').at(2) ?? '';
}
