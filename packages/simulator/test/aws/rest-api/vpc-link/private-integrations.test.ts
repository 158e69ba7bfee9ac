import { beforeEach, describe, expect, it } from 'vitest';
import { privateWorld, type PrivateWorld } from '../private-world.js';
import { BAD, NOT_FOUND, plain, refused } from '../rest-world.js';

let world: PrivateWorld;
beforeEach(async () => {
  world = await privateWorld();
});

const required = (id: string) => `IntegrationTarget is required for VpcLinkV2 ${id}.`;
const VARIABLE = '${stageVariables.vpcLinkId}';

describe('a private integration', () => {
  it('names a V1 link without a target', async () => {
    const { put, v1 } = world;
    expect(await put({ connectionId: v1 })).toMatchObject({ connectionType: 'VPC_LINK', connectionId: v1 });
    await refused(put({ connectionId: v1, integrationTarget: world.nlb }), BAD, /IntegrationTarget is not supported/);
  });

  it('truth 3: names a V2 link only with a target', async () => {
    const { put, v2, alb, update } = world;
    await refused(put({ connectionId: v2 }), BAD, required(v2));
    await put({ connectionId: world.v1 });
    await refused(update(['/connectionId', v2]), BAD, required(v2));
    const target = { connectionId: v2, integrationTarget: alb };
    expect(await put(target)).toMatchObject(target);
    await refused(update(['/integrationTarget', '']), BAD, required(v2));
  });

  it('truth 3: names a link by a stage variable, which is not looked up', async () => {
    const { put, update, apiGateway, method, alb } = world;
    const made = await put({ connectionId: VARIABLE });
    expect(made).toMatchObject({ connectionId: VARIABLE, connectionType: 'VPC_LINK', httpMethod: 'GET' });
    expect(made).not.toHaveProperty('integrationTarget');
    const other = '${stageVariables.vpcLinkIdBeta}';
    expect(await update(['/connectionId', other])).toMatchObject({ connectionId: other });
    expect(plain(await apiGateway.getIntegration(method))).toMatchObject({ connectionId: other });
    expect(await put({ connectionId: VARIABLE, integrationTarget: alb })).toMatchObject({ integrationTarget: alb });
  });

  it('truth 4: has an application or a network load balancer as its target', async () => {
    const { put, v2, alb, nlb } = world;
    for (const integrationTarget of [alb, nlb]) {
      expect(await put({ connectionId: v2, integrationTarget })).toMatchObject({ integrationTarget });
    }
  });

  it('truth 4: is refused with a target that is not a load balancer of the account and the region', async () => {
    const { put, v2, alb } = world;
    const targets = [
      `${alb.replace(':loadbalancer/', ':listener/')}/0123456789abcdef`,
      'arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/orders/0123456789abcdef',
      'arn:aws:servicediscovery:eu-west-1:111122223333:service/srv-1',
      alb.replace('/app/', '/gwy/'),
      alb.replace('eu-west-1', 'us-east-1'),
      alb.replace('111122223333', '444455556666'),
      `${alb}0`,
      '${stageVariables.target}',
    ];
    for (const integrationTarget of targets) {
      await refused(put({ connectionId: v2, integrationTarget }), BAD, /^Invalid IntegrationTarget specified: /);
    }
    await refused(put({ connectionId: VARIABLE, integrationTarget: targets[0] }), BAD, /^Invalid IntegrationTarget/);
  });

  it('truth 4: is refused with a load balancer of another VPC', async () => {
    const { ec2, balancer, put, v2, simulation } = world;
    const { Vpc } = await ec2.createVpc({ CidrBlock: '10.40.0.0/16' });
    const subnet = async (CidrBlock: string, AvailabilityZone: string) => {
      const made = await ec2.createSubnet({ VpcId: Vpc?.VpcId, CidrBlock, AvailabilityZone });
      return made.Subnet?.SubnetId ?? '';
    };
    const subnets = [await subnet('10.40.0.0/24', 'eu-west-1a'), await subnet('10.40.1.0/24', 'eu-west-1b')];
    const other = await balancer('other', 'network', subnets);
    await simulation.advance(600_000);
    await refused(put({ connectionId: v2, integrationTarget: other }), BAD, /is not in the VPC of VpcLinkV2/);
  });

  it('is refused with a link that does not exist or is DELETING', async () => {
    const { apiGateway, apiGatewayV2, put, v1, v2, alb } = world;
    const unknown = 'Invalid Vpc Link identifier specified';
    await refused(put({ connectionId: 'abc123' }), NOT_FOUND, unknown);
    await apiGateway.deleteVpcLink({ vpcLinkId: v1 });
    await refused(put({ connectionId: v1 }), NOT_FOUND, unknown);
    await apiGatewayV2.deleteVpcLink({ VpcLinkId: v2 });
    await refused(put({ connectionId: v2, integrationTarget: alb }), NOT_FOUND, unknown);
  });

  it('is of type HTTP or HTTP_PROXY, and needs a link', async () => {
    const { put, v1 } = world;
    expect(await put({ type: 'HTTP', connectionId: v1 })).toMatchObject({ type: 'HTTP' });
    await refused(put({ type: 'MOCK', connectionId: v1 }), BAD, /VPC_LINK is only supported/);
    await refused(put({}), BAD, 'ConnectionId is required for connection type VPC_LINK');
    await refused(put({ connectionType: 'INTERNET', integrationTarget: world.alb }), BAD, /only supported/);
  });

  it('takes the ports of its listeners in the URI', async () => {
    const { put, v1 } = world;
    const uri = 'https://orders.internal:8443/orders';
    expect(await put({ connectionId: v1, uri })).toMatchObject({ uri });
    await refused(
      put({ connectionId: v1, uri: 'http://orders.internal:81/' }),
      BAD,
      'Invalid HTTP endpoint specified for URI',
    );
    await refused(put({ connectionId: v1, uri: undefined }), BAD, 'Invalid integration URI specified');
  });
});

