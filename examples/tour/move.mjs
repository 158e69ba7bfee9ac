// A group that is to move from a dedicated instance of the conventional kind: two APIs, each in front of a server. One server stands
// where the new instance may not call yet; the other's security group lets in nobody but the old one.
import { again, until } from './network-alibaba.mjs';

const PORT = 8080;

/** Makes the group and all it needs, in the network of `buildNetwork`, and answers with its parts. `tell` is called for each. */
export async function buildGroup(call, { vpc, subnets, groups }, tell) {
  const { Zones } = await call('cloudapi', 'DescribeZones');
  const { InstanceId: from } = await call('cloudapi', 'CreateInstance', {
    InstanceName: 'quickstart-old',
    InstanceType: 'normal',
    InstanceSpec: 'api.s1.small',
    ChargeType: 'PostPaid',
    HttpsPolicy: 'HTTPS2_TLS1_2',
    ZoneId: Zones.Zone[0].ZoneId,
    Token: 'quickstart-old',
  });
  await until(async () => (await instance(call, from))?.Status === 'RUNNING');
  const { VpcEgressAddress: egress } = await instance(call, from);
  tell('instance', from, `of the conventional kind, calls from ${egress}`);

  const named = { VpcId: vpc, SecurityGroupName: 'quickstart-stock' };
  const { SecurityGroupId: guard } = await call('ecs', 'CreateSecurityGroup', named);
  await letIn(call, guard, egress);
  tell('security group', guard, `allows inbound tcp ${PORT} from ${egress}`);
  const made = { VpcId: vpc, ZoneId: 'cn-hangzhou-j', CidrBlock: '10.0.9.0/24', VSwitchName: 'quickstart-prices' };
  const { VSwitchId: subnet } = await call('vpc', 'CreateVSwitch', made);
  await until(
    async () => (await call('vpc', 'DescribeVSwitchAttributes', { VSwitchId: subnet })).Status === 'Available',
  );
  const stock = await run(call, 'quickstart-stock', subnets[2], [guard]);
  tell('server', stock.id, `the stock service, at ${stock.address}`);
  const prices = await run(call, 'quickstart-prices', subnet, [guard, groups[1]]);
  tell('server', prices.id, `the prices service, at ${prices.address}, also allows the VPC`);

  const { GroupId: group } = await call('cloudapi', 'CreateApiGroup', { GroupName: 'legacy', InstanceId: from });
  const apis = [];
  const accesses = [];
  for (const [name, { id }] of Object.entries({ stock, prices })) {
    const access = { VpcId: vpc, InstanceId: id, Port: PORT };
    const { VpcAccessId } = await call('cloudapi', 'SetVpcAccess', { Name: `quickstart-${name}`, ...access });
    accesses.push({ id: VpcAccessId, ...access });
    apis.push(await publish(call, group, name));
  }
  tell('API group', group, 'GET /stock and GET /prices, published on RELEASE');
  return { from, group, apis, accesses, subnet, guard, servers: [stock.id, prices.id], outside: prices.address };
}

/** Runs a server and waits for it. */
async function run(call, name, subnet, groups) {
  const { InstanceIdSets } = await call('ecs', 'RunInstances', {
    ImageId: 'aliyun_3_x64_20G_alibase_20240528.vhd',
    InstanceType: 'ecs.g7.large',
    InstanceName: name,
    VSwitchId: subnet,
    ...Object.fromEntries(groups.map((id, at) => [`SecurityGroupIds.${at + 1}`, id])),
  });
  const [id] = InstanceIdSets.InstanceIdSet;
  let row;
  await until(async () => {
    [row] = (await call('ecs', 'DescribeInstances', { InstanceIds: JSON.stringify([id]) })).Instances.Instance;
    return row?.Status === 'Running';
  });
  return { id, address: row.VpcAttributes.PrivateIpAddress.IpAddress[0] };
}

