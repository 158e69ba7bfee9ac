import { PROVE } from '../../../core/test/runs.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { simulate } from '../../src/index.js';
import { awsCli, missingTool } from './tools.js';

const REGION = 'eu-west-1';
/** It takes a minute, and few machines have the AWS CLI. */
const reason = PROVE ? missingTool('aws') : 'npm run prove runs it';

/** The stock AWS CLI walks the tutorial of a REST API with a VPC link V1, from the VPC to the end, in a simulated AWS. */
describe.skipIf(reason !== undefined)(`the AWS CLI${reason === undefined ? '' : ` (skipped: ${reason})`}`, () => {
  const simulation = simulate({ seed: 7 });
  let server: Awaited<ReturnType<typeof simulation.listen>>;
  beforeAll(async () => {
    server = await simulation.listen();
  });
  afterAll(() => server?.close());

  const wait = (seconds: number) => simulation.advance(seconds * 1_000);

  it('walks the tutorial; a link in use is not deleted', { timeout: 1_200_000 }, async () => {
    const { aws, refused } = awsCli(server.url, REGION);
    const vpc = (await aws('ec2 create-vpc --cidr-block 10.10.0.0/16')).Vpc.VpcId;
    const subnets: string[] = [];
    for (const [zone, block] of Object.entries({ a: '10.10.0.0/24', b: '10.10.1.0/24' })) {
      const place = `--vpc-id ${vpc} --cidr-block ${block} --availability-zone ${REGION}${zone}`;
      subnets.push((await aws(`ec2 create-subnet ${place}`)).Subnet.SubnetId);
    }
    const both = subnets.join(' ');
    const nlb = (
      await aws(`elbv2 create-load-balancer --name orders --type network --scheme internal --subnets ${both}`)
    ).LoadBalancers[0].LoadBalancerArn;
    const group = (
      await aws(`elbv2 create-target-group --name orders --protocol TCP --port 8080 --target-type ip --vpc-id ${vpc}`)
    ).TargetGroups[0].TargetGroupArn;
    await aws(`elbv2 register-targets --target-group-arn ${group} --targets Id=10.10.0.10`);
    const actions = `--default-actions Type=forward,TargetGroupArn=${group}`;
    await aws(`elbv2 create-listener --load-balancer-arn ${nlb} --protocol TCP --port 80 ${actions}`);
    await wait(600);
    const dns = (await aws(`elbv2 describe-load-balancers --load-balancer-arns ${nlb}`)).LoadBalancers[0].DNSName;

    const link = await aws(`apigateway create-vpc-link --name orders --target-arns ${nlb} --tags team=payments`);
    expect(link).toMatchObject({ status: 'PENDING', targetArns: [nlb] });
    await wait(600);
    const linkAt = `--vpc-link-id ${link.id}`;
    expect(await aws(`apigateway get-vpc-link ${linkAt}`)).toMatchObject({
      status: 'AVAILABLE',
      statusMessage: 'Your vpc link is ready for use',
    });
    expect((await aws('apigateway get-vpc-links')).items).toMatchObject([{ id: link.id }]);

    const api = (await aws('apigateway create-rest-api --name shop --endpoint-configuration types=REGIONAL'))
      .id as string;
    const of = `--rest-api-id ${api}`;
    const root = (await aws(`apigateway get-resources ${of}`)).items[0].id as string;
    const orders = (await aws(`apigateway create-resource ${of} --parent-id ${root} --path-part orders`)).id as string;
    const order = (await aws(`apigateway create-resource ${of} --parent-id ${orders} --path-part {id}`)).id as string;
    expect(await refused(`apigateway create-resource ${of} --parent-id ${orders} --path-part {name}`)).toContain(
      'A sibling ({id}) of this resource already has a variable path part -- only one is allowed',
    );
    const path = 'method.request.path.id';
    const at = `${of} --resource-id ${order} --http-method GET`;
    await aws(`apigateway put-method ${at} --authorization-type NONE --request-parameters ${path}=true`);
    expect(await refused(`apigateway create-deployment ${of} --stage-name prod`)).toContain(
      'No integration defined for method',
    );
    await wait(5);
    const over = `--connection-type VPC_LINK --connection-id ${link.id}`;
    const uri = `--type HTTP_PROXY --integration-http-method GET --uri http://${dns}/orders/{id}`;
    const mapped = `--request-parameters integration.request.path.id=${path}`;
    expect(await aws(`apigateway put-integration ${at} ${uri} ${over} ${mapped}`)).toMatchObject({
      connectionType: 'VPC_LINK',
      timeoutInMillis: 29_000,
      passthroughBehavior: 'WHEN_NO_MATCH',
    });
    await aws(`apigateway put-method-response ${at} --status-code 200`);
    const first = (await aws(`apigateway create-deployment ${of} --stage-name prod`)).id as string;
    expect((await aws(`apigateway get-stages ${of}`)).item).toMatchObject([{ stageName: 'prod', deploymentId: first }]);

    // What was deployed stays as it is until the next deployment.
    const slower = 'op=replace,path=/timeoutInMillis,value=10000';
    await aws(`apigateway update-integration ${at} --patch-operations ${slower}`);
    expect((await aws(`apigateway get-integration ${at}`)).timeoutInMillis).toBe(10_000);
    await wait(5);
    const second = (await aws(`apigateway create-deployment ${of} --stage-name prod --description second`))
      .id as string;
    await aws(
      `apigateway update-stage ${of} --stage-name prod --patch-operations op=replace,path=/deploymentId,value=${first}`,
    );
    expect(await aws(`apigateway get-stage ${of} --stage-name prod`)).toMatchObject({ deploymentId: first });
    expect((await aws(`apigateway get-deployments ${of}`)).items).toHaveLength(2);
    expect(await refused(`apigateway delete-deployment ${of} --deployment-id ${first}`)).toContain(
      'Active stages pointing to this deployment must be moved or deleted',
    );
    const arn = `--resource-arn arn:aws:apigateway:${REGION}::/vpclinks/${link.id}`;
    await aws(`apigateway tag-resource ${arn} --tags stage=prod`);
    expect((await aws(`apigateway get-tags ${arn}`)).tags).toEqual({ team: 'payments', stage: 'prod' });

    // The sentence of the service: a link in use is not deleted.
    expect(await refused(`apigateway delete-vpc-link ${linkAt}`)).toMatch(
      new RegExp(
        'An error occurred \\(BadRequestException\\) when calling the DeleteVpcLink operation: ' +
          `Cannot delete vpc link\\. Vpc link '${link.id}', is referenced in .*GET:${order}`,
      ),
    );
    expect(await refused(`elbv2 delete-load-balancer --load-balancer-arn ${nlb}`)).toContain('(ResourceInUse)');

    await aws(`apigateway delete-stage ${of} --stage-name prod`);
    await aws(`apigateway delete-deployment ${of} --deployment-id ${second}`);
    await aws(`apigateway delete-method ${at}`);
    await aws(`apigateway delete-resource ${of} --resource-id ${orders}`);
    await aws(`apigateway delete-rest-api ${of}`);
    await aws(`apigateway delete-vpc-link ${linkAt}`);
    await wait(600);
    expect(await refused(`apigateway get-vpc-link ${linkAt}`)).toContain('Invalid Vpc Link identifier specified');
    await aws(`elbv2 delete-load-balancer --load-balancer-arn ${nlb}`);
    await aws(`elbv2 delete-target-group --target-group-arn ${group}`);
  });
});
