import { AlibabaError, type AlibabaTimerHandlers } from '../../operation/operation.js';
import { readBlock } from '../../../simulation/addresses.js';
import { newId, seconds, clientToken, PAGE } from '../request/text-rules.js';
import { admits } from '../request/lists.js';
import { getVpc, getVSwitch } from '../request/lookups.js';
import { page } from '../../operation/page.js';
import { vpcFamily } from '../request/family.js';
import { addEntry } from '../route-entries.js';
import type { AlibabaRegionState } from '../../state/region-state.js';
import type { NatGatewayRow, EipRow, SnatEntryRow } from '../state.js';
import { flag, neededText, oneOf, required, text } from '../../operation/parameters.js';

/** A NAT gateway as lists show it. */
const natGatewayView = ({ network, name: region }: AlibabaRegionState, row: NatGatewayRow) => ({
  NatGatewayId: row.id,
  RegionId: region,
  Name: row.name,
  Description: row.description,
  Status: row.status,
  VpcId: row.vpcId,
  NatType: 'Enhanced',
  NetworkType: row.networkType,
  BusinessStatus: 'Normal',
  InstanceChargeType: 'PostPaid',
  InternetChargeType: 'PayByLcu',
  CreationTime: seconds(row.createdAt),
  SnatTableIds: { SnatTableId: [row.snatTableId] },
  ForwardTableIds: { ForwardTableId: [row.forwardTableId] },
  NatGatewayPrivateInfo: { VswitchId: row.vSwitchId, IzNo: network.vSwitches.get(row.vSwitchId)?.zoneId ?? '' },
  IpLists: {
    IpList: [...network.eips.values()]
      .filter(({ natGatewayId }) => natGatewayId === row.id)
      .map(({ id, address }) => ({ AllocationId: id, IpAddress: address })),
  },
});

/** The block of an entry for a vSwitch is that of the vSwitch. */
const snatEntryView = ({ network }: AlibabaRegionState, row: SnatEntryRow) => ({
  SnatEntryId: row.id,
  SnatTableId: network.natGateways.get(row.natGatewayId)?.snatTableId ?? '',
  NatGatewayId: row.natGatewayId,
  SnatEntryName: row.name,
  SnatIp: row.snatIp,
  SourceVSwitchId: row.sourceVSwitchId,
  SourceCIDR: row.sourceCidr === '' ? (network.vSwitches.get(row.sourceVSwitchId)?.cidrBlock ?? '') : row.sourceCidr,
  Status: 'Available',
});

