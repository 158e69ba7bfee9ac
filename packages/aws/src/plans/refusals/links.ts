import { fail } from '@postern/core/checks';
import { ifCertain, possible, refusals, type Refusals } from '@postern/core/overlay';
import { AWS } from '../rows/id-forms.js';

/**
 * VPC links V2: one network.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-vpc-links.html
 */
const second: Refusals = refusals(
  ['aws_apigatewayv2_vpc_link'],
  {
    SEVERAL_NETWORKS: fail('its subnets are in {networks:and}', 'Name subnets of one network.'),
    GROUP_OF_OTHER_NETWORK: fail(
      '{group} is in {other}, and its subnets are in {network}',
      'Name groups of {network}.',
    ),
    LINK_NAME: fail('{attribute} is not 1 to {most} characters long', 'Write such a name.'),
  },
  function* ({ view, about, named, draft }, say) {
    const name = view.value('name');
    if (typeof name === 'string' && (name.length === 0 || name.length > LONGEST_NAME))
      yield say.LINK_NAME(about, { attribute: named('name'), most: LONGEST_NAME });
    const subnets = view.refs('subnet_ids', AWS.subnet).flatMap((id) => draft.get('subnets', id) ?? []);
    const networks = [...new Set(subnets.map(({ networkId }) => networkId))];
    const [network] = networks;
    if (network === undefined) return;

    if (networks.length > 1) yield say.SEVERAL_NETWORKS(about, { networks });
    for (const group of networks.length > 1 ? [] : view.refs('security_group_ids', AWS.group)) {
      const other = draft.get('securityGroups', group)?.networkId;
      if (other !== undefined && other !== network) yield say.GROUP_OF_OTHER_NETWORK(about, { group, other, network });
    }
  },
);

/** @see https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/vpclinks.html */
const LONGEST_NAME = 128;
const OTHERS = /:loadbalancer\/(?:app|gwy)\//;

/**
 * VPC links V1 lead to a network load balancer; with another one a link is FAILED, and the apply ends with an error.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-private-integration.html
 */
const first: Refusals = refusals(
  ['aws_api_gateway_vpc_link'],
  {
    LINK_TARGET: fail(
      '{attribute} is {target}, which is not a network load balancer: the link is FAILED',
      'Name a network load balancer, or use a VPC link V2.',
    ),
    LINK_NAME: fail('{attribute} is empty', 'Write a name.'),
  },
  function* ({ view, about, named, draft }, say) {
    if (view.value('name') === '') yield say.LINK_NAME(about, { attribute: named('name') });
    const [target] = ifCertain(() => view.refs('target_arns', AWS.balancer)) ?? possible(view, 'target_arns') ?? [];
    if (target === undefined) return;

    const kind = draft.get('loadBalancers', target)?.kind;
    if (kind === undefined ? OTHERS.test(target) : kind !== 'network')
      yield say.LINK_TARGET(about, { attribute: named('target_arns'), target });
  },
);

export const linkRefusals: readonly Refusals[] = [first, second];
