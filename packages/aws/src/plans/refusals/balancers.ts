import { fail } from '@postern/core/checks';
import { ifCertain, isWithin, knownWords, refusals, type Refusals, textOf } from '@postern/core/overlay';
import { AWS } from '../rows/id-forms.js';
import { BALANCERS } from './facts.js';

/**
 * Where load balancers stand.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateLoadBalancer.html Subnets
 */
const zones: Refusals = refusals(
  BALANCERS,
  {
    ZONE_TWICE: fail(
      'two of its subnets are in {zone}: a load balancer has one subnet in a zone',
      'Name one subnet in each zone.',
    ),
    ONE_ZONE: fail(
      'its subnets are in one zone, {zone}: an application load balancer has subnets in two zones or more',
      'Name a subnet in another zone as well, or use a network load balancer.',
    ),
    SEVERAL_NETWORKS: fail('its subnets are in {networks:and}', 'Name subnets of one network.'),
    GROUP_OF_OTHER_NETWORK: fail(
      '{group} is in {other}, and its subnets are in {network}',
      'Name groups of {network}.',
    ),
  },
  function* ({ view, about, draft }, say) {
    const kind = view.text('load_balancer_type') ?? 'application';
    const mapped = view.blocks('subnet_mapping');
    const listed = view.refs('subnets', AWS.subnet);
    const ids = listed.length > 0 ? listed : mapped.map((one) => one.neededRef('subnet_id', AWS.subnet));
    const subnets = ids.flatMap((id) => draft.get('subnets', id) ?? []);
    const [zone, ...others] = subnets.map((one) => one.zone);
    if (subnets.length !== ids.length || zone === undefined) return;

    const all = [zone, ...others];
    const twice = all.find((one, at) => all.indexOf(one) < at);
    if (twice !== undefined) yield say.ZONE_TWICE(about, { zone: twice });
    else if (kind === 'application' && others.length === 0) yield say.ONE_ZONE(about, { zone });
    const networks = [...new Set(subnets.map(({ networkId }) => networkId))];
    const [network = ''] = networks;
    if (networks.length > 1) yield say.SEVERAL_NETWORKS(about, { networks });
    for (const id of ifCertain(() => view.refs('security_groups', AWS.group)) ?? []) {
      const other = draft.get('securityGroups', id)?.networkId;
      if (other !== undefined && other !== network && networks.length === 1)
        yield say.GROUP_OF_OTHER_NETWORK(about, { group: id, other, network });
    }
  },
);

/** @see https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateLoadBalancer.html Errors, InvalidSubnet */
const internet: Refusals = refusals(
  BALANCERS,
  {
    NO_INTERNET_GATEWAY: fail(
      'it is internet-facing, and {network} has no internet gateway',
      'Make it internal, or create an internet gateway for {network}.',
    ),
  },
  function* ({ view, about, draft, others }, say) {
    if (view.isUnknown('internal') || view.flag('internal') === true) return;

    const [subnet = ''] = view.refs('subnets', AWS.subnet);
    const network = draft.get('subnets', subnet)?.networkId;
    // A network of the plan has the gateways of the plan alone; of others a snapshot has no list.
    const isNew = others('aws_vpc').some((one) => one.instance.before === undefined && textOf(one, 'id') === network);
    const isAttached = others('aws_internet_gateway').some((one) => {
      const its = ifCertain(() => one.ref('vpc_id', AWS.network));
      return its === undefined || its === network;
    });
    if (network !== undefined && isNew && !isAttached) yield say.NO_INTERNET_GATEWAY(about, { network });
  },
);

/**
 * Numbers of attributes. Those of other kinds of load balancers are not sent.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_LoadBalancerAttribute.html
 */
const RANGES = [
  ['idle_timeout', 1, 4000],
  ['client_keep_alive', 60, 604_800],
] as const;

const numbers: Refusals = refusals(
  BALANCERS,
  { ATTRIBUTE_RANGE: fail('{attribute} is {value}: expected {least} to {most}', 'Write {least} to {most}.') },
  function* ({ view, about, named }, say) {
    if ((view.text('load_balancer_type') ?? 'application') !== 'application') return;

    for (const [name, least, most] of RANGES) {
      const value = ifCertain(() => view.number(name));
      if (value !== undefined && !isWithin(value, least, most))
        yield say.ATTRIBUTE_RANGE(about, { attribute: named(name), value, least, most });
    }
  },
);

/** @see https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_LoadBalancerAttribute.html */
const ofApplication = knownWords(
  BALANCERS,
  [
    { attribute: 'desync_mitigation_mode', known: ['monitor', 'defensive', 'strictest'] },
    { attribute: 'xff_header_processing_mode', known: ['append', 'preserve', 'remove'] },
  ],
  ({ view }) => (view.text('load_balancer_type') ?? 'application') === 'application',
);

const ofNetwork = knownWords(
  BALANCERS,
  [
    {
      attribute: 'dns_record_client_routing_policy',
      known: ['any_availability_zone', 'availability_zone_affinity', 'partial_availability_zone_affinity'],
    },
  ],
  ({ view }) => view.text('load_balancer_type') === 'network',
);

export const balancerRefusals: readonly Refusals[] = [zones, internet, numbers, ofApplication, ofNetwork];