describe('truth 9: a V2 link', () => {
  it('cannot be deleted while a REST API has it, in its working copy or in a deployment of a stage', async () => {
    const { apiGateway, apiGatewayV2, put, v2, alb, restApiId, resourceId, method } = world;
    const remove = () => apiGatewayV2.deleteVpcLink({ VpcLinkId: v2 });
    const used = (by: string, form: string) =>
      `Cannot delete vpc link. Vpc link '${v2}', is referenced in [${by}] in format of [${form}].`;
    await put({ connectionId: v2, integrationTarget: alb });
    const user = `${restApiId}:GET:${resourceId}`;
    await refused(remove(), BAD, used(user, 'RESTApiId:Method:Resource'));
    await apiGateway.createDeployment({ restApiId, stageName: 'prod' });
    await apiGateway.deleteMethod(method);
    await refused(remove(), BAD, used(`${user}:prod`, 'RESTApiId:Method:Resource:Stage'));
    await apiGateway.deleteStage({ restApiId, stageName: 'prod' });
    await remove();
    expect(await apiGatewayV2.getVpcLink({ VpcLinkId: v2 })).toMatchObject({ VpcLinkStatus: 'DELETING' });
  });
});

describe('the move of an integration from a V1 link to a V2 link', () => {
  it('truth 5: is one list of changes, since the link alone is refused', async () => {
    const { put, update, v1, v2, alb } = world;
    await put({ connectionId: v1 });
    await refused(update(['/connectionId', v2]), BAD, required(v2));
    const moved = await update(
      ['/connectionId', v2],
      ['/integrationTarget', alb],
      ['/uri', 'http://orders.internal:8080/'],
    );
    expect(moved).toMatchObject({ connectionId: v2, integrationTarget: alb, uri: 'http://orders.internal:8080/' });
    const back = await update(['/connectionId', v1], ['/integrationTarget', '']);
    expect(back).toMatchObject({ connectionId: v1 });
    expect(back).not.toHaveProperty('integrationTarget');
  });

  it('becomes public when its link is cleared with the connection type', async () => {
    const { put, update, v1 } = world;
    await put({ connectionId: v1 });
    await refused(update(['/connectionType', 'INTERNET']), BAD, /^ConnectionId is only supported/);
    const open = await update(['/connectionType', 'INTERNET'], ['/connectionId', '']);
    expect(open).toMatchObject({ connectionType: 'INTERNET' });
    expect(open).not.toHaveProperty('connectionId');
  });
});
