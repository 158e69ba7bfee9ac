import type { AlibabaTypes } from '../../../cloud/types.js';
import type { Found, LinkView, Missing, RegionIndex, TargetView } from '@postern/core/internal/check';
import {
  aboutTarget,
  compileTable,
  createWorld,
  defineCheck,
  egressByLink,
  isAddress,
  isPrivate,
  part,
  readSpan,
  routesFor,
  type World,
  fail,
  pass,
  unknown,
  aboutLink,
  linkEvidence,
} from '@postern/core/internal/checks';
import type { RouteEntry, Egress, Link } from '@postern/core/internal/snapshot';

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
  codes: {
    SUBNET_NOT_READ: unknown('{subnet} leads to {address}'),
    NO_NAT: fail(
      "no route of {subnet} leads {address} to a NAT gateway: the gateway's nodes have private addresses only",
      'Create a NAT gateway with an SNAT entry for {subnet}, and a default route to it in the route table of {subnet}.',
    ),
    SNAT_NOT_READ: unknown('{nat} forwards calls from {subnet} to {address}', 'warning'),
    NO_SNAT: fail(
      '{nat} has no SNAT entry for {subnet}: calls to {address} are not forwarded',
      'Create an SNAT entry for {subnet} on {nat}.',
    ),
    SNAT: pass('{address} sees calls from {sources} of {nat}'),
  },
  *run(input, say) {
    const worlds = new Map<RegionIndex, World>();
    for (const view of input.integrations) {
      if (view.link.traits.reachesInternet !== true) continue;

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
              yield say.SUBNET_NOT_READ(about, { subnet: subnetId, address }, hop.missing, evidence);
            } else if (hop.is === 'found' && hop.value.nextHop.kind === 'nat') {
              const nat = hop.value.nextHop.id ?? 'the NAT gateway';
              const facts = { subnet: subnetId, address, nat };
              const known = [...evidence, { kind: 'NAT gateway', id: nat, text: `next hop for ${address}` }];
              const sources = publicSourcesOf(view.link);
              const source = sources?.find((row) => row.subnetId === subnetId && row.natGatewayId === nat);
              if (sources === undefined) {
                yield say.SNAT_NOT_READ(about, facts, unreadEntries(nat, view.link, subnetId), known);
              } else if (source === undefined) {
                yield say.NO_SNAT(about, facts, known);
              } else {
                yield say.SNAT(about, { ...facts, sources: source.addresses }, known);
              }
            } else {
              yield say.NO_NAT(about, { subnet: subnetId, address }, evidence);
            }
          }
        }
      }
    }
  },
});

/** The public addresses that a target leads to. What a name leads to is not known. */
function publicAddresses({ spec, target }: TargetView): readonly string[] {
  const ref = spec.ref as AlibabaTypes['target'];
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

/** The entrances that each value of `access` means. */
const ENTRANCES: Readonly<Record<string, readonly string[]>> = {
  internet: ['the internet'],
  intranet: ['its VPC'],
  both: ['the internet', 'its VPC'],
};

export const linkAccess = defineCheck({
  id: 'link/access',
  severity: 'error',
  title: 'A gateway has the entrances that its callers need',
  about:
    'A gateway of Cloud-native API Gateway takes calls from the internet, from its VPC, or from both, by a load balancer for each. ' +
    'They are chosen with the purchase and cannot be changed. `access` of a link declares from where callers come: an entrance that ' +
    'is missing is an error, and one that is not declared is a warning. The entrances are read from the load balancers of the gateway [I]. ' +
    'A link without `access` has no verdict.',
  sources: [
    'https://www.alibabacloud.com/help/en/api-gateway/cloud-native-api-gateway/user-guide/create-gateway',
    'https://help.aliyun.com/zh/api-gateway/cloud-native-api-gateway/developer-reference/api-apig-2024-03-27-creategateway',
  ],
  codes: {
    ACCESS_NOT_READ: unknown('{linkId} takes calls from {join}'),
    ACCESS_FITS: pass('{linkId} takes calls from {wanted:and}'),
    ACCESS_LACKING: fail(
      '{linkId} takes no calls from {lacking:and}: its entrances are for {there:and}',
      'Declare another link with `access: {access}`, and move the integrations of link {name} to it: the entrances of a gateway cannot be changed.',
    ),
    ACCESS_WIDER: fail(
      '{linkId} takes calls from {wider:and} as well, which links.{name}.access does not declare',
      'Write the callers that there are as links.{name}.access, or move to a gateway without that entrance.',
      'warning',
    ),
  },
  *run(input, say) {
    for (const view of input.links) {
      const { link, name } = view;
      if (link === undefined || !view.traits.settings.includes('access')) continue;

      const asked = view.spec.native?.['access'];
      const wanted = typeof asked === 'string' ? ENTRANCES[asked] : undefined;
      if (wanted === undefined) continue;

      const about = aboutLink(view);
      const evidence = [linkEvidence(link)];
      const there = entrancesOf(link);
      const facts = { linkId: link.id, name, access: String(asked) };
      if (there === undefined) {
        const missing = {
          what: `the load balancers of ${link.id}`,
          remedy: `Wait until ${link.id} is Running, and take the snapshot again.`,
        };
        yield say.ACCESS_NOT_READ(about, facts, missing, { evidence, words: { join: wanted.join(' and ') } });
        continue;
      }

      const lacking = wanted.filter((one) => !there.includes(one));
      const wider = there.filter((one) => !wanted.includes(one));
      if (lacking.length > 0) {
        yield say.ACCESS_LACKING(about, { ...facts, lacking, there }, evidence);
      } else if (wider.length > 0) {
        yield say.ACCESS_WIDER(about, { ...facts, wider }, evidence);
      } else {
        yield say.ACCESS_FITS(about, { ...facts, wanted }, evidence);
      }
    }
  },
});

/** Undefined: not read. */
function entrancesOf({ settings }: Link): readonly string[] | undefined {
  const from = settings?.callersFrom;
  return from === undefined ? undefined : ENTRANCES[from === 'network' ? 'intranet' : from];
}
