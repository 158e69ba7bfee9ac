import { covers, overlaps, readBlock } from '../../../simulation/addresses.js';
import { vpcFamily, newId, checkTexts, rename, clientToken, tags } from '../request/text-rules.js';
import { admitsOneOf, getVpc, getVSwitch } from '../request/lists.js';
import { hasTags, readTags } from '../request/tags.js';
import { blocksOf, DEFAULT_VPC_BLOCK, readVpcBlock, readVSwitchBlock } from '../vpc-blocks.js';
import { vpcView, vSwitchView } from '../network.js';
import { AlibabaError } from '../../operation/operation.js';
import { numberedList, flag, neededText, oneOf, text, action, admits } from '../../operation/family.js';
import { zonesIn, regionsAnswer, zonesAnswer } from '../../operation/regions.js';

const dependency = (what: string) =>
  new AlibabaError(`DependencyViolation.${what}`, 'Specified object has dependent resources.');

const vSwitchDependency = (what: string) =>
  new AlibabaError(`DependencyViolation${what}`, 'Specified object has dependent resources.');

/** VPCs, vSwitches, regions and zones. */
export const vpcActions = vpcFamily({
  CreateVpc: action(
    { CidrBlock: text, VpcName: text, Description: text, Tag: tags, ClientToken: clientToken, DryRun: flag },
    (call, { CidrBlock = DEFAULT_VPC_BLOCK, VpcName = '', Description = '', Tag }) => {
      const { network } = call.state;
      checkTexts('Vpc', VpcName, Description);
      const block = readVpcBlock(CidrBlock);
      const rowTags = readTags(Tag);
      if (network.vpcs.size >= call.quota('alibaba-vpcs')) {
        throw new AlibabaError('QuotaExceeded.Vpc', 'VPC quota exceeded.');
      }

      const id = newId(call, 'vpc');
      const routerId = newId(call, 'vrt');
      const routeTableId = newId(call, 'vtb');
      network.vpcs.set(id, {
        id,
        cidrBlock: block.text,
        secondaryCidrBlocks: [],
        name: VpcName,
        description: Description,
        routerId,
        routeTableId,
        createdAt: call.now,
        tags: rowTags,
      });
      network.routeTables.set(routeTableId, {
        id: routeTableId,
        vpcId: id,
        kind: 'System',
        name: '',
        description: '',
        entries: [],
        createdAt: call.now,
        tags: {},
      });
      return { VpcId: id, VRouterId: routerId, RouteTableId: routeTableId, ResourceGroupId: '' };
    },
  ),

  ModifyVpcAttribute: {
    parameters: { VpcId: neededText, VpcName: text, Description: text },
    run: ({ state }, { VpcId, VpcName, Description }) => rename('Vpc', getVpc(state, VpcId), VpcName, Description),
  },

  DeleteVpc: action({ VpcId: neededText, ClientToken: clientToken, DryRun: flag }, ({ state, alibaba }, { VpcId }) => {
    const { network } = state;
    const vpc = getVpc(state, VpcId);
    const dependents = {
      VSwitch: network.vSwitches,
      SecurityGroup: network.securityGroups,
      NetworkAcl: network.networkAcls,
    };
    for (const [what, rows] of Object.entries(dependents)) {
      if ([...rows.values()].some((row) => row.vpcId === vpc.id)) throw dependency(what);
    }
    const tables = [...network.routeTables.values()].filter(({ vpcId }) => vpcId === vpc.id);
    if (tables.some(({ kind }) => kind === 'Custom')) throw dependency('RouteTable');
    if (tables.some(({ entries }) => entries.length > 0)) throw dependency('RouteEntry');

    const peerings = [...alibaba.peerings.values()];
    if (peerings.some((row) => [row.requester, row.accepter].some(({ vpcId }) => vpcId === vpc.id)))
      throw dependency('VpcPeer');

    network.routeTables.delete(vpc.routeTableId);
    network.vpcs.delete(vpc.id);
    return {};
  }),

  DescribeVpcs: numberedList({
    parameters: { VpcId: text, IsDefault: flag, Tag: tags, DryRun: flag },
    rows: (call, { VpcId, IsDefault, Tag }) =>
      [...call.state.network.vpcs.values()]
        .filter((row) => admitsOneOf(VpcId, row.id) && IsDefault !== true && hasTags(row.tags, Tag))
        .map((row) => ({ ...vpcView(call, row), NatGatewayIds: { NatGatewayIds: [] } })),
    same: ['VpcName'],
    as: ['Vpcs', 'Vpc'],
    largest: 50,
  }),

  DescribeVpcAttribute: action({ VpcId: neededText, DryRun: flag }, (call, { VpcId }) => {
    const { RouterTableIds, ...view } = vpcView(call, getVpc(call.state, VpcId, 'InvalidVpcID.NotFound'));
    const count = (ResourceType: string, ResourceCount: number) => ({ ResourceType, ResourceCount });
    return {
      ...view,
      AssociatedCens: { AssociatedCen: [] },
      ClassicLinkEnabled: false,
      CloudResources: {
        CloudResourceSetType: [
          count('VRouter', 1),
          count('VSwitch', view.VSwitchIds.VSwitchId.length),
          count('RouteTable', RouterTableIds.RouterTableIds.length),
        ],
      },
    };
  }),

  AssociateVpcCidrBlock: {
    parameters: { VpcId: neededText, SecondaryCidrBlock: neededText, IpVersion: oneOf('IPV4') },
    run(call, { VpcId, SecondaryCidrBlock }) {
      const vpc = getVpc(call.state, VpcId);
      const block = readVpcBlock(SecondaryCidrBlock);
      if (blocksOf(vpc).some((other) => overlaps(other, block))) {
        // [?] the code
        throw new AlibabaError(
          'InvalidCidrBlock.Overlapped',
          'Specified CIDR block overlapped with other CIDR blocks.',
        );
      }
      if (vpc.secondaryCidrBlocks.length >= call.quota('secondary-blocks-per-vpc')) {
        throw new AlibabaError('QuotaExceeded.SecondaryCidrBlock', 'The quota of secondary CIDR blocks is exceeded.'); // [?]
      }

      vpc.secondaryCidrBlocks = [...vpc.secondaryCidrBlocks, block.text];
      return {};
    },
  },

  UnassociateVpcCidrBlock: {
    parameters: { VpcId: neededText, SecondaryCidrBlock: neededText },
    run({ state }, { VpcId, SecondaryCidrBlock }) {
      const vpc = getVpc(state, VpcId);
      const block = readBlock(SecondaryCidrBlock);
      if (!block || !vpc.secondaryCidrBlocks.includes(block.text)) {
        // [?] the code
        throw new AlibabaError('InvalidCidrBlock.NotFound', 'Specified CIDR block does not exist in the VPC.', 404);
      }

      for (const { vpcId, cidrBlock } of state.network.vSwitches.values()) {
        const inner = vpcId === vpc.id ? readBlock(cidrBlock) : undefined;
        if (inner && covers(block, inner)) {
          throw new AlibabaError('DependencyViolation.VSwitch', 'Specified object has dependent resources.');
        }
      }
      vpc.secondaryCidrBlocks = vpc.secondaryCidrBlocks.filter((other) => other !== block.text);
      return {};
    },
  },

  CreateVSwitch: {
    parameters: {
      VpcId: neededText,
      CidrBlock: neededText,
      ZoneId: neededText,
      VSwitchName: text,
      Description: text,
      Tag: tags,
      ClientToken: clientToken,
    },
    run(call, { VpcId, CidrBlock, ZoneId, VSwitchName = '', Description = '', Tag }) {
      const { network } = call.state;
      const vpc = getVpc(call.state, VpcId);
      if (!zonesIn(call.state).includes(ZoneId)) {
        throw new AlibabaError('InvalidZoneId.NotFound', 'Specified value of ZoneId is not exists.', 404);
      }

      checkTexts('VSwitch', VSwitchName, Description);
      const block = readVSwitchBlock(network, vpc, CidrBlock);
      const rowTags = readTags(Tag);
      const count = [...network.vSwitches.values()].filter((row) => row.vpcId === vpc.id).length;
      if (count >= call.quota('vswitches-per-vpc')) {
        throw new AlibabaError('QuotaExceeded.VSwitch', 'Virtual switch quota exceeded.');
      }

      const id = newId(call, 'vsw');
      network.vSwitches.set(id, {
        id,
        vpcId: vpc.id,
        zoneId: ZoneId,
        cidrBlock: block.text,
        name: VSwitchName,
        description: Description,
        routeTableId: vpc.routeTableId,
        networkAclId: undefined,
        usedAddresses: 0,
        createdAt: call.now,
        tags: rowTags,
      });
      return { VSwitchId: id };
    },
  },

  ModifyVSwitchAttribute: {
    parameters: { VSwitchId: neededText, VSwitchName: text, Description: text },
    run: ({ state }, { VSwitchId, VSwitchName, Description }) =>
      rename('VSwitch', getVSwitch(state, VSwitchId), VSwitchName, Description),
  },

  DeleteVSwitch: action({ VSwitchId: neededText }, ({ state }, { VSwitchId }) => {
    const row = getVSwitch(state, VSwitchId);
    if (row.usedAddresses > 0) throw vSwitchDependency('');
    if (row.networkAclId !== undefined) throw vSwitchDependency('.NetworkAcl');

    const table = state.network.routeTables.get(row.routeTableId);
    if (table?.kind === 'Custom') throw vSwitchDependency('.RouteTable');

    state.network.vSwitches.delete(row.id);
    return {};
  }),

  DescribeVSwitches: numberedList({
    parameters: { VSwitchId: text, RouteTableId: text, IsDefault: flag, Tag: tags, DryRun: flag },
    rows: (call, { VSwitchId, RouteTableId, IsDefault, Tag }) =>
      [...call.state.network.vSwitches.values()]
        .filter(
          (row) =>
            admitsOneOf(VSwitchId, row.id) &&
            admits(RouteTableId, row.routeTableId) &&
            IsDefault !== true &&
            hasTags(row.tags, Tag),
        )
        .map((row) => vSwitchView(call, row)),
    same: ['VpcId', 'ZoneId', 'VSwitchName'],
    as: ['VSwitches', 'VSwitch'],
    largest: 50,
  }),

  DescribeVSwitchAttributes: {
    parameters: { VSwitchId: neededText, DryRun: flag },
    run: (call, { VSwitchId }) => vSwitchView(call, getVSwitch(call.state, VSwitchId)),
  },

  DescribeRegions: action({ AcceptLanguage: text, ProductType: text }, () => regionsAnswer('vpc')),

  DescribeZones: action({ AcceptLanguage: text, ZoneType: text }, ({ state }) => zonesAnswer(state)),
});
