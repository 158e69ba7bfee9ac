import { fail } from '@postern/core/checks';
import { contains } from '@postern/core/kinds';
import { cidrOf, ifCertain, OTHER, pairOf, refusals, type Refusals, textOf, type View } from '@postern/core/overlay';
import { AWS } from '../rows/id-forms.js';

/** What may be associated once: by the attributes that name what is associated. */
interface Once {
  readonly type: string;
  readonly ids: (view: View) => string | undefined;
  /** What it is associated with: the same association of another resource is accepted. */
  readonly end?: (view: View) => string | undefined;
  readonly what: string;
  /** What helps where the new one is created first, and is the same. */
  readonly otherwise: string;
}

const UNDO = 'Undo what replaces it: it cannot exist twice.';

/** @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html */
const ONCE: readonly Once[] = [
  {
    type: 'aws_route_table_association',
    ids: (one) => one.ref('subnet_id', AWS.subnet),
    end: (one) => one.ref('route_table_id', AWS.table),
    what: 'a subnet has one route table',
    otherwise: UNDO,
  },
  {
    type: 'aws_internet_gateway',
    ids: (one) => one.ref('vpc_id', AWS.network),
    what: 'a network has one internet gateway',
    otherwise: UNDO,
  },
  {
    type: 'aws_route',
    ids: (one) => {
      const block = one.text('destination_cidr_block');
      return block === undefined ? undefined : `${one.neededRef('route_table_id', AWS.table)} ${block}`;
    },
    what: 'a route table has one route for a destination',
    otherwise: UNDO,
  },
  {
    type: 'aws_network_acl_rule',
    ids: (one) =>
      `${one.neededRef('network_acl_id', AWS.acl)} ${one.flag('egress') === true} ${one.number('rule_number') ?? ''}`,
    what: 'a network ACL has each rule number once in a direction',
    otherwise: 'Give it another rule number.',
  },
  {
    // https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-api-with-vpclink-cli.html
    type: 'aws_api_gateway_vpc_link',
    ids: (one) => one.refs('target_arns', AWS.balancer)[0],
    what: 'a network load balancer is of one VPC link V1',
    otherwise: 'Create the new link before another network load balancer.',
  },
];

const once: readonly Refusals[] = ONCE.map(({ type, ids, end, what, otherwise }) =>
  refusals(
    [type],
    {
      ASSOCIATED_TWICE: fail(`${OTHER} is for the same: {what}`, '[if isOwn: {otherwise}|Remove one of the two.]'),
    },
    function* ({ view, about, others }, say) {
      const own = ids(view);
      if (own === undefined) return;

      const its = end?.(view);
      const other = others(type).find((one) => {
        const isEqual = ifCertain(() => ids(one)) === own;
        const isOwn = one.instance === view.instance;
        return isEqual && (isOwn || end === undefined || ![undefined, its].includes(ifCertain(() => end(one))));
      });
      if (other !== undefined)
        yield say.ASSOCIATED_TWICE(about, pairOf({ view }, other), { words: { what, otherwise } });
    },
  ),
);

/** @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AssociateRouteTable.html */
const tables: Refusals = refusals(
  ['aws_route_table_association'],
  {
    TABLE_OF_OTHER_NETWORK: fail(
      '{table} is in {other}, and {subnet} is in {network}',
      'Name a route table of {network}.',
    ),
  },
  function* ({ view, about, draft }, say) {
    const table = view.neededRef('route_table_id', AWS.table);
    const subnet = view.neededRef('subnet_id', AWS.subnet);
    const other = draft.get('routeTables', table)?.networkId;
    const network = draft.get('subnets', subnet)?.networkId;
    if (other !== undefined && network !== undefined && other !== network)
      yield say.TABLE_OF_OTHER_NETWORK(about, { table, other, subnet, network });
  },
);

const GATEWAYS = ['aws_internet_gateway', 'aws_egress_only_internet_gateway'];

/**
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Route_Tables.html Routes of a network's own addresses lead to an interface.
 */
const routes: Refusals = refusals(
  ['aws_route'],
  {
    ROUTE_INSIDE: fail(
      '{block} is in the block {own} of {network}: such a route leads to an interface or an instance alone',
      'Name an interface, or another destination.',
    ),
    GATEWAY_OF_OTHER_NETWORK: fail(
      '{gateway} is of {other}, and the route table is in {network}',
      'Name a gateway of {network}.',
    ),
  },
  function* ({ view, about, draft, others }, say) {
    const network = draft.get('routeTables', view.neededRef('route_table_id', AWS.table))?.networkId;
    const gateway = ifCertain(() => view.ref('gateway_id', AWS.hop) ?? view.ref('egress_only_gateway_id', AWS.hop));
    const other = others(...GATEWAYS).find((one) => gateway !== undefined && textOf(one, 'id') === gateway);
    const its = other && ifCertain(() => other.ref('vpc_id', AWS.network));
    if (network !== undefined && gateway !== undefined && its !== undefined && its !== network)
      yield say.GATEWAY_OF_OTHER_NETWORK(about, { gateway, other: its, network });
    const block = cidrOf(textOf(view, 'destination_cidr_block'));
    const toInterface = ifCertain(() => view.ref('network_interface_id', AWS.hop)) !== undefined;
    if (block === undefined || network === undefined || toInterface || view.isUnknown('network_interface_id')) return;

    const own = draft.get('networks', network)?.cidrBlocks.find((one) => {
      const outer = cidrOf(one);
      return outer !== undefined && contains(outer, block);
    });
    if (own !== undefined)
      yield say.ROUTE_INSIDE(about, { block: view.needed('destination_cidr_block'), own, network });
  },
);

export const associationRefusals: readonly Refusals[] = [...once, tables, routes];