/** Makes `GET /name` in front of the authorization of that name, and publishes it. */
async function publish(call, group, name) {
  const { ApiId } = await call('cloudapi', 'CreateApi', {
    GroupId: group,
    ApiName: name,
    Visibility: 'PRIVATE',
    AuthType: 'ANONYMOUS',
    RequestConfig: JSON.stringify({
      RequestProtocol: 'HTTP',
      RequestHttpMethod: 'GET',
      RequestPath: `/${name}`,
      RequestMode: 'PASSTHROUGH',
    }),
    ServiceConfig: JSON.stringify({
      ServiceProtocol: 'HTTP',
      ServiceVpcEnable: 'TRUE',
      VpcConfig: { Name: `quickstart-${name}`, VpcScheme: 'http' },
    }),
  });
  await call('cloudapi', 'DeployApi', { GroupId: group, ApiId, StageName: 'RELEASE', Description: 'first' });
  return ApiId;
}

/** Adds a rule to a security group: this block may call the server. */
export async function letIn(call, guard, block) {
  const rule = { IpProtocol: 'TCP', PortRange: `${PORT}/${PORT}`, SourceCidrIp: block };
  await call('ecs', 'AuthorizeSecurityGroup', { SecurityGroupId: guard, ...rule });
}

/** Where a group is. */
export async function instanceOf(call, group) {
  return (await call('cloudapi', 'DescribeApiGroup', { GroupId: group })).InstanceId;
}

/** Moves a group as the service lets anybody do, and answers with the service's word on how that went. */
export async function move(call, group, to) {
  const describe = () => call('cloudapi', 'DescribeApiGroup', { GroupId: group });
  await call('cloudapi', 'ModifyApiGroupInstance', { GroupId: group, TargetInstanceId: to });
  await until(async () => /Fail|Success/.test((await describe()).MigrationStatus));
  // Success is said a little before the group is there.
  await until(async () => {
    const { InstanceId, MigrationStatus } = await describe();
    return InstanceId === to || MigrationStatus === 'Fail';
  });
  const { MigrationStatus, MigrationError } = await describe();
  return MigrationError ? `${MigrationStatus}: ${MigrationError}` : MigrationStatus;
}

/** Whether each server answers calls from an instance: the cloud's own probe. */
export async function connects(call, { accesses }, from) {
  const asked = accesses.map(({ id }) => ({ InstanceId: from, VpcAccessId: id }));
  return Promise.all(asked.map(async (one) => (await call('cloudapi', 'ValidateVpcConnectivity', one)).Connected));
}

/** Removes what `buildGroup` made, wherever the group is now. */
export async function removeGroup(call, { from, group, apis, accesses, subnet, guard, servers }) {
  for (const api of apis) {
    await call('cloudapi', 'AbolishApi', { GroupId: group, ApiId: api, StageName: 'RELEASE' });
    await call('cloudapi', 'DeleteApi', { GroupId: group, ApiId: api });
  }
  for (const { VpcId, InstanceId, Port } of accesses) {
    await call('cloudapi', 'RemoveVpcAccess', { VpcId, InstanceId, Port });
  }
  await call('cloudapi', 'DeleteApiGroup', { GroupId: group });
  await call('cloudapi', 'DeleteInstance', { InstanceId: from });
  for (const id of servers) await call('ecs', 'DeleteInstance', { InstanceId: id, Force: true });
  await again(() => call('ecs', 'DeleteSecurityGroup', { SecurityGroupId: guard }));
  await again(() => call('vpc', 'DeleteVSwitch', { VSwitchId: subnet }));
  await until(async () => (await instance(call, from)) === undefined);
}

/** A row of DescribeInstances; undefined once it is gone. */
async function instance(call, id) {
  try {
    return (await call('cloudapi', 'DescribeInstances', { InstanceId: id })).Instances.InstanceAttribute[0];
  } catch (error) {
    if (/NotFound/.test(error.code ?? '')) return undefined;
    throw error;
  }
}
