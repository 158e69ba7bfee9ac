import { raise } from '../../../simulation/raise.js';
import { AlibabaError, type AlibabaTimerHandlers } from '../../operation/operation.js';
import { readBlock } from '../../../simulation/addresses.js';
import { newId, seconds, clientToken, vpcFamily } from '../request/text-rules.js';
import { getVpc, getVSwitch } from '../request/lists.js';
import { addEntry } from '../route-entries.js';
import type { AlibabaRegionState } from '../../state/alibaba-state.js';
import { NAT_GATEWAY, type AlibabaNetworkState, type NatGatewayRow, type EipRow, type SnatEntryRow } from '../state.js';
import { admits, numberedList, flag, neededText, oneOf, required, text, action } from '../../operation/family.js';

/** A NAT gateway as lists show it. */
const natGatewayView = ({ network }: AlibabaRegionState, row: NatGatewayRow) => {
  const { VswitchId } = row.NatGatewayPrivateInfo;
  return {
    ...row,
    NatGatewayPrivateInfo: { VswitchId, IzNo: network.vSwitches.get(VswitchId)?.zoneId ?? '' },
    IpLists: {
      IpList: eipsOf(network, row).map(({ AllocationId, IpAddress }) => ({ AllocationId, IpAddress })),
    },
  };
};

/** The block of an entry for a vSwitch is that of the vSwitch. */
const snatEntryView = ({ network }: AlibabaRegionState, row: SnatEntryRow) => ({
  ...row,
  SourceCIDR: row.SourceCIDR === '' ? (network.vSwitches.get(row.SourceVSwitchId)?.cidrBlock ?? '') : row.SourceCIDR,
});

const eipsOf = ({ eips }: AlibabaNetworkState, { NatGatewayId }: NatGatewayRow): readonly EipRow[] =>
  [...eips.values()].filter(({ InstanceId }) => InstanceId === NatGatewayId);

/** An address that nothing has. */
export const UNBOUND = { Status: 'Available', InstanceId: '', InstanceType: '' } as const;

const NAT_MS = 60_000;

/** @throws {AlibabaError} `InvalidNatGatewayId.NotFound` */
function getNatGateway({ network }: AlibabaRegionState, id: string): NatGatewayRow {
  const row = network.natGateways.get(id);
  if (!row) throw new AlibabaError('InvalidNatGatewayId.NotFound', 'Specified NAT gateway does not exist.', 404);

  return row;
}

/**
 * NAT gateways and SNAT entries, as far as calls to the internet need them.
 * @see https://www.alibabacloud.com/help/en/nat-gateway/developer-reference/api-vpc-2016-04-28-createnatgateway
 */
