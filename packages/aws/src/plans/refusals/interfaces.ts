import { fail } from '@postern/core/checks';
import { contains, readAddress } from '@postern/core/kinds';
import {
  cidrOf,
  type Asked,
  ifCertain,
  pairOf,
  refusals,
  type Refusals,
  textOf,
  type View,
} from '@postern/core/overlay';
import { AWS } from '../rows/id-forms.js';

/*
 * Addresses and groups of interfaces and instances.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateNetworkInterface.html
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html for the reserved addresses
 */
const TYPES = ['aws_network_interface', 'aws_instance'];
const GROUPS = ['security_groups', 'vpc_security_group_ids'];

/** The addresses that are written. */
function addressesOf(view: View): readonly string[] {
  return [...new Set([...(ifCertain(() => view.texts('private_ips')) ?? []), textOf(view, 'private_ip') ?? []].flat())];
}

const addresses: Refusals = refusals(
  TYPES,
  {
    ADDRESS_FORM: fail('{address} is not an IPv4 address', 'Write an address of {block}.'),
    ADDRESS_OUTSIDE: fail('{address} is not in {block}, the block of {subnet}', 'Write an address of {block}.'),
    ADDRESS_RESERVED: fail(
      '{address} is one of the first {first} addresses or the last {last} of {block}, which AWS reserves',
      'Write another address of {block}.',
    ),
    ADDRESS_TAKEN: fail(
      '{address} is an address of [if isOwn: what it replaces, which exists until the new one does|{other}], too',
      'Write another address.',
    ),
  },
  function* (asked, say) {
    const { view, about, draft, others } = asked;
    const subnet = view.neededRef('subnet_id', AWS.subnet);
    const text = draft.get('subnets', subnet)?.cidrBlock;
    const block = cidrOf(text);
    if (block === undefined || text === undefined) return;

    const { first, last } = draft.kept;
    for (const address of addressesOf(view)) {
      const parsed = readAddress(address);
      if (parsed === undefined) yield say.ADDRESS_FORM(about, { address, block: text });
      if (parsed?.family !== 4) continue;

      if (!contains(block, parsed)) yield say.ADDRESS_OUTSIDE(about, { address, subnet, block: text });
      else {
        const at = Number(parsed.value) - Number(block.address.value);
        if (at < first || at >= 2 ** (32 - block.bits) - last)
          yield say.ADDRESS_RESERVED(about, { address, first, last, block: text });
      }
      const other = others(...TYPES).find(
        (one) => addressesOf(one).includes(address) && ifCertain(() => one.ref('subnet_id', AWS.subnet)) === subnet,
      );
      const kept = takenBy(asked, subnet, address);
      if (other !== undefined) yield say.ADDRESS_TAKEN(about, { address, ...pairOf(asked, other) });
      else if (kept !== undefined) yield say.ADDRESS_TAKEN(about, { address, isOwn: false, other: kept });
    }
  },
);

/** What has an address already, and stays. */
function takenBy({ view, draft, planned }: Asked, subnet: string, address: string): string | undefined {
  if (view.instance.before !== undefined) return undefined;

  return draft.base.interfaces?.find(
    (one) => one.subnetId === subnet && one.addresses.includes(address) && !planned.has(one.id),
  )?.id;
}

const groups: Refusals = refusals(
  TYPES,
  {
    GROUP_OF_OTHER_NETWORK: fail('{group} is in {other}, and the subnet is in {network}', 'Name groups of {network}.'),
  },
  function* ({ view, about, draft }, say) {
    const network = draft.get('subnets', view.neededRef('subnet_id', AWS.subnet))?.networkId;
    for (const id of GROUPS.flatMap((one) => ifCertain(() => view.refs(one, AWS.group)) ?? [])) {
      const other = draft.get('securityGroups', id)?.networkId;
      if (network !== undefined && other !== undefined && other !== network)
        yield say.GROUP_OF_OTHER_NETWORK(about, { group: id, other, network });
    }
  },
);

export const interfaceRefusals: readonly Refusals[] = [addresses, groups];
