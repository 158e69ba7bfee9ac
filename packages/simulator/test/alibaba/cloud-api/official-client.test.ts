import {
  CreateApiGroupRequest,
  CreateApiRequest,
  CreateInstanceRequest,
  CreatePrivateDNSRequest,
  DeployApiRequest,
  DescribeApiGroupRequest,
  DescribeInstancesRequest,
  ModifyApiGroupInstanceRequest,
  ModifyInstanceAttributeRequest,
  SetVpcAccessRequest,
} from '@alicloud/cloudapi20160714';
import { describe, expect, it } from 'vitest';
import { simulate } from '../../../src/index.js';
import { cloudApiClient } from '../official-clients.js';
import { httpService, MINUTE, REGION } from './account.js';
import { hosted } from '../../hosted.js';

const simulation = simulate({ seed: 7 });
const server = hosted(simulation);

const call = (product: 'Vpc' | 'Ecs', action: string, input: object): any =>
  simulation.callAlibaba({ product, action, region: REGION }, { ...input });

describe('the official client, unmodified', () => {
  it('buys an integration instance, changes its blocks, authorizes a target and moves a group', async () => {
    const client = cloudApiClient(server().url, { regionId: REGION });
    const { VpcId } = call('Vpc', 'CreateVpc', { CidrBlock: '172.16.0.0/12' });
    const zoneId = 'cn-hangzhou-j';
    const cidrBlock = '172.16.0.0/24';
    const { VSwitchId } = call('Vpc', 'CreateVSwitch', { VpcId, ZoneId: zoneId, CidrBlock: cidrBlock });
    const { SecurityGroupId } = call('Ecs', 'CreateSecurityGroup', { VpcId });

    const bought = await client.createInstance(
      new CreateInstanceRequest({
        instanceName: 'orders',
        instanceSpec: 'api.s1.small',
        chargeType: 'PostPaid',
        httpsPolicy: 'HTTPS2_TLS1_2',
        instanceType: 'vpc_connect',
        instanceCidr: '192.168.0.0/16',
        userVpcId: VpcId,
        zoneVSwitchSecurityGroup: [{ zoneId, vSwitchId: VSwitchId, cidrBlock, securityGroupId: SecurityGroupId }],
        tag: [{ key: 'postern', value: 'shop/links/orders' }],
        token: 'c20d86c4-1eb3-4d0b-afe9-c586df1e2136',
      }),
    );
    const instanceId = bought.body?.instanceId ?? '';
    const described = async () => {
      const answer = await client.describeInstances(new DescribeInstancesRequest({ instanceId }));
      return answer.body?.instances?.instanceAttribute?.[0];
    };
    expect((await described())?.status).not.toBe('RUNNING');
    await simulation.advance(10 * MINUTE);
    expect(await described()).toMatchObject({
      status: 'RUNNING',
      connectCidrBlocks: '["172.16.0.0/24"]',
      tags: { tagInfo: [{ key: 'postern', value: 'shop/links/orders' }] },
    });

    const toConnectVpcIpBlock = { cidrBlock: '10.1.0.0/24', customized: true };
    await client.modifyInstanceAttribute(new ModifyInstanceAttributeRequest({ instanceId, toConnectVpcIpBlock }));
    await simulation.advance(MINUTE);
    expect((await described())?.connectCidrBlocks).toBe('["172.16.0.0/24","10.1.0.0/24"]');
    const removal = { instanceId, deleteVpcIpBlock: '10.1.0.0/24' };
    await client.modifyInstanceAttribute(new ModifyInstanceAttributeRequest(removal));
    await simulation.advance(MINUTE);
    expect((await described())?.connectCidrBlocks).toBe('["172.16.0.0/24"]');

    const access = { name: 'orders', vpcId: VpcId, instanceId: '172.16.0.10', port: 8080 };
    expect((await client.setVpcAccess(new SetVpcAccessRequest(access))).body?.vpcAccessId).toMatch(/^[0-9a-f]{32}$/);
    const group = await client.createApiGroup(new CreateApiGroupRequest({ groupName: 'orders' }));
    const groupId = group.body?.groupId ?? '';
    await client.createPrivateDNS(
      new CreatePrivateDNSRequest({
        intranetDomain: 'orders.internal.example',
        type: 'A',
        records: [{ record: '172.16.0.10', weight: 100 }],
      }),
    );
    const api = await client.createApi(
      new CreateApiRequest({
        groupId,
        apiName: 'getOrders',
        visibility: 'PRIVATE',
        requestConfig: JSON.stringify({ RequestProtocol: 'HTTP', RequestHttpMethod: 'GET', RequestPath: '/orders' }),
        serviceConfig: httpService('http://172.16.0.10:8080'),
      }),
    );
    const stage = { groupId, apiId: api.body?.apiId ?? '', stageName: 'RELEASE', description: 'first' };
    await client.deployApi(new DeployApiRequest(stage));

    await client.modifyApiGroupInstance(new ModifyApiGroupInstanceRequest({ groupId, targetInstanceId: instanceId }));
    const statuses = new Set<string | undefined>();
    for (let poll = 0; poll < 20; poll += 1) {
      const { body } = await client.describeApiGroup(new DescribeApiGroupRequest({ groupId }));
      statuses.add(body?.migrationStatus);
      if (body?.instanceId === instanceId) break;
      await simulation.advance(10_000);
    }
    expect([...statuses]).toEqual([undefined, 'Running', 'Success']);

    const saved: unknown = JSON.parse(JSON.stringify(simulation.world()));
    simulation.reset();
    simulation.load(saved);
    expect((await described())?.status).toBe('RUNNING');
    await expect(client.createInstance(new CreateInstanceRequest({}))).rejects.toMatchObject({ statusCode: 400 });
  });
});
