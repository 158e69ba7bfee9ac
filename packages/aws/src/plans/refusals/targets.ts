import { fail } from '@postern/core/checks';
import { contains, prefixOf, readAddress, type Prefix } from '@postern/core/kinds';
import { cidrOf, type Asked, ifCertain, possible, refusals, type Refusals, textOf } from '@postern/core/overlay';
import { AWS } from '../rows/id-forms.js';
import { ATTACHMENTS, GROUPS } from './facts.js';

/*
 * What is registered in groups.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_RegisterTargets.html
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/network/application-load-balancer-target.html
 */
const BALANCER = /^arn:[\w-]+:elasticloadbalancing:.*:loadbalancer\/(?<kind>app|net|gwy)\//;

interface Kind {
  readonly expected: string;
  readonly form: RegExp;
}

/** By the `target_type` of a group. */
const KINDS: Readonly<Record<string, Kind>> = {
  instance: { expected: 'instances', form: /^i-[0-9a-z]+$/ },
  ip: { expected: 'addresses', form: /^(?:\d+\.){3}\d+$|^[0-9a-f]*:[0-9a-f:.]*$/i },
  alb: {
    expected: 'application load balancers',
    form: /^arn:[\w-]+:elasticloadbalancing:.*:loadbalancer\/app\//,
  },
  lambda: { expected: 'functions', form: /^arn:[\w-]+:lambda:/ },
};
const TYPES: Readonly<Record<string, string>> = {
  instance: 'instance',
  address: 'ip',
  'load-balancer': 'alb',
  lambda: 'lambda',
};

/** The group of an attachment: of the plan, or one that stays. */
function groupOf({ view, draft, others }: Asked) {
  const id = view.neededRef('target_group_arn', AWS.targetGroup);
  const written = others(...GROUPS).find((one) => textOf(one, 'arn') === id);
  const known = draft.get('targetGroups', id);
  const type =
    written === undefined ? TYPES[known?.kind ?? ''] : ifCertain(() => written.text('target_type') ?? 'instance');
  const port = written === undefined ? known?.port : ifCertain(() => written.number('port'));
  const networkId = written === undefined ? known?.networkId : ifCertain(() => written.ref('vpc_id', AWS.network));
  const kind = KINDS[type ?? ''];
  return kind === undefined ? undefined : { id, type, port, networkId, ...kind };
}

const kinds: Refusals = refusals(
  ATTACHMENTS,
  {
    TARGET_KIND: fail(
      '{attribute} is {target}, and targets of {group} are {expected}',
      'Register {expected}, or change the type of targets of the group.',
    ),
    TARGET_MEMBER: fail('{attribute} is set, and targets of {group} are {expected}', 'Remove {attribute}.'),
    TARGET_PORT: fail(
      '{attribute} is {port}, and the port of {group} is {own}: a load balancer is registered with the port of the group',
      'Write {own}, or remove {attribute}.',
    ),
    PORT_RANGE: fail('{attribute} is {port}: expected 1 to 65535', 'Write such a port.'),
    NO_LISTENER: fail(
      '{balancer} has no listener on port {port}, which is the port of {group}',
      'Write the port of one of its listeners as the port of {group}, or create a listener on {port}.',
    ),
  },
  function* (asked, say) {
    const { view, about, named, draft } = asked;
    const group = groupOf(asked);
    if (group === undefined) return;

    const params = { group: group.id, expected: group.expected };
    const port = view.number('port');
    if (group.type === 'lambda' && port !== undefined)
      yield say.TARGET_MEMBER(about, { ...params, attribute: named('port') });
    else if (port !== undefined && (port < 1 || port > 65_535))
      yield say.PORT_RANGE(about, { attribute: named('port'), port });
    else if (group.type === 'alb' && port !== undefined && group.port !== undefined && port !== group.port)
      yield say.TARGET_PORT(about, { ...params, attribute: named('port'), port, own: group.port });
    const zone = textOf(view, 'availability_zone');
    // That of a function may be all.
    if (group.type !== 'ip' && zone !== undefined && !(group.type === 'lambda' && zone === 'all'))
      yield say.TARGET_MEMBER(about, { ...params, attribute: named('availability_zone') });
    const targets = possible(view, 'target_id');
    // Of a list of instances a plan has the instance alone, whichever of its attributes is named.
    const isWritten = textOf(view, 'target_id') !== undefined;
    const isWrong = (one: string): boolean => !group.form.test(one) && (isWritten || BALANCER.test(one));
    const [target] = targets ?? [];
    if (targets === undefined || target === undefined) return;

    if (targets.every(isWrong)) yield say.TARGET_KIND(about, { ...params, attribute: named('target_id'), target });
    if (group.type !== 'alb' || targets.length > 1 || isWrong(target) || group.port === undefined) return;

    const isGap = [...draft.base.gaps, ...draft.gaps].some(({ of }) => of === 'listeners');
    const hasListener = draft.all('listeners').some((one) => one.loadBalancerId === target && one.port === group.port);
    if (!isGap && !hasListener && draft.get('loadBalancers', target) !== undefined)
      yield say.NO_LISTENER(about, { ...params, balancer: target, port: group.port });
  },
);

/** Those of targets outside the network. @see https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateTargetGroup.html TargetType */
const PRIVATE: readonly Prefix[] = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10'].flatMap(
  (one) => cidrOf(one) ?? [],
);

/** @see https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_TargetDescription.html AvailabilityZone */
const places: Refusals = refusals(
  ATTACHMENTS,
  {
    TARGET_PUBLIC: fail(
      '{address} is neither in {network} nor in a private range: it cannot be a target',
      'Register a private address.',
    ),
    ZONE_REQUIRED: fail(
      '{address} is outside of {network}, and {attribute} is not set',
      'Write {attribute} = all, or the zone whose nodes call it.',
    ),
    ZONE_OF_SUBNET: fail('{address} is in {subnet}, and {attribute} is {zone}: it is in {own}', 'Remove {attribute}.'),
  },
  function* (asked, say) {
    const { view, about, named, draft } = asked;
    const group = groupOf(asked);
    const address = view.text('target_id') ?? '';
    const parsed = readAddress(address);
    if (group?.type !== 'ip' || parsed?.family !== 4 || group.networkId === undefined) return;

    const host = prefixOf(parsed, 32);
    const has = (text: string): boolean => {
      const block = cidrOf(text);
      return block === undefined || (block.address.family === 4 && contains(block, host));
    };
    const network = draft.get('networks', group.networkId);
    const attribute = named('availability_zone');
    const zone = view.text('availability_zone');
    if (network !== undefined && !network.cidrBlocks.some(has)) {
      const params = { address, network: network.id };
      if (!PRIVATE.some((one) => contains(one, host))) yield say.TARGET_PUBLIC(about, params);
      if (zone === undefined && !view.isUnknown('availability_zone'))
        yield say.ZONE_REQUIRED(about, { ...params, attribute });
      return;
    }

    const subnet = draft.all('subnets').find((one) => one.networkId === group.networkId && has(one.cidrBlock));
    if (subnet === undefined || zone === undefined) return;

    const own = draft.all('zones').find(({ id }) => id === subnet.zone)?.name;
    if (own !== undefined && zone !== own)
      yield say.ZONE_OF_SUBNET(about, { address, subnet: subnet.id, attribute, zone, own });
  },
);

export const targetRefusals: readonly Refusals[] = [kinds, places];
