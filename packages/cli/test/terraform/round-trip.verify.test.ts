import { parseSpec } from '../../../core/test/clouds.js';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { PROVE } from '../../../core/test/runs.js';
import { awsEnvironment, missingProviders, run as runTool } from '../../../simulator/test/shows/tools.js';
import { cloud, folder, network, run } from '../run-command.js';

const reason = PROVE ? missingProviders() : 'it takes minutes; npm run prove runs it';
const title = `what export terraform writes${reason === undefined ? '' : ` (skipped: ${reason})`}`;

/** A cloud with a spec of links of both versions, applied. */
async function scene() {
  const server = await cloud({ clock: { speed: 600 } });
  const there = await network(server);
  const { elasticLoadBalancingV2, apiGateway } = server.simulation.clients('eu-west-1');
  const { LoadBalancers } = await elasticLoadBalancingV2.createLoadBalancer({
    Name: 'legacy',
    Type: 'network',
    Scheme: 'internal',
    Subnets: [...there.subnets],
  });
  const balancer = LoadBalancers?.[0]?.LoadBalancerArn ?? '';
  const { TargetGroups } = await elasticLoadBalancingV2.createTargetGroup({
    Name: 'legacy',
    Protocol: 'TCP',
    Port: 80,
    VpcId: there.vpc,
    TargetType: 'ip',
  });
  const { Listeners } = await elasticLoadBalancingV2.createListener({
    LoadBalancerArn: balancer,
    Protocol: 'TCP',
    Port: 8080,
    DefaultActions: [{ Type: 'forward', TargetGroupArn: TargetGroups?.[0]?.TargetGroupArn ?? '' }],
  });
  const { id: rest } = await apiGateway.createRestApi({ name: 'legacy' });
  const spec = `version: 1
project: shop
spec: shop-aaaaaa
links:
  main:
    provider: aws
    region: eu-west-1
    subnets: [${there.subnets.join(', ')}]
    allowlist: [10.0.0.0/16, 10.7.0.0/16, 10.3.0.0/16, { cidr: 10.9.0.0/24, ports: [8080-8090] }]
    tags: { team: shop, 'a b': '$\${x} %{y} "q"' }
  old: { provider: aws, region: eu-west-1, kind: vpc-link-v1, loadBalancer: legacy }
integrations:
  main:
    link: main
    gateway: { httpApi: ${there.api} }
    targets: { orders: { listener: ${there.listener} } }
    routes:
      ANY /orders: orders
      GET /pay: { target: orders, timeout: 5s, parameters: { header: { x-tenant: query.tenant, x-c: "'a b'" } } }
  old:
    link: old
    gateway: { restApi: ${rest}, stage: live }
    targets: { legacy: { listener: ${Listeners?.[0]?.ListenerArn} } }
    routes:
      GET /orders/{id}: { target: legacy, timeout: 7s, apiKey: true, parameters: { header: { x-t: query.t } } }
      ANY /all/{proxy+}: legacy
`;
  const cwd = folder({ 'postern.yaml': spec });
  const env = { POSTERN_SIMULATOR: server.url };
  const postern = (...args: readonly string[]) => run(args, { cwd, env });
  const tools = { env: { ...awsEnvironment(server.url, 'eu-west-1'), CHECKPOINT_DISABLE: '1' }, timeoutMs: 580_000 };
  const tf = path.join(cwd, 'tf');
  const terraform = (...args: readonly string[]) => runTool('terraform', args, { ...tools, cwd: tf });
  expect(await postern('apply', '--yes')).toMatchObject({ status: 0 });
  return { server, cwd, tf, postern, terraform };
}

/** A spec without its layout. */
function specOf(text: string): object {
  const { places: _, hidden: _hidden, ...spec } = parseSpec(text);
  return spec;
}

describe.skipIf(reason !== undefined)(title, () => {
  it('is imported without a change, and imported from the state it is the spec again', async () => {
    const { server, cwd, tf, postern, terraform } = await scene();
    const before = await postern('import', '--region', 'eu-west-1', '--project', 'shop');
    expect(await postern('snapshot', '--region', 'eu-west-1', '-o', 'base.json')).toMatchObject({ status: 0 });
    expect(await postern('export', 'terraform', '-o', 'tf')).toMatchObject({ status: 0 });
    expect(await terraform('fmt', '-check')).toMatchObject({ status: 0, stdout: '' });
    const endpoints = ['apigateway', 'apigatewayv2', 'ec2', 'sts']
      .map((name) => `    ${name} = "${server.url}"\n`)
      .join('');
    writeFileSync(
      path.join(tf, 'test_override.tf'),
      `provider "aws" {\n  skip_metadata_api_check = true\n  endpoints {\n${endpoints}  }\n}\n`,
    );
    const plugins = `-plugin-dir=${process.env['TF_PROVIDER_MIRROR']}`;
    expect(await terraform('init', '-no-color', plugins)).toMatchObject({ status: 0 });
    const plan = await terraform('plan', '-no-color', '-input=false');
    expect(plan).toMatchObject({ status: 0, stderr: '' });
    expect(plan.stdout).toContain('Plan: 11 to import, 0 to add, 0 to change, 0 to destroy.');
    const apply = await terraform('apply', '-no-color', '-input=false', '-auto-approve');
    expect(apply.stdout).toContain('Apply complete! Resources: 11 imported, 0 added, 0 changed, 0 destroyed.');
    writeFileSync(path.join(cwd, 'state.json'), (await terraform('show', '-json')).stdout);
    const after = await postern('import', '--terraform', 'state.json', '--snapshot', 'base.json', '--project', 'shop');
    expect(specOf(after.out)).toEqual(specOf(before.out));
    expect(await postern('forget', '--yes')).toMatchObject({ status: 0 });
    const forgotten = await terraform('plan', '-no-color', '-input=false', '-detailed-exitcode');
    expect(forgotten).toMatchObject({ status: 0, stdout: expect.stringContaining('No changes') });
  });
});
