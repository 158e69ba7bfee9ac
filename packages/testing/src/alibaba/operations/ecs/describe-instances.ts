import type { DescribeInstancesRequest, DescribeInstancesResponseBody } from '@alicloud/ecs20140526';
import { instanceView } from '../../network/instance/instance-view.js';
import { admits, admitsAny, eitherPage, readJsonList } from '../../network/request/lists.js';
import { ecsAction, type Given } from '../../network/request/network-action.js';
import { flag, oneOf, PAGE, tags, text, TOKENS } from '../../network/request/parameters.js';
import { hasTags } from '../../network/request/tags.js';
import { AlibabaError } from '../../service-error.js';
import type { Wire } from '../../wire.js';

/** @see https://www.alibabacloud.com/help/en/ecs/developer-reference/api-ecs-2014-05-26-describeinstances */
export const describeInstances = ecsAction<Given<DescribeInstancesRequest>, Wire<DescribeInstancesResponseBody>>({
  name: 'DescribeInstances',
  kind: 'read',
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
  run: (call, input) => {
    const { instances, interfaces } = call.state.network;
    const ids = readJsonList('InstanceIds', input.InstanceIds);
    const addresses = readJsonList('PrivateIpAddresses', input.PrivateIpAddresses);
    if (addresses && input.VpcId === undefined && input.InstanceNetworkType !== 'vpc') {
      throw new AlibabaError('InvalidParameter', 'PrivateIpAddresses needs InstanceNetworkType vpc.'); // [?] the words
    }
    const rows = [...instances.values()].filter((row) => {
      const eni = interfaces.get(row.primaryInterfaceId);
      return (
        admitsAny(ids, [row.id]) &&
        admitsAny(addresses, eni ? [eni.primaryIpAddress] : []) &&
        admits(input.VpcId, row.vpcId) &&
        admits(input.VSwitchId, row.vSwitchId) &&
        admits(input.ZoneId, row.zoneId) &&
        (!input.SecurityGroupId || eni?.securityGroupIds.includes(input.SecurityGroupId) === true) &&
        matchesName(input.InstanceName, row.name) &&
        admits(input.InstanceType, row.instanceType) &&
        input.InstanceNetworkType !== 'classic' &&
        admits(input.ImageId, row.imageId) &&
        admits(input.Status, row.status) &&
        hasTags(row.tags, input.Tag)
      );
    });
    const { items, numbers } = eitherPage(rows, input, {
      name: 'DescribeInstances',
      smallest: 10,
      largest: 100,
      key: ({ id }) => id,
    });
    return { ...numbers, Instances: { Instance: items.map((row) => instanceView(call, row)) } };
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
