import { describe, expect, it } from 'vitest';
import { PROVE } from '../../../core/test/runs.js';
import { linkHash } from '../../../core/src/do/world/resolve/link-identity.js';
import { cloud, folder, network, run } from '../run-command.js';

type Fields = Readonly<Record<string, unknown>>;

/** A V1 link of the project to a load balancer, whose security groups filter calls through it or do not. */
async function linked(filters: boolean) {
  const server = await cloud();
  const { simulation } = server;
  const there = await network(server);
  const call = (service: 'apigateway' | 'elasticloadbalancingv2' | 'ec2', operation: string, input: Fields): any =>
    simulation.call({ service, operation, region: 'eu-west-1' }, input);
  const { GroupId } = call('ec2', 'CreateSecurityGroup', { GroupName: 'nlb', Description: 'nlb', VpcId: there.vpc });
  const { LoadBalancers } = call('elasticloadbalancingv2', 'CreateLoadBalancer', {
    Name: 'edge-nlb',
    Type: 'network',
    Scheme: 'internal',
    Subnets: there.subnets,
    SecurityGroups: [GroupId],
  });
  const arn: string = LoadBalancers[0].LoadBalancerArn;
  if (!filters)
    call('elasticloadbalancingv2', 'SetSecurityGroups', {
      LoadBalancerArn: arn,
      SecurityGroups: [GroupId],
      EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic: 'off',
    });
  await simulation.advance(900_000);
  const owner = { project: 'shop', spec: 'shop', integration: 'edge' };
  const hash = linkHash(owner, { subnetIds: [], securityGroupIds: [], loadBalancerIds: [arn] });
  const { id } = call('apigateway', 'CreateVpcLink', {
    name: 'edge',
    targetArns: [arn],
    tags: { 'postern:project': 'shop', 'postern:owner': 'shop', 'postern:integration': 'edge', 'postern:spec': hash },
  });
  await simulation.advance(900_000);
  const options = { cwd: folder({}), env: { POSTERN_SIMULATOR: server.url } };
  const place = ['--project', 'shop', '--region', 'eu-west-1', '--provider', 'aws'];
  return { id: id as string, postern: (...argv: readonly string[]) => run([...argv, ...place], options) };
}

describe('the allowlist of a V1 link', () => {
  it.runIf(PROVE)('is nothing to change where nothing filters its calls', async () => {
    const { id, postern } = await linked(false);
    for (const command of ['allow', 'revoke']) {
      const { status, out, err } = await postern(command, id, '10.0.0.0/16', '--yes');
      expect({ status, out }).toEqual({ status: 1, out: '' });
      expect(err).toMatch(/error UNSUPPORTED: nothing filters the calls of link .*\n.*First turn on/s);
    }
    const { status, out } = await postern('allow', id, '--list');
    expect(status).toBe(0);
    expect(out).toMatch(/^Nothing filters the calls of edge \(\w+\): its load balancer .*PrivateLink traffic\n$/);
  });

  it('is what the groups of its load balancer admit where they are enforced', async () => {
    const { id, postern } = await linked(true);
    const { status, out } = await postern('allow', id, '--list');
    expect({ status, out }).toEqual({
      status: 0,
      out: `The security groups of the load balancer of edge (${id}) admit nothing\n`,
    });
    expect(JSON.parse((await postern('allow', id, '--list', '--json')).out)).toMatchObject({ filter: 'inbound' });
  });
});
