import { fail, pass, unknown } from '../../../do/findings/say.js';
import type { DiscoveryService } from '../../../do/model/load-balancer.js';
import type { Found, IntegrationView, LinkView, Missing } from '../../../do/world/views.js';
import { linkText } from '../../../do/world/link-facts.js';
import { isPublicOnly, type Backend } from '../../path/balancers/backend.js';
import { askedFor } from '../../../do/model/discovered.js';
import { isUnusedAddress } from '../../path/sources/far-interface.js';
import { interfaceAt } from '../../path/sources/interface-end.js';
import { blockSet, readPlace } from '../../path/model/group-set.js';
import { resourceOf } from '../../../ground/text/texts.js';
import { backends } from '../../path/balancers/balancers.js';
import { defineCheck } from '../define-check.js';

export const targetNetwork = defineCheck({
  id: 'target/network',
  severity: 'error',
  title: 'The target is in the network of the link',
  about: 'A link connects to one network. This check does not evaluate plain addresses; `path/*` does.',
  codes: {
    NETWORK_NOT_READ: unknown('the target is in the network of link {link}'),
    SAME_NETWORK: pass('the target is in {networkId}, as {linkText} is'),
    OTHER_NETWORK: fail(
      '{backend} is in {network}, and {linkText} connects to {linkNetwork}',
      'Use a link into {network}, or a backend in {linkNetwork}.',
    ),
  },
  *run(input, say) {
    for (const { integration, target, about, backend } of backends(input)) {
      // A conventional instance connects to the network that an authorization names.
      if (backend.kind === 'address' || integration.link.traits.callsFrom === 'blocks') continue;
      if (backend.kind === 'balancer' && backend.balancer.is === 'found' && isPublicOnly(backend.balancer.value))
        continue;

      const { link } = integration;
      const { networkId } = link;
      const on = { link: link.name };
      if (networkId === undefined) {
        const missing = networkMissing(integration);
        if (missing !== undefined) yield say.NETWORK_NOT_READ(about, on, missing);
        continue;
      }

      const own = networkOf(link, backend, target.target?.networkId);
      if (own.is === 'absent') continue;
      if (own.is === 'unknown') {
        // Cloud Map reports no VPC for most services: that alone is not an error.
        const severity = backend.kind === 'service' ? 'warning' : 'error';
        yield say.NETWORK_NOT_READ(about, on, own.missing, { severity });
        continue;
      }

      const network = own.value;
      const evidence = [{ kind: 'target', id: backend.id, text: `in ${network}` }];
      const unread = network === networkId ? unreadScheme(link, backend) : undefined;
      if (unread !== undefined) yield say.NETWORK_NOT_READ(about, on, unread);
      else if (network === networkId) yield say.SAME_NETWORK(about, { networkId, linkText: linkText(link) }, evidence);
      else {
        const params = { backend: backend.id, network, linkText: linkText(link), linkNetwork: networkId };
        yield say.OTHER_NETWORK(about, params, evidence);
      }
    }
  },
});

/** Why it cannot be determined whether a CLB instance is in a network: an internet-facing one is not. */
function unreadScheme({ region }: LinkView, backend: Backend): Missing | undefined {
  if (backend.kind !== 'balancer' || !region.clouds.network(region.region).publicBalancersStandOutside)
    return undefined;
  if (backend.balancer.is === 'unknown') return backend.balancer.missing;

  const isOpen = backend.balancer.is === 'found' && backend.balancer.value.scheme === undefined;
  return isOpen ? region.missing('loadBalancers', backend.id) : undefined;
}

function networkMissing({ link: { region, subnetIds, loadBalancerIds = [], link } }: IntegrationView) {
  for (const id of loadBalancerIds) {
    const balancer = region.find('loadBalancers', id);
    if (balancer.is === 'unknown') return balancer.missing;
  }
  for (const id of subnetIds) {
    const subnet = region.find('subnets', id);
    if (subnet.is === 'unknown') return subnet.missing;
  }
  return region.missing('subnets', subnetIds[0]) ?? (link === undefined ? undefined : region.missing('links', link.id));
}

function networkOf(
  link: LinkView,
  backend: Exclude<Backend, { kind: 'address' }>,
  known: string | undefined,
): Found<string> {
  const found =
    backend.kind === 'balancer' ? backend.balancer : backend.kind === 'service' ? backend.service : backend.instance;
  // An authorization names the network that it is for, not the one that its instance is in.
  if (backend.kind === 'instance' && found.is === 'unknown') return found;

  const networkId = (found.is === 'found' ? found.value.networkId : undefined) ?? known;
  if (networkId !== undefined) return { is: 'found', value: networkId };
  if (found.is !== 'found') return found;

  // `path/*` evaluates the path to instances elsewhere (on premises, in a network behind a gateway).
  const stands =
    backend.kind === 'service' && backend.service.is === 'found'
      ? standsOf(link, backend.service.value, backend.query)
      : undefined;
  if (stands === 'here') return { is: 'found', value: link.networkId ?? '' };
  if (stands === 'elsewhere') return { is: 'absent' };

  const what = `the network of ${resourceOf(backend.id)}`;
  const unread = link.region.missing('interfaces');
  if (backend.kind === 'service' && unread?.failed === true) return { is: 'unknown', missing: { ...unread, what } };

  return { is: 'unknown', missing: { what, remedy: `Check ${what}.` } };
}

/**
 * The location of the instances of a service that a target requests: all at interfaces of the network of the link, or some
 * in none of its blocks. Undefined if it cannot be determined.
 */
function standsOf(
  { region, networkId }: LinkView,
  { id, instances: all = [] }: DiscoveryService,
  query: string | undefined,
): 'here' | 'elsewhere' | undefined {
  const { instances, missing } = askedFor(id, all, query);
  if (missing !== undefined) return undefined;

  const network = networkId === undefined ? undefined : region.find('networks', networkId);
  if (networkId === undefined || network === undefined || instances.length === 0) return undefined;

  const own =
    network.is === 'found'
      ? blockSet([...network.value.cidrBlocks, ...(network.value.ipv6CidrBlocks ?? [])])
      : undefined;
  const places = instances.map(({ address }) => {
    const host = address === undefined ? undefined : readPlace(address);
    if (host === undefined || address === undefined) return undefined;
    if (interfaceAt(region, networkId, address) !== undefined) return 'here';
    if (own === undefined) return undefined;

    // `path/*` also evaluates which resource has an address of the network.
    return own.has(host) && !isUnusedAddress(region, networkId, address) ? undefined : 'elsewhere';
  });
  if (places.includes(undefined)) return undefined;

  return places.includes('elsewhere') ? 'elsewhere' : 'here';
}
