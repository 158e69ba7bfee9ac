import { newId, type DraftRegion, freeAddress, type Rows, type View } from '@postern/core/internal/overlay';
import type { NetworkInterface } from '@postern/core/internal/snapshot';
import { AWS } from './id-forms.js';
import { defaultGroups } from './network.js';

/** Interfaces, and instances, which a snapshot knows by theirs. */
export const machineRows: Rows = {
  aws_network_interface: {
    list: 'interfaces',
    ids: {
      id: newId('eni'),
      private_ip: (view, _, free) =>
        onlyOf(view.texts('private_ips')) ?? view.texts('private_ip_list')[0] ?? chosen(view, free),
    },
    add: (view, { draft }) => {
      const addresses = [...new Set([...view.texts('private_ips'), ...view.texts('private_ip_list')])];
      const groups = view.refs('security_groups', AWS.group);
      putInterface(view, draft, view.needed('id'), {
        addresses,
        groups,
        sourceDestinationCheck: view.flag('source_dest_check') ?? true,
      });
    },
  },
  aws_instance: {
    list: 'interfaces',
    sets: { network_interface: ['device_index', 'network_interface_id'] },
    ids: {
      id: newId('i'),
      primary_network_interface_id: newId('eni'),
      private_ip: (view, _, free) => view.text('private_ip') ?? chosen(view, free),
    },
    idAttribute: 'primary_network_interface_id',
    add: (view, { draft }) => {
      const id = view.needed('id');
      const own = view.blocks('network_interface');
      for (const one of own)
        draft.patch('interfaces', one.neededRef('network_interface_id', AWS.interface), () => ({
          attachedTo: id,
          ...(own.length > 1 ? { primary: one.number('device_index') === 0 } : {}),
        }));
      if (own.length > 0) return;

      const address = view.value('private_ip');
      putInterface(view, draft, view.needed('primary_network_interface_id'), {
        addresses: typeof address === 'string' ? [address] : [],
        groups: view.refs('vpc_security_group_ids', AWS.group),
        sourceDestinationCheck: view.flag('source_dest_check') ?? true,
        attachedTo: id,
        inUse: true,
        primary: true,
      });
    },
    remove: (view, { draft }) => {
      const id = view.needed('id');
      for (const one of draft.all('interfaces'))
        if (one.attachedTo === id) {
          if (one.primary === true) draft.remove('interfaces', one.id);
          else draft.patch('interfaces', one.id, () => ({ attachedTo: undefined, inUse: false }));
        }
    },
  },
  aws_network_interface_attachment: {
    list: 'interfaces',
    isPart: true,
    owner: (view) => view.ref('network_interface_id', AWS.interface),
    add: (view, { draft }) => {
      const attachedTo = view.neededRef('instance_id', AWS.instance);
      draft.patch('interfaces', view.neededRef('network_interface_id', AWS.interface), () => ({ attachedTo }));
    },
    remove: (view, { draft }) =>
      draft.patch('interfaces', view.needed('network_interface_id'), () => ({ attachedTo: undefined, inUse: false })),
  },
  aws_network_interface_sg_attachment: {
    list: 'interfaces',
    isPart: true,
    owner: (view) => view.ref('network_interface_id', AWS.interface),
    add: (view, { draft }) => {
      const group = view.neededRef('security_group_id', AWS.group);
      draft.patch('interfaces', view.neededRef('network_interface_id', AWS.interface), ({ securityGroupIds }) => ({
        securityGroupIds: [...securityGroupIds.filter((one) => one !== group), group],
      }));
    },
    remove: (view, { draft }) => {
      const group = view.needed('security_group_id');
      draft.patch('interfaces', view.needed('network_interface_id'), ({ securityGroupIds }) => ({
        securityGroupIds: securityGroupIds.filter((one) => one !== group),
      }));
    },
  },
};

/** The address that the cloud chooses, of a resource whose subnet is known. */
function chosen(view: View, free: (subnetId: string) => string | undefined): string | undefined {
  const subnetId = view.ref('subnet_id', AWS.subnet);
  return subnetId === undefined ? undefined : free(subnetId);
}

/** Of several addresses in a set, a plan does not say which is the primary one. */
function onlyOf([only, ...others]: readonly string[]): string | undefined {
  return others.length === 0 ? only : undefined;
}

type Given = Pick<NetworkInterface, 'addresses' | 'sourceDestinationCheck' | 'attachedTo' | 'inUse' | 'primary'> & {
  readonly groups: readonly string[];
};

/** An interface without an address gets one of its subnet, where it does not matter which. */
function putInterface(view: View, draft: DraftRegion, id: string, { groups, ...given }: Given): void {
  const known = draft.get('interfaces', id);
  const subnetId = view.neededRef('subnet_id', AWS.subnet);
  const networkId = draft.get('subnets', subnetId)?.networkId ?? known?.networkId;
  if (networkId === undefined) throw view.unknown('subnet_id', [`the network of ${subnetId} was not read`]);

  const isChosen = known === undefined && given.addresses.length === 0;
  const free = isChosen ? freeAddress(draft, subnetId) : undefined;
  const own = free === undefined ? undefined : (view.text('private_ip') ?? free);
  const isTaken = own !== undefined && draft.all('interfaces').some(({ addresses }) => addresses.includes(own));
  if (isChosen && (own === undefined || isTaken))
    throw view.unknown('private_ip', [
      `${view.instance.address}'s address is chosen by the cloud, and rules are about a part of its subnet`,
    ]);

  if (own !== undefined) draft.symbols.set(own, view.instance.address);
  draft.put('interfaces', {
    prefixes: [],
    account: draft.base.account,
    ...known,
    ...given,
    id,
    subnetId,
    networkId,
    addresses: given.addresses.length > 0 ? given.addresses : (known?.addresses ?? [own ?? '']),
    securityGroupIds: groups.length > 0 ? groups : (known?.securityGroupIds ?? defaultGroups(draft, networkId)),
  } as NetworkInterface);
}