export const eipView = (row: EipRow) => ({
  AllocationId: row.id,
  IpAddress: row.address,
  Name: row.name,
  Status: row.natGatewayId === '' ? 'Available' : 'InUse',
  InstanceId: row.natGatewayId,
  InstanceType: row.natGatewayId === '' ? '' : 'Nat',
  AllocationTime: seconds(row.createdAt),
});

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
        id: newId(call, 'ngw'),
        vpcId: vpc.id,
        vSwitchId: vSwitch.id,
        name: Name,
        description: Description,
        networkType: NetworkType === 'intranet' ? 'intranet' : 'internet',
        status: 'Creating',
        snatTableId: newId(call, 'stb'),
        forwardTableId: newId(call, 'ftb'),
        createdAt: call.now,
      };
      call.state.network.natGateways.set(row.id, row);
      const table = call.state.network.routeTables.get(vpc.routeTableId);
      const hasDefault = table?.entries.some(({ destinationCidrBlock }) => destinationCidrBlock === '0.0.0.0/0');
      if (table && hasDefault !== true && row.networkType === 'internet') {
        const entry = { destination: '0.0.0.0/0', nextHopType: 'NatGateway', nextHopId: row.id };
        addEntry(call, table, { ...entry, name: '', description: '' });
      }
      call.after(NAT_MS, 'network.nat', { id: row.id });
      return {
        NatGatewayId: row.id,
        SnatTableIds: { SnatTableId: [row.snatTableId] },
        ForwardTableIds: { ForwardTableId: [row.forwardTableId] },
      };
    },
  },

  /** With `Force`, entries and addresses go with it. Its route goes in any case. */
  DeleteNatGateway: {
    parameters: { NatGatewayId: neededText, Force: flag },
    run(call, { NatGatewayId, Force = false }) {
      const { network } = call.state;
      const row = getNatGateway(call.state, NatGatewayId);
      const entries = [...network.snatEntries.values()].filter(({ natGatewayId }) => natGatewayId === row.id);
      const eips = [...network.eips.values()].filter(({ natGatewayId }) => natGatewayId === row.id);
      if (!Force && entries.length + eips.length > 0) {
        throw new AlibabaError('DependencyViolation.EIPS', 'The NAT gateway has SNAT entries or elastic IP addresses.');
      }

      for (const { id } of entries) network.snatEntries.delete(id);
      for (const eip of eips) network.eips.set(eip.id, { ...eip, natGatewayId: '' });
      for (const table of network.routeTables.values()) {
        table.entries = table.entries.filter(({ nextHopId }) => nextHopId !== row.id);
      }
      network.natGateways.delete(row.id);
      return {};
    },
  },

  DescribeNatGateways: {
    parameters: { NatGatewayId: text, VpcId: text, Name: text, NetworkType: text, Status: text, ...PAGE },
    run(call, asked) {
      const rows = [...call.state.network.natGateways.values()].filter(
        (row) =>
          admits(asked.NatGatewayId, row.id) &&
          admits(asked.VpcId, row.vpcId) &&
          admits(asked.Name, row.name) &&
          admits(asked.NetworkType, row.networkType) &&
          admits(asked.Status, row.status),
      );
      const { items, numbers } = page(rows, asked, { largest: 50 });
      return { ...numbers, NatGateways: { NatGateway: items.map((row) => natGatewayView(call.state, row)) } };
    },
  },

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
      const nat = [...network.natGateways.values()].find(({ snatTableId }) => snatTableId === SnatTableId);
      if (!nat) throw new AlibabaError('InvalidSnatTableId.NotFound', 'Specified SNAT table does not exist.', 404);
      if (nat.status !== 'Available') throw new AlibabaError('IncorretSnatStatus', 'The NAT gateway is not available.');
      if ((SourceVSwitchId === '') === (SourceCIDR === '')) {
        throw new AlibabaError('MissingParameter', 'One of SourceVSwitchId and SourceCIDR is given.');
      }
      if (SourceVSwitchId !== '' && getVSwitch(call.state, SourceVSwitchId).vpcId !== nat.vpcId) {
        throw new AlibabaError(
          'InvalidSourceVSwitchId.NotFound',
          'The vSwitch is not in the VPC of the NAT gateway.',
          404,
        );
      }
      if (SourceCIDR !== '' && readBlock(SourceCIDR)?.family !== 4) {
        throw new AlibabaError('InvalidSourceCidr.Malformed', 'The specified SourceCIDR is not valid.');
      }

      const own = [...network.eips.values()]
        .filter(({ natGatewayId }) => natGatewayId === nat.id)
        .map(({ address }) => address);
      const isOwn = SnatIp.split(',').every((address) => own.includes(address));
      if (nat.networkType === 'internet' && !isOwn) {
        throw new AlibabaError('InvalidIp.NotInNatgw', 'The address is not associated with the NAT gateway.');
      }

      const id = newId(call, 'snat');
      const source = { sourceVSwitchId: SourceVSwitchId, sourceCidr: SourceCIDR };
      network.snatEntries.set(id, { id, natGatewayId: nat.id, ...source, snatIp: SnatIp, name: SnatEntryName });
      return { SnatEntryId: id };
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

  DescribeSnatTableEntries: {
    parameters: {
      SnatTableId: text,
      NatGatewayId: text,
      SnatEntryId: text,
      SourceVSwitchId: text,
      SourceCIDR: text,
      SnatIp: text,
      ...PAGE,
    },
    run(call, asked) {
      const rows = [...call.state.network.snatEntries.values()].filter(
        (row) =>
          admits(asked.NatGatewayId, row.natGatewayId) &&
          admits(asked.SnatTableId, call.state.network.natGateways.get(row.natGatewayId)?.snatTableId) &&
          admits(asked.SnatEntryId, row.id) &&
          admits(asked.SourceVSwitchId, row.sourceVSwitchId) &&
          admits(asked.SourceCIDR, row.sourceCidr) &&
          admits(asked.SnatIp, row.snatIp),
      );
      const { items, numbers } = page(rows, asked, { largest: 50 });
      return { ...numbers, SnatTableEntries: { SnatTableEntry: items.map((row) => snatEntryView(call.state, row)) } };
    },
  },
});

/** A NAT gateway is Available a minute after it was created [I]. */
export const natTimers: AlibabaTimerHandlers = {
  'network.nat': ({ state: { network } }, { id }) => {
    const row = network.natGateways.get(String(id));
    if (row?.status === 'Creating') network.natGateways.set(row.id, { ...row, status: 'Available' });
  },
};
