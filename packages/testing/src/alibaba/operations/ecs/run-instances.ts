import type { RunInstancesRequest, RunInstancesResponseBody } from '@alicloud/ecs20140526';
import { newId } from '../../network/request/ids.js';
import { INSTANCE_MS } from '../../network/instance/instance-timers.js';
import { readInterfaceGroups } from '../../network/instance/interface-groups.js';
import { getVSwitch } from '../../network/request/lookups.js';
import { freeAddressCount } from '../../network/vpc/addresses.js';
import { createInterface } from '../../network/vpc/network.js';
import { ecsAction, type Given } from '../../network/request/network-action.js';
import { clientToken, flag, neededText, oneOf, tags, text, texts, whole } from '../../network/request/parameters.js';
import { readTags } from '../../network/request/tags.js';
import { checkDescription, checkName } from '../../network/request/text-rules.js';
import { AlibabaError } from '../../service-error.js';
import type { InstanceRow } from '../../state/network-state.js';
import type { Wire } from '../../wire.js';

/**
 * Images, types and disks are not checked. Only the network of an instance is simulated.
 * @see https://www.alibabacloud.com/help/en/ecs/developer-reference/api-ecs-2014-05-26-runinstances
 */
export const runInstances = ecsAction<
  Given<RunInstancesRequest, 'ImageId' | 'InstanceType' | 'VSwitchId'>,
  Wire<RunInstancesResponseBody>
>({
  name: 'RunInstances',
  kind: 'write',
  parameters: {
    ImageId: neededText,
    InstanceType: neededText,
    VSwitchId: neededText,
    ZoneId: text,
    SecurityGroupId: text,
    SecurityGroupIds: texts,
    PrivateIpAddress: text,
    InstanceName: text,
    HostName: text,
    Description: text,
    Amount: { ...whole, range: [1, 100] },
    MinAmount: { ...whole, range: [1, 100] },
    InstanceChargeType: oneOf('PostPaid'),
    InternetMaxBandwidthOut: { ...whole, range: [0, 0] },
    SystemDisk: { type: 'structure', members: { Category: text, Size: text } },
    DeletionProtection: flag,
    Tag: tags,
    ClientToken: clientToken,
    DryRun: flag,
  },
  run: (call, input) => {
    const { network } = call.state;
    const vSwitch = getVSwitch(call.state, input.VSwitchId);
    if (input.ZoneId !== undefined && input.ZoneId !== vSwitch.zoneId) {
      throw new AlibabaError('InvalidParameter.Mismatch', 'Specified virtual switch is not in the specified zone.');
    }
    const ids = [
      ...(input.SecurityGroupId === undefined ? [] : [input.SecurityGroupId]),
      ...(input.SecurityGroupIds ?? []),
    ];
    if (ids.length === 0) {
      const message =
        'The input parameter "SecurityGroupId" that is mandatory for processing this request is not supplied.';
      throw new AlibabaError('MissingParameter', message);
    }
    const groups = readInterfaceGroups(call.state, vSwitch.vpcId, ids);
    checkName('Instance', input.InstanceName);
    checkDescription('Instance', input.Description);
    const rowTags = readTags(input.Tag);
    const { Amount: wanted = 1, MinAmount = wanted } = input;
    if (input.PrivateIpAddress !== undefined && wanted > 1) {
      throw new AlibabaError('InvalidParameter', 'PrivateIpAddress can be used with an Amount of 1 only.'); // [?] the words
    }
    if (freeAddressCount(vSwitch) < MinAmount) {
      throw new AlibabaError('QuotaExceeded.PrivateIpAddress', "Don't have enough private IPs in this switch");
    }
    const amount = Math.min(wanted, freeAddressCount(vSwitch));
    const rows = Array.from({ length: amount }, (): InstanceRow => {
      const id = newId(call, 'i');
      const eni = createInterface(call, {
        vSwitchId: vSwitch.id,
        securityGroupIds: groups.map((group) => group.id),
        description: '',
        serviceManaged: false,
        type: 'Primary',
        instanceId: id,
        primaryIpAddress: input.PrivateIpAddress,
      });
      return {
        id,
        name: input.InstanceName ?? id,
        hostName: input.HostName ?? `iZ${id.slice(2)}Z`,
        description: input.Description ?? '',
        imageId: input.ImageId,
        instanceType: input.InstanceType,
        vpcId: vSwitch.vpcId,
        vSwitchId: vSwitch.id,
        zoneId: vSwitch.zoneId,
        primaryInterfaceId: eni.id,
        status: 'Pending',
        deletionProtection: input.DeletionProtection ?? false,
        createdAt: call.now,
        tags: { ...rowTags },
      };
    });
    for (const row of rows) {
      network.instances.set(row.id, row);
      call.after(INSTANCE_MS.pending, 'network.instance', { id: row.id, from: row.status });
    }
    return { InstanceIdSets: { InstanceIdSet: rows.map(({ id }) => id) } };
  },
});
