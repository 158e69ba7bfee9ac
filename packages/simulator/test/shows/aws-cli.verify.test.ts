import { PROVE } from '../../../core/test/runs.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { simulate } from '../../src/index.js';
import { awsCli, missingTool } from './tools.js';

const REGION = 'eu-west-1';
/** It takes a quarter of a minute, and few machines have the AWS CLI. */
const reason = PROVE ? missingTool('aws') : 'npm run prove runs it';

/** The stock AWS CLI builds a network with a load balancer, an HTTP API and a link in a simulated AWS. */
describe.skipIf(reason !== undefined)(`the AWS CLI${reason === undefined ? '' : ` (skipped: ${reason})`}`, () => {
  const simulation = simulate({ seed: 7 });
  let server: Awaited<ReturnType<typeof simulation.listen>>;
  beforeAll(async () => {
    server = await simulation.listen();
  });
  afterAll(() => server?.close());

  it('builds a private integration; a link in use is not deleted', { timeout: 1_200_000 }, async () => {
    const { aws, refused } = awsCli(server.url, REGION);
    const vpc = (await aws('ec2', 'create-vpc', '--cidr-block', '10.10.0.0/16')).Vpc.VpcId;
    const subnets: string[] = [];
    for (const [zone, block] of [
      ['a', '10.10.0.0/24'],
      ['b', '10.10.1.0/24'],
    ]) {
      const made = await aws(
        'ec2',
        'create-subnet',
        '--vpc-id',
        vpc,
        '--cidr-block',
        block!,
        '--availability-zone',
        `${REGION}${zone}`,
      );
      subnets.push(made.Subnet.SubnetId);
    }
    const group = (
      await aws('ec2', 'create-security-group', '--vpc-id', vpc, '--group-name', 'orders', '--description', 'orders')
    ).GroupId;
    await aws(
      'ec2',
      'authorize-security-group-ingress',
      '--group-id',
      group,
      '--protocol',
      'tcp',
      '--port',
      '80',
      '--source-group',
      group,
    );
    const balancer = (
      await aws(
        'elbv2',
        'create-load-balancer',
        '--name',
        'orders',
        '--scheme',
        'internal',
        '--subnets',
        ...subnets,
        '--security-groups',
        group,
      )
    ).LoadBalancers[0];
    expect(balancer.State.Code).toBe('provisioning');
    await simulation.advance(600_000);
    const listener = (
      await aws(
        'elbv2',
        'create-listener',
        '--load-balancer-arn',
        balancer.LoadBalancerArn,
        '--protocol',
        'HTTP',
        '--port',
        '80',
        '--default-actions',
        'Type=fixed-response,FixedResponseConfig={StatusCode=200}',
      )
    ).Listeners[0].ListenerArn;
    const api = await aws('apigatewayv2', 'create-api', '--name', 'shop', '--protocol-type', 'HTTP');
    expect(api.ApiEndpoint).toContain(api.ApiId);

    const link = await aws(
      'apigatewayv2',
      'create-vpc-link',
      '--name',
      'orders',
      '--subnet-ids',
      ...subnets,
      '--security-group-ids',
      group,
      '--tags',
      'team=payments',
    );
    expect(link).toMatchObject({ VpcLinkStatus: 'PENDING', VpcLinkVersion: 'V2', Tags: { team: 'payments' } });
    await simulation.advance(300_000);
    expect(await aws('apigatewayv2', 'get-vpc-link', '--vpc-link-id', link.VpcLinkId)).toMatchObject({
      VpcLinkStatus: 'AVAILABLE',
    });
    const { NetworkInterfaces } = await aws(
      'ec2',
      'describe-network-interfaces',
      '--filters',
      'Name=interface-type,Values=api_gateway_managed',
      `Name=tag:VpcLinkId,Values=${link.VpcLinkId}`,
    );
    expect(NetworkInterfaces.map((row: any) => row.SubnetId).sort()).toEqual([...subnets].sort());

    const integration = await aws(
      'apigatewayv2',
      'create-integration',
      '--api-id',
      api.ApiId,
      '--integration-type',
      'HTTP_PROXY',
      '--integration-method',
      'ANY',
      '--connection-type',
      'VPC_LINK',
      '--connection-id',
      link.VpcLinkId,
      '--integration-uri',
      listener,
      '--payload-format-version',
      '1.0',
      '--request-parameters',
      'overwrite:path=$request.path',
    );
    const route = await aws(
      'apigatewayv2',
      'create-route',
      '--api-id',
      api.ApiId,
      '--route-key',
      'ANY /orders/{proxy+}',
      '--target',
      `integrations/${integration.IntegrationId}`,
    );

    expect(await refused('apigatewayv2', 'delete-vpc-link', '--vpc-link-id', link.VpcLinkId)).toBe(
      'An error occurred (BadRequestException) when calling the DeleteVpcLink operation: ' +
        `Cannot delete vpc link. Vpc link '${link.VpcLinkId}', is referenced in [ANY:${route.RouteId}] in format of [Method:Resource].`,
    );
    expect(await refused('ec2', 'delete-security-group', '--group-id', group)).toMatch(/\(DependencyViolation\)/);

    await aws('apigatewayv2', 'delete-route', '--api-id', api.ApiId, '--route-id', route.RouteId);
    await aws(
      'apigatewayv2',
      'delete-integration',
      '--api-id',
      api.ApiId,
      '--integration-id',
      integration.IntegrationId,
    );
    await simulation.advance(30_000); // one deletion in thirty seconds, and the refused one counted
    await aws('apigatewayv2', 'delete-vpc-link', '--vpc-link-id', link.VpcLinkId);
    await simulation.advance(300_000);
    expect(await refused('apigatewayv2', 'get-vpc-link', '--vpc-link-id', link.VpcLinkId)).toMatch(
      /\(NotFoundException\)/,
    );
    expect((await aws('apigatewayv2', 'get-vpc-links')).Items).toEqual([]);
  });
});
