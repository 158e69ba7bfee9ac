import { admits, numberedList } from '../../operation/numbered-list.js';
import { vpcFamily } from '../request/family.js';
import { newId, checkTexts, rename, clientToken, tags } from '../request/text-rules.js';
import { admitsOneOf } from '../request/lists.js';
import { getVpc, getVSwitch } from '../request/lookups.js';
import { hasTags, readTags } from '../request/tags.js';
import { readVSwitchBlock } from '../vpc-blocks.js';
import { vSwitchView } from '../vpc-view.js';
import { zonesIn } from '../../operation/regions.js';
import { AlibabaError } from '../../operation/operation.js';
import { flag, neededText, text } from '../../operation/parameters.js';
import { action } from '../../operation/family.js';

export const vSwitchActions = vpcFamily({
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
    if (row.usedAddresses > 0) throw dependency('');
    if (row.networkAclId !== undefined) throw dependency('.NetworkAcl');

    const table = state.network.routeTables.get(row.routeTableId);
    if (table?.kind === 'Custom') throw dependency('.RouteTable');

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
});

const dependency = (what: string) =>
  new AlibabaError(`DependencyViolation${what}`, 'Specified object has dependent resources.');
