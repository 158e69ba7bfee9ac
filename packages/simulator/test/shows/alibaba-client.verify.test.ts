import * as cloudapi from '@alicloud/cloudapi20160714';
import * as ecs from '@alicloud/ecs20140526';
import * as vpc from '@alicloud/vpc20160428';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { simulate, type SimulationServer } from '../../src/index.js';

const REGION = 'cn-hangzhou';
const MINUTE = 60_000;
const KEYS = { accessKeyId: 'LTAIEXAMPLE', accessKeySecret: 'secret' };

/** The packages are CommonJS: an importer of ES modules finds the class in `default` or in its `default`. */
function classOf<T>(imported: { readonly default: T }): T {
  const { default: inner } = imported as { readonly default: T & { readonly default?: T } };
  return inner.default ?? inner;
}

/**
 * The official clients of API Gateway, ECS and VPC, unmodified and with signatures verified, drive the simulator: a VPC
 * integration instance is bought, gets and loses an accessible block, gets an authorization, and receives an API group.
 */
describe('the official clients of Alibaba Cloud', () => {
  const simulation = simulate({ seed: 7, verifySignatures: { keys: { [KEYS.accessKeyId]: KEYS.accessKeySecret } } });
  let server: SimulationServer;
  let gateway: cloudapi.default;
  let network: vpc.default;
  let servers: ecs.default;
  beforeAll(async () => {
    server = await simulation.listen();
    const config = { ...KEYS, endpoint: new URL(server.url).host, protocol: 'http', regionId: REGION } as never;
    gateway = new (classOf(cloudapi))(config);
    network = new (classOf(vpc))(config);
    servers = new (classOf(ecs))(config);
  });
  afterAll(() => server.close());

  async function newNetwork() {
    const made = await network.createVpc(new vpc.CreateVpcRequest({ regionId: REGION, cidrBlock: '172.16.0.0/12' }));
    const vpcId = made.body?.vpcId ?? '';
    await simulation.advance(MINUTE);
    const zones = [];
    for (const [zoneId, cidrBlock] of [
      ['cn-hangzhou-j', '172.16.0.0/16'],
      ['cn-hangzhou-k', '172.17.0.0/16'],
    ] as const) {
      const vSwitch = new vpc.CreateVSwitchRequest({ regionId: REGION, vpcId, zoneId, cidrBlock });
      const { body: switched } = await network.createVSwitch(vSwitch);
      const { body: group } = await servers.createSecurityGroup(
        new ecs.CreateSecurityGroupRequest({ regionId: REGION, vpcId, securityGroupName: zoneId }),
      );
      zones.push({
        zoneId,
        cidrBlock,
        vSwitchId: switched?.vSwitchId ?? '',
        securityGroupId: group?.securityGroupId ?? '',
      });
    }
    await simulation.advance(MINUTE);
    return { vpcId, zones };
  }

  async function instance(instanceId: string) {
    const { body } = await gateway.describeInstances(new cloudapi.DescribeInstancesRequest({ instanceId }));
    return body?.instances?.instanceAttribute?.[0];
  }

  async function group(groupId: string) {
    const { body } = await gateway.describeApiGroup(new cloudapi.DescribeApiGroupRequest({ groupId }));
    return body;
  }

  it('create an instance, add and remove a block, authorize a target, move a group', async () => {
    const { vpcId, zones } = await newNetwork();
    const bought = await gateway.createInstance(
      new cloudapi.CreateInstanceRequest({
        instanceName: 'orders',
        instanceSpec: 'api.s1.small',
        chargeType: 'PayAsYouGo',
        httpsPolicy: 'HTTPS2_TLS1_2',
        instanceType: 'vpc_connect',
        instanceCidr: '192.168.0.0/16',
        userVpcId: vpcId,
        zoneVSwitchSecurityGroup: zones.map(
          (zone) => new cloudapi.CreateInstanceRequestZoneVSwitchSecurityGroup({ ...zone }),
        ),
        tag: [new cloudapi.CreateInstanceRequestTag({ key: 'team', value: 'orders' })],
        token: 'show-2',
      }),
    );
    const instanceId = bought.body?.instanceId ?? '';
    expect(instanceId).toMatch(/^apigateway-hz-[0-9a-f]{12}$/);
    expect((await instance(instanceId))?.status).not.toBe('RUNNING');
    await simulation.advance(15 * MINUTE);
    const running = await instance(instanceId);
    expect(running).toMatchObject({ status: 'RUNNING', connectVpcId: vpcId, dedicatedInstanceType: 'vpc_connect' });
    const blocks = async () => JSON.parse((await instance(instanceId))?.connectCidrBlocks ?? '') as unknown;
    expect(await blocks()).toEqual(['172.16.0.0/16', '172.17.0.0/16']);

    const toConnectVpcIpBlock = new cloudapi.ModifyInstanceAttributeRequestToConnectVpcIpBlock({
      cidrBlock: '10.1.0.0/24',
      customized: true,
    });
    const change = (given: object) =>
      gateway.modifyInstanceAttribute(new cloudapi.ModifyInstanceAttributeRequest({ instanceId, ...given }));
    await change({ toConnectVpcIpBlock, token: 'add' });
    await simulation.advance(MINUTE);
    expect(await blocks()).toEqual(['172.16.0.0/16', '172.17.0.0/16', '10.1.0.0/24']);
    await change({ deleteVpcIpBlock: '10.1.0.0/24', token: 'delete' });
    await simulation.advance(MINUTE);
    expect(await blocks()).toEqual(['172.16.0.0/16', '172.17.0.0/16']);

    const triple = { vpcId, instanceId: '172.16.0.10', port: 8080 };
    await gateway.setVpcAccess(new cloudapi.SetVpcAccessRequest({ name: 'orders', ...triple }));
    const { body: accesses } = await gateway.describeVpcAccesses(new cloudapi.DescribeVpcAccessesRequest({}));
    expect(accesses?.vpcAccessAttributes?.vpcAccessAttribute).toMatchObject([{ name: 'orders', ...triple }]);

    const { body: made } = await gateway.createApiGroup(new cloudapi.CreateApiGroupRequest({ groupName: 'orders' }));
    const groupId = made?.groupId ?? '';
    expect((await group(groupId))?.instanceId).not.toBe(instanceId);
    await gateway.modifyApiGroupInstance(
      new cloudapi.ModifyApiGroupInstanceRequest({ groupId, targetInstanceId: instanceId }),
    );
    const seen: (string | undefined)[] = [];
    for (let poll = 0; poll < 60 && (await group(groupId))?.instanceId !== instanceId; poll += 1) {
      const { migrationStatus } = (await group(groupId)) ?? {};
      if (seen.at(-1) !== migrationStatus) seen.push(migrationStatus);
      await simulation.advance(5000);
    }
    // right after the call the status is that of an older move; Success comes before the instance ID changes
    expect(seen.slice(-2)).toEqual(['Running', 'Success']);
    expect(await group(groupId)).toMatchObject({
      instanceId,
      migrationStatus: 'Success',
      httpsPolicy: 'HTTPS2_TLS1_2',
    });
  });

  it('throw the service’s own errors, in their own classes', async () => {
    const nothing = gateway.describeApiGroup(new cloudapi.DescribeApiGroupRequest({ groupId: '0'.repeat(32) }));
    await expect(nothing).rejects.toMatchObject({ name: 'ClientError', code: 'NotFoundApiGroup', statusCode: 400 });
    const absent = gateway.describeApiGroup(new cloudapi.DescribeApiGroupRequest({}));
    await expect(absent).rejects.toMatchObject({ code: 'MissingGroupId' });
    simulation.faults.add({ service: 'cloudapi', kind: 'throttle', times: 1 });
    const throttled = gateway.describeRegions(new cloudapi.DescribeRegionsRequest({}));
    await expect(throttled).rejects.toMatchObject({ name: 'ThrottlingError', code: 'Throttling.User' });
  });
});
