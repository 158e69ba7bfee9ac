import { numberedList } from '../../operation/numbered-list.js';
import { covers, overlaps, readBlock } from '../../../simulation/addresses.js';
import { vpcFamily } from '../request/family.js';
import { newId, checkTexts, rename, clientToken, tags } from '../request/text-rules.js';
import { admitsOneOf } from '../request/lists.js';
import { getVpc } from '../request/lookups.js';
import { hasTags, readTags } from '../request/tags.js';
import { blocksOf, DEFAULT_VPC_BLOCK, readVpcBlock } from '../vpc-blocks.js';
import { vpcView } from '../vpc-view.js';
import { AlibabaError } from '../../operation/operation.js';
import { flag, neededText, oneOf, text } from '../../operation/parameters.js';
import { action } from '../../operation/family.js';

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
});

const dependency = (what: string) =>
  new AlibabaError(`DependencyViolation.${what}`, 'Specified object has dependent resources.');
