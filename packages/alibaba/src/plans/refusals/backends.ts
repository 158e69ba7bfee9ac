import { fail } from '@postern/core/checks';
import { contains, prefixOf, readAddress } from '@postern/core/kinds';
import {
  cidrOf,
  ifCertain,
  knownWords,
  refusals,
  textOf,
  type Asked,
  type Refusals,
  type View,
} from '@postern/core/overlay';
import { ALIBABA } from '../rows/id-forms.js';

const MACHINE = 'alicloud_instance';
const BALANCERS = ['alicloud_slb_load_balancer', 'alicloud_slb'] as const;

const addressOf = (view: View): string | undefined =>
  textOf(view, view.instance.type === MACHINE ? 'private_ip' : 'address');

/**
 * Addresses of ECS and CLB instances.
 * @see https://www.alibabacloud.com/help/en/vpc/user-guide/create-and-manage-vswitch for those that are reserved
 */
const addresses: Refusals = refusals(
  [MACHINE, ...BALANCERS],
  {
    ADDRESS_OUTSIDE: fail('{address} is not in {block}, the block of {subnet}', 'Write an address of {block}.'),
    ADDRESS_RESERVED: fail(
      '{address} is one of the first {first} addresses or the last {last} of {block}, which are reserved',
      'Write another address of {block}.',
    ),
    ADDRESS_TAKEN: fail(
      '{address} is an address of [if isOwn: what it replaces, which exists until the new one does|{other}], too',
      'Write another address.',
    ),
  },
  function* (asked, say) {
    const { view, about, draft } = asked;
    const address = addressOf(view);
    if (address === undefined) return;

    const subnet = view.neededRef('vswitch_id', ALIBABA.subnet);
    const text = draft.get('subnets', subnet)?.cidrBlock;
    const block = cidrOf(text);
    if (text === undefined || block === undefined) return;

    const parsed = readAddress(address);
    const { first, last } = draft.kept;
    if (parsed?.family !== 4 || !contains(block, prefixOf(parsed, 32)))
      yield say.ADDRESS_OUTSIDE(about, { address, subnet, block: text });
    else {
      const at = Number(parsed.value - block.address.value);
      if (at < first || at >= 2 ** (32 - block.bits) - last)
        yield say.ADDRESS_RESERVED(about, { address, first, last, block: text });
    }
    const other = takenBy(asked, address, draft.get('subnets', subnet)?.networkId);
    const isOwn = other === view.instance.address;
    if (other !== undefined) yield say.ADDRESS_TAKEN(about, { address, isOwn, other });
  },
);

/** What has an address in the same network. */
function takenBy({ view, others, draft, planned }: Asked, address: string, network: string | undefined) {
  const written = others(MACHINE, ...BALANCERS).find((one) => {
    const subnet = ifCertain(() => one.ref('vswitch_id', ALIBABA.subnet)) ?? '';
    return addressOf(one) === address && draft.get('subnets', subnet)?.networkId === network;
  });
  if (written !== undefined || view.instance.before !== undefined) return written?.instance.address;

  const { instances = [], loadBalancers } = draft.base;
  return [...instances, ...loadBalancers].find(
    (one) => one.networkId === network && one.addresses?.includes(address) === true && !planned.has(one.id),
  )?.id;
}

/** @see https://www.alibabacloud.com/help/en/ecs/user-guide/overview-44 Basic and advanced groups are not mixed */
const groups: Refusals = refusals(
  [MACHINE],
  {
    GROUPS_MIXED: fail('its security groups are basic and advanced ones', 'Name groups of one type.'),
    GROUP_OF_OTHER_NETWORK: fail('{group} is in {other}, and the vSwitch is in {network}', 'Name groups of {network}.'),
  },
  function* ({ view, about, draft }, say) {
    const found = view.refs('security_groups', ALIBABA.group).flatMap((id) => draft.get('securityGroups', id) ?? []);
    const kinds = new Set(found.map(({ kind }) => kind));
    if (kinds.has('basic') && kinds.has('enterprise')) yield say.GROUPS_MIXED(about, {});
    const network = draft.get('subnets', view.neededRef('vswitch_id', ALIBABA.subnet))?.networkId;
    for (const { id, networkId } of found)
      if (network !== undefined && networkId !== network)
        yield say.GROUP_OF_OTHER_NETWORK(about, { group: id, other: networkId, network });
  },
);

const WEIGHED: readonly (readonly [type: string, block: string])[] = [
  ['alicloud_slb_backend_server', 'backend_servers'],
  ['alicloud_slb_server_group', 'servers'],
];

/** @see https://www.alibabacloud.com/help/en/slb/classic-load-balancer/developer-reference/api-slb-2014-05-15-addbackendservers */
const weights: readonly Refusals[] = WEIGHED.map(([type, block]) =>
  refusals(
    [type],
    { WEIGHT_RANGE: fail('a weight is {weight}: expected 0 to 100', 'Write such a weight.') },
    function* ({ view, about }, say) {
      for (const one of view.blocks(block)) {
        const weight = ifCertain(() => one.number('weight'));
        if (weight !== undefined && (weight < 0 || weight > 100)) yield say.WEIGHT_RANGE(about, { weight });
      }
    },
  ),
);

export const backendRefusals: readonly Refusals[] = [
  addresses,
  groups,
  ...weights,
  knownWords(BALANCERS, [{ attribute: 'address_type', known: ['intranet', 'internet'] }]),
];
