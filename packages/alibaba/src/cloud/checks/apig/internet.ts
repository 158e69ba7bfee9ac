import type { Egress } from '@postern/core';
import type { Found, LinkView, Missing, RegionIndex, TargetView } from '@postern/core/check';
import {
  aboutTarget,
  compileTable,
  createWorld,
  defineCheck,
  egressByLink,
  isAddress,
  isPrivate,
  kindTraitsOf,
  part,
  readSpan,
  routesFor,
  type World,
} from '@postern/core/checks';
import type { RouteEntry } from '@postern/core/snapshot';

/** `target/internet`. */
export const targetInternet = defineCheck({
  id: 'target/internet',
  severity: 'error',
  title: 'A public backend is reached through a NAT gateway',
  about:
    'The nodes of a gateway of Cloud-native API Gateway have private addresses only. A public address is reached if the route table ' +
    'of each vSwitch of the gateway leads to a NAT gateway, and that has an SNAT entry for the vSwitch. The backend sees the ' +
    'address of the NAT gateway. An instance of API Gateway (Traditional) has a public address of its own: an API group with ' +
    'public backends loses them on a gateway without NAT.',
  sources: ['https://www.alibabacloud.com/help/en/nat-gateway/user-guide/create-and-manage-snat-entries'],
  codes: ['SUBNET_NOT_READ', 'NO_NAT', 'SNAT_NOT_READ', 'NO_SNAT', 'SNAT'],
  *run(input, say) {
    const worlds = new Map<RegionIndex, World>();
    for (const view of input.integrations) {
      if (kindTraitsOf(view.link).reachesInternet !== true) continue;
      const { region } = view.link;
      const world = worlds.get(region) ?? createWorld(region);
      worlds.set(region, world);
      for (const one of view.targets) {
        for (const address of publicAddresses(one)) {
          for (const subnetId of view.link.subnetIds) {
            const about = aboutTarget(view, one, part('subnet', subnetId));
            const hop = hopOf(view.link, subnetId, address, world);
            const evidence = [{ kind: 'subnet', id: subnetId, text: `calls ${address}` }];
            if (hop.is === 'unknown') {
              yield say.unknown(about, 'SUBNET_NOT_READ', { subnet: subnetId, address }, hop.missing, (p) => ({
                whether: `${p.subnet} leads to ${p.address}`,
                evidence,
              }));
            } else if (hop.is === 'found' && hop.value.nextHop.kind === 'nat') {
              const nat = hop.value.nextHop.id ?? 'the NAT gateway';
              const facts = { subnet: subnetId, address, nat };
              const known = [...evidence, { kind: 'NAT gateway', id: nat, text: `next hop for ${address}` }];
              const sources = publicSourcesOf(view.link);
              const source = sources?.find((row) => row.subnetId === subnetId && row.natGatewayId === nat);
              if (sources === undefined) {
                yield say.unknown(about, 'SNAT_NOT_READ', facts, unreadEntries(nat, view.link, subnetId), (p) => ({
                  whether: `${p.nat} forwards calls from ${p.subnet} to ${p.address}`,
                  evidence: known,
                  severity: 'warning',
                }));
              } else if (source === undefined) {
                yield say.fail(about, 'NO_SNAT', facts, (p) => ({
                  message: `${p.nat} has no SNAT entry for ${p.subnet}: calls to ${p.address} are not forwarded`,
                  remedy: `Create an SNAT entry for ${p.subnet} on ${p.nat}.`,
                  evidence: known,
                }));
              } else {
                yield say.pass(
                  about,
                  'SNAT',
                  () => ({ ...facts, sources: source.addresses }),
                  (p) => ({
                    message: `${p.address} sees calls from ${p.sources.join(', ')} of ${p.nat}`,
                    evidence: known,
                  }),
                );
              }
            } else {
              yield say.fail(about, 'NO_NAT', { subnet: subnetId, address }, (p) => ({
                message: `no route of ${p.subnet} leads ${p.address} to a NAT gateway: the gateway's nodes have private addresses only`,
                remedy: `Create a NAT gateway with an SNAT entry for ${p.subnet}, and a default route to it in the route table of ${p.subnet}.`,
                evidence,
              }));
            }
          }
        }
      }
    }
  },
});

/** The public addresses that a target leads to. What a name leads to is not known. */
function publicAddresses({ spec: { ref }, target }: TargetView): readonly string[] {
  const written = 'address' in ref ? [ref.address] : 'addresses' in ref ? ref.addresses : [];
  const hosts = (target?.endpoints ?? []).map((text) => text.replace(/:\d+$/, ''));
  return [...new Set([...written, ...hosts])].filter((host) => isAddress(host) && !isPrivate(host));
}

/** The route of a vSwitch that calls to an address take; absent: none does. */
function hopOf({ networkId }: LinkView, subnetId: string, address: string, world: World): Found<RouteEntry> {
  const { index } = world;
  const subnet = index.find('subnets', subnetId);
  if (subnet.is !== 'found')
    return subnet.is === 'unknown' ? subnet : { is: 'unknown', missing: unreadTable(subnetId) };
  const id = subnet.value.routeTableId ?? mainTable(index, networkId);
  const table = id === undefined ? undefined : index.find('routeTables', id);
  const missing = index.missing('routeTables', id) ?? unreadTable(subnetId);
  const span = readSpan(address);
  if (table?.is !== 'found' || table.value.routes === undefined || span === undefined)
    return { is: 'unknown', missing };
  const [first] = routesFor(compileTable(table.value, table.value.routes, world), span);
  return first?.value === undefined ? { is: 'absent' } : { is: 'found', value: first.value.route };
}

function mainTable(region: RegionIndex, networkId: string | undefined): string | undefined {
  return region.all('routeTables').items.find((table) => table.networkId === networkId && table.main === true)?.id;
}

function unreadTable(subnet: string): Missing {
  return { what: `the route table of ${subnet}`, remedy: 'Take the snapshot again with `postern snapshot`.' };
}

/** The entries for the subnets of a link. Of one that does not exist yet they are not known. */
function publicSourcesOf({ link, region }: LinkView): Egress['publicSources'] {
  return link === undefined ? undefined : egressByLink(region).get(link.id)?.publicSources;
}

function unreadEntries(nat: string, { link, region }: LinkView, subnet: string): Missing {
  const gap = link === undefined ? undefined : region.missing('egress', link.id);
  if (gap !== undefined) return gap;
  return {
    what: `the SNAT entries of ${nat}`,
    remedy: `Check whether ${nat} has an SNAT entry for ${subnet} (DescribeSnatTableEntries).`,
  };
}
