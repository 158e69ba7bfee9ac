import type { CreateVSwitchRequest, CreateVSwitchResponseBody } from '@alicloud/vpc20160428';
import { newId } from '../../network/request/ids.js';
import { getVpc } from '../../network/request/lookups.js';
import { vpcAction, type Given } from '../../network/request/network-action.js';
import { clientToken, neededText, tags, text } from '../../network/request/parameters.js';
import { readTags } from '../../network/request/tags.js';
import { checkDescription, checkName } from '../../network/request/text-rules.js';
import { readVSwitchBlock } from '../../network/vpc/vpc-blocks.js';
import { zonesIn } from '../../regions.js';
import { AlibabaError } from '../../service-error.js';
import type { Wire } from '../../wire.js';

/** @see https://www.alibabacloud.com/help/en/vpc/developer-reference/api-vpc-2016-04-28-createvswitch */
export const createVSwitch = vpcAction<
  Given<CreateVSwitchRequest, 'VpcId' | 'CidrBlock' | 'ZoneId'>,
  Wire<CreateVSwitchResponseBody>
>({
  name: 'CreateVSwitch',
  kind: 'write',
  parameters: {
    VpcId: neededText,
    CidrBlock: neededText,
    ZoneId: neededText,
    VSwitchName: text,
    Description: text,
    Tag: tags,
    ClientToken: clientToken,
  },
  run: (call, { VpcId, CidrBlock, ZoneId, VSwitchName = '', Description = '', Tag }) => {
    const { network } = call.state;
    const vpc = getVpc(call.state, VpcId);
    if (!zonesIn(call.state).includes(ZoneId)) {
      throw new AlibabaError('InvalidZoneId.NotFound', 'Specified value of ZoneId is not exists.', 404);
    }
    checkName('VSwitch', VSwitchName);
    checkDescription('VSwitch', Description);
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
});