export const natGatewayActions = vpcFamily({
  /** The first NAT gateway of the internet in a VPC gets the default route of the system route table. */
  CreateNatGateway: {
    parameters: {
      VpcId: neededText,
      VSwitchId: required(text),
      Name: text,
      Description: text,
      NatType: oneOf('Enhanced'),
      NetworkType: oneOf('internet', 'intranet'),
      InstanceChargeType: text,
      InternetChargeType: text,
      EipBindMode: text,
      ClientToken: clientToken,
    },
    run(call, { VpcId, VSwitchId, Name = '', Description = '', NetworkType = 'internet' }) {
      const vpc = getVpc(call.state, VpcId);
      const vSwitch = getVSwitch(call.state, VSwitchId);
      if (vSwitch.vpcId !== vpc.id)
        throw new AlibabaError('InvalidVSwitchId.NotFound', 'The vSwitch is not in the VPC.', 404);

      const row: NatGatewayRow = {
        ...NAT_GATEWAY,
        NatGatewayId: newId(call, 'ngw'),
        RegionId: call.region,
        Name,
        Description,
        VpcId,
        NetworkType: NetworkType === 'intranet' ? 'intranet' : 'internet',
        CreationTime: seconds(call.now),
        SnatTableIds: { SnatTableId: [newId(call, 'stb')] },
        ForwardTableIds: { ForwardTableId: [newId(call, 'ftb')] },
        NatGatewayPrivateInfo: { VswitchId: VSwitchId },
      };
      const { NatGatewayId, SnatTableIds, ForwardTableIds } = row;
      call.state.network.natGateways.set(NatGatewayId, row);
      const table = call.state.network.routeTables.get(vpc.routeTableId);
      const hasDefault = table?.entries.some(({ destinationCidrBlock }) => destinationCidrBlock === '0.0.0.0/0');
      if (table && hasDefault !== true && row.NetworkType === 'internet') {
        const entry = { destination: '0.0.0.0/0', nextHopType: 'NatGateway', nextHopId: NatGatewayId };
        addEntry(call, table, { ...entry, name: '', description: '' });
      }
      call.after(NAT_MS, 'network.nat', { id: NatGatewayId });
      return { NatGatewayId, SnatTableIds, ForwardTableIds };
    },
  },

  /** With `Force`, entries and addresses go with it. Its route goes in any case. */
  DeleteNatGateway: action({ NatGatewayId: neededText, Force: flag }, (call, { NatGatewayId, Force = false }) => {
    const { network } = call.state;
    const row = getNatGateway(call.state, NatGatewayId);
    const entries = [...network.snatEntries.values()].filter((entry) => entry.NatGatewayId === NatGatewayId);
    const eips = eipsOf(network, row);
    if (!Force && entries.length + eips.length > 0) {
      throw new AlibabaError('DependencyViolation.EIPS', 'The NAT gateway has SNAT entries or elastic IP addresses.');
    }

    for (const { SnatEntryId } of entries) network.snatEntries.delete(SnatEntryId);
    for (const eip of eips) network.eips.set(eip.AllocationId, { ...eip, ...UNBOUND });
    for (const table of network.routeTables.values()) {
      table.entries = table.entries.filter(({ nextHopId }) => nextHopId !== NatGatewayId);
    }
    network.natGateways.delete(NatGatewayId);
    return {};
  }),

  DescribeNatGateways: numberedList({
    rows: ({ state }) => [...state.network.natGateways.values()].map((row) => natGatewayView(state, row)),
    same: ['NatGatewayId', 'VpcId', 'Name', 'NetworkType', 'Status'],
    as: ['NatGateways', 'NatGateway'],
    largest: 50,
  }),

  /** The source is a vSwitch or a block; the address is one of those of the NAT gateway. */
  CreateSnatEntry: {
    parameters: {
      SnatTableId: neededText,
      SnatIp: neededText,
      SourceVSwitchId: text,
      SourceCIDR: text,
      SnatEntryName: text,
      ClientToken: clientToken,
    },
    run(call, { SnatTableId, SnatIp, SourceVSwitchId = '', SourceCIDR = '', SnatEntryName = '' }) {
      const { network } = call.state;
      const nat =
        [...network.natGateways.values()].find(({ SnatTableIds }) => SnatTableIds.SnatTableId.includes(SnatTableId)) ??
        raise(new AlibabaError('InvalidSnatTableId.NotFound', 'Specified SNAT table does not exist.', 404));

      if (nat.Status !== 'Available') throw new AlibabaError('IncorretSnatStatus', 'The NAT gateway is not available.');
      if ((SourceVSwitchId === '') === (SourceCIDR === '')) {
        throw new AlibabaError('MissingParameter', 'One of SourceVSwitchId and SourceCIDR is given.');
      }
      if (SourceVSwitchId !== '' && getVSwitch(call.state, SourceVSwitchId).vpcId !== nat.VpcId) {
        throw new AlibabaError(
          'InvalidSourceVSwitchId.NotFound',
          'The vSwitch is not in the VPC of the NAT gateway.',
          404,
        );
      }
      if (SourceCIDR !== '' && readBlock(SourceCIDR)?.family !== 4) {
        throw new AlibabaError('InvalidSourceCidr.Malformed', 'The specified SourceCIDR is not valid.');
      }

      const own = eipsOf(network, nat).map(({ IpAddress }) => IpAddress);
      const isOwn = SnatIp.split(',').every((address) => own.includes(address));
      if (nat.NetworkType === 'internet' && !isOwn) {
        throw new AlibabaError('InvalidIp.NotInNatgw', 'The address is not associated with the NAT gateway.');
      }

      const SnatEntryId = newId(call, 'snat');
      network.snatEntries.set(SnatEntryId, {
        SnatEntryId,
        SnatTableId,
        NatGatewayId: nat.NatGatewayId,
        SnatEntryName,
        SnatIp,
        SourceVSwitchId,
        SourceCIDR,
        Status: 'Available',
      });
      return { SnatEntryId };
    },
  },

  DeleteSnatEntry: {
    parameters: { SnatTableId: neededText, SnatEntryId: neededText, ClientToken: clientToken },
    run(call, { SnatEntryId }) {
      if (!call.state.network.snatEntries.delete(SnatEntryId)) {
        throw new AlibabaError('InvalidSnatEntryId.NotFound', 'Specified SNAT entry does not exist.', 404);
      }

      return {};
    },
  },

  DescribeSnatTableEntries: numberedList({
    parameters: { SourceCIDR: text },
    rows: ({ state }, { SourceCIDR }) =>
      [...state.network.snatEntries.values()]
        .filter((row) => admits(SourceCIDR, row.SourceCIDR))
        .map((row) => snatEntryView(state, row)),
    same: ['SnatTableId', 'NatGatewayId', 'SnatEntryId', 'SourceVSwitchId', 'SnatIp'],
    as: ['SnatTableEntries', 'SnatTableEntry'],
    largest: 50,
  }),
});

/** A NAT gateway is Available a minute after it was created [I]. */
export const natTimers: AlibabaTimerHandlers = {
  'network.nat': ({ state: { network } }, { id }) => {
    const row = network.natGateways.get(String(id));
    if (row?.Status === 'Creating') network.natGateways.set(row.NatGatewayId, { ...row, Status: 'Available' });
  },
};
