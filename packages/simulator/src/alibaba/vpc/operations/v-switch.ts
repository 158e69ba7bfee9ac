import { vpcFamily } from '../request/family.js';
import { newId, checkTexts, rename, clientToken, PAGE, tags } from '../request/text-rules.js';
import { admits, admitsOneOf } from '../request/lists.js';
import { getVpc, getVSwitch } from '../request/lookups.js';
import { hasTags, readTags } from '../request/tags.js';
import { readVSwitchBlock } from '../vpc-blocks.js';
import { vSwitchView } from '../vpc-view.js';
import { page } from '../../operation/page.js';
import { zonesIn } from '../../operation/regions.js';
import { AlibabaError } from '../../operation/operation.js';
import { flag, neededText, text } from '../../operation/parameters.js';

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
    run({ state }, { VSwitchId, VSwitchName, Description }) {
      const row = getVSwitch(state, VSwitchId);
      rename('VSwitch', row, VSwitchName, Description);
      return {};
    },
  },

  DeleteVSwitch: {
    parameters: { VSwitchId: neededText },
    run({ state }, { VSwitchId }) {
      const row = getVSwitch(state, VSwitchId);
      if (row.usedAddresses > 0) throw dependency('');
      if (row.networkAclId !== undefined) throw dependency('.NetworkAcl');

      const table = state.network.routeTables.get(row.routeTableId);
      if (table?.kind === 'Custom') throw dependency('.RouteTable');

      state.network.vSwitches.delete(row.id);
      return {};
    },
  },

  DescribeVSwitches: {
    parameters: {
      VpcId: text,
      VSwitchId: text,
      ZoneId: text,
      VSwitchName: text,
      RouteTableId: text,
      IsDefault: flag,
      Tag: tags,
      DryRun: flag,
      ...PAGE,
    },
    run(call, { VpcId, VSwitchId, ZoneId, VSwitchName, RouteTableId, IsDefault, Tag, ...asked }) {
      const rows = [...call.state.network.vSwitches.values()].filter(
        (row) =>
          admits(VpcId, row.vpcId) &&
          admitsOneOf(VSwitchId, row.id) &&
          admits(ZoneId, row.zoneId) &&
          admits(VSwitchName, row.name) &&
          admits(RouteTableId, row.routeTableId) &&
          IsDefault !== true &&
          hasTags(row.tags, Tag),
      );
      const { items, numbers } = page(rows, asked, { largest: 50 });
      return { ...numbers, VSwitches: { VSwitch: items.map((row) => vSwitchView(call, row)) } };
    },
  },

  DescribeVSwitchAttributes: {
    parameters: { VSwitchId: neededText, DryRun: flag },
    run: (call, { VSwitchId }) => vSwitchView(call, getVSwitch(call.state, VSwitchId)),
  },
});

const dependency = (what: string) =>
  new AlibabaError(`DependencyViolation${what}`, 'Specified object has dependent resources.');
