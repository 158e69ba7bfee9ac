import { describe, expect, it } from 'vitest';
import { account, idOf, refusal, runInstance, smallNetwork } from '../ecs/account.js';

/** A load balancer, and a server in its VPC. */
function balanced() {
  const cloud = account();
  const { j, groupId: SecurityGroupId } = smallNetwork(cloud);
  const balancer = () =>
    idOf(cloud.slb('CreateLoadBalancer', { AddressType: 'intranet', VSwitchId: j }), 'LoadBalancerId');
  const LoadBalancerId = balancer();
  const ServerId = runInstance(cloud, { VSwitchId: j, SecurityGroupId });
  const make = (...servers: readonly object[]): string => {
    const BackendServers = JSON.stringify(servers);
    const input = { LoadBalancerId, VServerGroupName: 'carts', BackendServers };
    return idOf(cloud.slb('CreateVServerGroup', input), 'VServerGroupId');
  };
  return { cloud, LoadBalancerId, ServerId, make, balancer };
}

const rows = (answer: object) => (answer as { BackendServers?: { BackendServer: object[] } }).BackendServers;

describe('vServer groups', () => {
  it.each(['TCP', 'UDP', 'HTTP', 'HTTPS'])('can be the target of %s listeners', async (protocol) => {
    const { cloud, LoadBalancerId, ServerId, make } = balanced();
    const VServerGroupId = make(
      { ServerId, Port: 8080, Weight: '60', Type: 'ecs', Description: 'one' },
      { ServerId, Port: '8081', Weight: 0 },
    );
    expect(VServerGroupId).toMatch(/^rsp-bp1[0-9a-z]{17}$/);
    const at = { LoadBalancerId, ListenerPort: 443 };
    const certificate = protocol === 'HTTPS' ? { ServerCertificateId: 'cert-1' } : {};
    cloud.slb(`CreateLoadBalancer${protocol}Listener`, { ...at, VServerGroupId, ...certificate });
    cloud.slb('StartLoadBalancerListener', at);
    await cloud.sim.advance(60_000);
    const details = cloud.slb(`DescribeLoadBalancer${protocol}ListenerAttribute`, at);
    expect(details).toMatchObject({ VServerGroupId, Status: 'running' });
    expect(details).not.toHaveProperty('BackendServerPort');
    expect(cloud.slb('DescribeLoadBalancerListeners', { LoadBalancerId: [LoadBalancerId] })).toMatchObject({
      Listeners: [{ ListenerPort: 443, VServerGroupId }],
    });
    const group = cloud.slb('DescribeVServerGroupAttribute', { VServerGroupId });
    expect(group).toMatchObject({ VServerGroupId, VServerGroupName: 'carts', LoadBalancerId });
    expect(rows(group)?.BackendServer).toEqual([
      { ServerId, Port: 8080, Weight: 60, Type: 'ecs', Description: 'one' },
      { ServerId, Port: 8081, Weight: 0, Type: 'ecs', Description: '' },
    ]);
    expect(rows(cloud.slb('DescribeHealthStatus', at))?.BackendServer).toMatchObject([
      { ServerId, ListenerPort: 443, Port: 8080, ServerHealthStatus: 'normal' },
      { ServerId, ListenerPort: 443, Port: 8081, ServerHealthStatus: 'normal' },
    ]);
  });

  it('are listed with their listeners on request, and are not deleted while one forwards to them', () => {
    const { cloud, LoadBalancerId, ServerId, make } = balanced();
    const VServerGroupId = make({ ServerId, Port: 80 });
    const at = { LoadBalancerId, ListenerPort: 80 };
    cloud.slb('CreateLoadBalancerTCPListener', { ...at, VServerGroupId });
    const listed = (more: object, listeners: readonly object[]) =>
      expect(cloud.slb('DescribeVServerGroups', { LoadBalancerId, ...more })).toMatchObject({
        VServerGroups: {
          VServerGroup: [{ VServerGroupId, ServerCount: 1, AssociatedObjects: { Listeners: { Listener: listeners } } }],
        },
      });
    listed({}, []);
    listed({ IncludeListener: true }, [{ Port: 80, Protocol: 'tcp' }]);
    const remove = () => cloud.slb('DeleteVServerGroup', { VServerGroupId });
    expect(remove).toThrow(refusal('RspoolVipExist'));
    cloud.slb('DeleteLoadBalancerListener', at);
    remove();
    expect(() => cloud.slb('DescribeVServerGroupAttribute', { VServerGroupId })).toThrow(refusal('InvalidParameter'));
  });

  it('lose a deleted instance, and are deleted with their load balancer', async () => {
    const { cloud, LoadBalancerId, ServerId, make } = balanced();
    const VServerGroupId = make({ ServerId, Port: 80 });
    await cloud.sim.advance(60_000);
    cloud.ecs('DeleteInstance', { InstanceId: ServerId, Force: true });
    const read = () => cloud.slb('DescribeVServerGroupAttribute', { VServerGroupId });
    expect(rows(read())?.BackendServer).toEqual([]);
    cloud.slb('DeleteLoadBalancer', { LoadBalancerId });
    expect(read).toThrow(refusal('InvalidParameter'));
  });

  it.each([
    ['a server without a port', [{}], 'InvalidParameter', 400],
    ['a port that is not valid', [{ Port: 65_536 }], 'InvalidParameter', 400],
    ['a server that does not exist', [{ ServerId: 'i-none', Port: 80 }], 'InvalidServerId.NotFound', 404],
    [
      'more than twenty servers',
      Array.from({ length: 21 }, (_, n) => ({ Port: 80 + n })),
      'TooManyBackendServers',
      400,
    ],
  ])('do not accept %s', (_what, servers, code, status) => {
    const { ServerId, make } = balanced();
    expect(() => make(...servers.map((one) => ({ ServerId, ...one })))).toThrow(refusal(code, status));
  });

  it('get and lose servers', () => {
    const { cloud, ServerId, make } = balanced();
    const VServerGroupId = make({ ServerId, Port: 80 });
    const list = (...servers: readonly object[]) => JSON.stringify(servers.map((one) => ({ ServerId, ...one })));
    const change = (action: string, input: object) =>
      rows(cloud.slb(action, { VServerGroupId, ...input }))?.BackendServer.map((row) => {
        const { Port, Weight } = row as { Port: number; Weight: number };
        return `${Port}:${Weight}`;
      });
    const servers = (one: object) => ({ BackendServers: list(one) });
    expect(change('AddVServerGroupBackendServers', servers({ Port: 81, Weight: 10 }))).toEqual(['80:100', '81:10']);
    expect(change('RemoveVServerGroupBackendServers', servers({ Port: 80 }))).toEqual(['81:10']);
    expect(change('RemoveVServerGroupBackendServers', servers({ Port: 99 }))).toEqual(['81:10']);
  });

  it('belong to one load balancer', () => {
    const { cloud, make, balancer } = balanced();
    const listener = { LoadBalancerId: balancer(), ListenerPort: 80, VServerGroupId: make() };
    expect(() => cloud.slb('CreateLoadBalancerTCPListener', listener)).toThrow(refusal('InvalidParameter'));
  });
});
