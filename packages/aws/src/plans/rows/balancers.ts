import { defined } from '@postern/core/internal/adapter';
import type { DraftRegion, Row, Rows, View } from '@postern/core/internal/overlay';
import type { LoadBalancer } from '@postern/core/internal/snapshot';
import { defaultGroups } from './network.js';
import { arn, nameIn, secondsOf, AWS } from './id-forms.js';

const KINDS: ReadonlyMap<string, LoadBalancer['kind']> = new Map([
  ['application', 'application'],
  ['network', 'network'],
  ['gateway', 'gateway'],
]);

/** How ARNs name the kinds. */
const IN_ARNS: ReadonlyMap<string, string> = new Map([
  ['application', 'app'],
  ['network', 'net'],
  ['gateway', 'gwy'],
]);

const ON: ReadonlyMap<string, boolean | undefined> = new Map([
  ['on', true],
  ['off', false],
]);

const balancer: Row = {
  list: 'loadBalancers',
  sets: { subnet_mapping: ['subnet_id'] },
  ids: {
    id: (view, hash) => balancerArn(view, hash),
    arn: (view, hash) => balancerArn(view, hash),
    dns_name: (view, hash) =>
      `${view.ifKnown(() => view.text('name')) ?? 'internal'}-${hash.slice(0, 8)}.elb.amazonaws.com`,
  },
  idAttribute: 'arn',
  add: (view, { draft }) => {
    const id = view.needed('arn');
    const known = draft.get('loadBalancers', id);
    const kind = view.listed('load_balancer_type', KINDS, 'application');
    const mapped = view.blocks('subnet_mapping');
    const listed = view.refs('subnets', AWS.subnet);
    const subnetIds = listed.length > 0 ? listed : mapped.map((one) => one.neededRef('subnet_id', AWS.subnet));
    const subnets = subnetIds.map((one) => draft.get('subnets', one));
    const networkId = subnets.find((one) => one !== undefined)?.networkId ?? view.text('vpc_id') ?? known?.networkId;
    const given = view.refs('security_groups', AWS.group);
    // A new application load balancer without groups gets the default group of its network.
    const byDefault = kind === 'application' && known === undefined ? defaultGroups(draft, networkId) : [];
    const securityGroupIds = given.length > 0 ? given : (known?.securityGroupIds ?? byDefault);
    // The groups of a new network load balancer apply to PrivateLink traffic unless the plan says otherwise.
    const byGroups = kind === 'network' && known === undefined && given.length > 0 ? true : undefined;
    const enforced = view.listed('enforce_security_group_inbound_rules_on_private_link_traffic', ON, byGroups);
    const zones = subnets.flatMap((one) => one?.zone ?? []);
    draft.put('loadBalancers', {
      state: 'active',
      active: true,
      account: draft.base.account,
      ...known,
      id,
      name: view.ifKnown(() => view.text('name')) ?? known?.name ?? id.split('/').at(-2) ?? id,
      kind,
      networkId,
      scheme: view.flag('internal') === true ? 'internal' : 'internet-facing',
      subnetIds,
      securityGroupIds,
      zones: zones.length === subnetIds.length ? zones : known?.zones,
      dualStack: view.ifKnown(() => view.text('ip_address_type'))?.startsWith('dualstack') ?? known?.dualStack ?? false,
      crossZone: kind === 'application' ? true : (view.flag('enable_cross_zone_load_balancing') ?? false),
      ...defined({ privateLinkEnforced: enforced }),
      ...(kind === 'application' ? { idleTimeoutMs: secondsOf(view, 'idle_timeout', 60) } : {}),
    } as LoadBalancer);
    for (const one of draft.all('interfaces'))
      if (one.attachedTo === id && known !== undefined) draft.patch('interfaces', one.id, () => ({ securityGroupIds }));
    for (const one of mapped) putFixedAddress(one, draft, id, { networkId, securityGroupIds });
  },
  remove: (view, { draft }) => {
    const id = view.needed('arn');
    draft.remove('loadBalancers', id);
    for (const one of draft.all('interfaces')) if (one.attachedTo === id) draft.remove('interfaces', one.id);
  },
};

/** The address that a network load balancer is given in a subnet. https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_SubnetMapping.html */
function putFixedAddress(
  mapping: View,
  draft: DraftRegion,
  attachedTo: string,
  given: Pick<LoadBalancer, 'networkId' | 'securityGroupIds'>,
): void {
  const address = mapping.ifKnown(() => mapping.text('private_ipv4_address'));
  const subnetId = mapping.neededRef('subnet_id', AWS.subnet);
  const others = draft.all('interfaces').filter((one) => one.subnetId === subnetId && one.attachedTo === attachedTo);
  if (address === undefined || others.length > 0) return;

  const id = `eni-${attachedTo.split('/').at(-1)}-${subnetId}`;
  draft.putInterface({ id, subnetId, attachedTo, addresses: [address], ...given });
}

/** Load balancers. */
export const balancerRows: Rows = { aws_lb: balancer, aws_alb: balancer };

function balancerArn(view: View, hash: string): string {
  const type = view.text('load_balancer_type') ?? 'application';
  return arn(view, `loadbalancer/${IN_ARNS.get(type) ?? type}/${nameIn(view, hash)}/${hash.slice(0, 16)}`);
}
