import { defined } from '../../../simulation/defined.js';
import {
  checkDeletable,
  deleteInstanceRow,
  startInstanceRow,
  stopInstanceRow,
  INSTANCE_MS,
  instanceView,
  newInstance,
  readInterfaceGroups,
} from '../instance.js';
import { ecsFamily, newId, checkTexts, clientToken, tags, TOKENS } from '../../vpc/request/text-rules.js';
import { admitsAny, admitsShown, eitherPage, readJsonList, getInstance, getVSwitch } from '../../vpc/request/lists.js';
import { hasTags, readTags } from '../../vpc/request/tags.js';
import { freeAddressCount, createInterface } from '../../vpc/network.js';
import { AlibabaError } from '../../operation/operation.js';
import { admits, PAGE, flag, neededText, oneOf, required, text, texts, whole, action } from '../../operation/family.js';

export const instanceActions = ecsFamily({
  /** Images, types and disks are not checked. Only the network of an instance is simulated. */
  RunInstances: {
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
    run(call, input) {
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
      checkTexts('Instance', input.InstanceName, input.Description);
      const rowTags = readTags(input.Tag);
      const { Amount: wanted = 1, MinAmount = wanted, DeletionProtection, Description } = input;
      if (input.PrivateIpAddress !== undefined && wanted > 1) {
        throw new AlibabaError('InvalidParameter', 'PrivateIpAddress can be used with an Amount of 1 only.'); // [?] the words
      }
      if (freeAddressCount(vSwitch) < MinAmount) {
        throw new AlibabaError('QuotaExceeded.PrivateIpAddress', "Don't have enough private IPs in this switch");
      }

      const amount = Math.min(wanted, freeAddressCount(vSwitch));
      const rows = Array.from({ length: amount }, () => {
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
        return newInstance(call, {
          ...defined({ DeletionProtection, Description }),
          HostName: input.HostName ?? `iZ${id.slice(2)}Z`,
          ImageId: input.ImageId,
          InstanceId: id,
          InstanceName: input.InstanceName ?? id,
          InstanceType: input.InstanceType,
          ZoneId: vSwitch.zoneId,
          vpcId: vSwitch.vpcId,
          vSwitchId: vSwitch.id,
          primaryInterfaceId: eni.id,
          tags: { ...rowTags },
        });
      });
      for (const row of rows) {
        network.instances.set(row.InstanceId, row);
        call.after(INSTANCE_MS.pending, 'network.instance', { id: row.InstanceId, from: row.Status });
      }
      return { InstanceIdSets: { InstanceIdSet: rows.map(({ InstanceId }) => InstanceId) } };
    },
  },

  StartInstance: action({ InstanceId: neededText, DryRun: flag }, (call, { InstanceId }) => {
    startInstanceRow(call, getInstance(call.state, InstanceId));
    return {};
  }),

  StopInstance: {
    parameters: {
      InstanceId: neededText,
      ForceStop: flag,
      ConfirmStop: flag,
      StoppedMode: oneOf('KeepCharging', 'StopCharging'),
      DryRun: flag,
    },
    run(call, { InstanceId }) {
      stopInstanceRow(call, getInstance(call.state, InstanceId));
      return {};
    },
  },

  DeleteInstance: {
    parameters: { InstanceId: neededText, Force: flag, ForceStop: flag, TerminateSubscription: flag, DryRun: flag },
    run(call, { InstanceId, Force = false }) {
      const row = getInstance(call.state, InstanceId);
      checkDeletable(call, row, Force);
      deleteInstanceRow(call, row);
      return {};
    },
  },

  /** All of them or none. */
  DeleteInstances: {
    parameters: {
      InstanceId: required({ ...texts, length: [1, 100] }),
      Force: flag,
      ForceStop: flag,
      TerminateSubscription: flag,
      ClientToken: clientToken,
      DryRun: flag,
    },
    run(call, { InstanceId, Force = false }) {
      const rows = [...new Set(InstanceId)].map((id) => getInstance(call.state, id));
      for (const row of rows) checkDeletable(call, row, Force);
      for (const row of rows) deleteInstanceRow(call, row);
      return {};
    },
  },

  DescribeInstances: {
    parameters: {
      InstanceIds: text,
      PrivateIpAddresses: text,
      VpcId: text,
      VSwitchId: text,
      ZoneId: text,
      SecurityGroupId: text,
      InstanceName: text,
      InstanceType: text,
      InstanceNetworkType: oneOf('vpc', 'classic'),
      ImageId: text,
      Status: oneOf('Pending', 'Running', 'Starting', 'Stopping', 'Stopped'),
      Tag: tags,
      DryRun: flag,
      ...PAGE,
      ...TOKENS,
    },
    run(call, input) {
      const { instances, interfaces } = call.state.network;
      const ids = readJsonList('InstanceIds', input.InstanceIds);
      const addresses = readJsonList('PrivateIpAddresses', input.PrivateIpAddresses);
      if (addresses && input.VpcId === undefined && input.InstanceNetworkType !== 'vpc') {
        throw new AlibabaError('InvalidParameter', 'PrivateIpAddresses needs InstanceNetworkType vpc.'); // [?] the words
      }

      const rows = [...instances.values()].filter((row) => {
        const eni = interfaces.get(row.primaryInterfaceId);
        return (
          admitsAny(ids, [row.InstanceId]) &&
          admitsAny(addresses, eni ? [eni.primaryIpAddress] : []) &&
          admits(input.VpcId, row.vpcId) &&
          admits(input.VSwitchId, row.vSwitchId) &&
          (!input.SecurityGroupId || eni?.securityGroupIds.includes(input.SecurityGroupId) === true) &&
          matchesName(input.InstanceName, row.InstanceName) &&
          input.InstanceNetworkType !== 'classic' &&
          admitsShown(input, row, 'ZoneId', 'InstanceType', 'ImageId', 'Status') &&
          hasTags(row.tags, input.Tag)
        );
      });
      const { items, numbers } = eitherPage(rows, input, {
        name: 'DescribeInstances',
        smallest: 10,
        key: ({ InstanceId }) => InstanceId,
      });
      return { ...numbers, Instances: { Instance: items.map((row) => instanceView(call, row)) } };
    },
  },
});

/** `*` at either end matches any characters. */
function matchesName(asked: string | undefined, name: string): boolean {
  if (asked === undefined || asked === '') return true;

  const bare = asked.replaceAll(/^\*|\*$/g, '');
  if (asked.startsWith('*') && asked.endsWith('*')) return name.includes(bare);
  if (asked.startsWith('*')) return name.endsWith(bare);

  return asked.endsWith('*') ? name.startsWith(bare) : name === asked;
}
