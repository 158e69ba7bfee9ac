import { addressed, api } from '../changes.js';
import { CUT_OFF, faults, type Fault } from '../fault.js';
import type { Stage } from '../scene.js';

/** What a name is: on a conventional instance an authorization, on a VPC integration instance an address. */
const NAME = 'stock.internal';

export const listeners: readonly Fault[] = faults(
  { family: 'listeners', facts: '6.4', found: ['path/load-balancer', 'target/listener'], damage: CUT_OFF },
  [
    {
      id: 'listener-missing',
      what: 'on the target a private name resolves to a CLB without a listener on the port',
      plant: (stage) => nameOnTarget(stage, 8081),
    },
    {
      id: 'listener-stopped',
      what: 'on the target a private name resolves to a CLB whose listener is stopped',
      plant: (stage) => {
        const LoadBalancerId = nameOnTarget(stage, 80);
        stage.call('Slb', 'StopLoadBalancerListener', { LoadBalancerId, ListenerPort: 80 });
      },
    },
  ],
);

/** An API calls a name: the scene's balancer on the current instance, another one on the target. Returns the latter. */
function nameOnTarget(stage: Stage, ListenerPort: number): string {
  const { call, parts } = stage;
  const { LoadBalancerId, Address } = call('Slb', 'CreateLoadBalancer', {
    LoadBalancerName: 'stock-next',
    AddressType: 'intranet',
    VSwitchId: parts.vswitches.app,
  });
  call('Slb', 'AddBackendServers', {
    LoadBalancerId,
    BackendServers: JSON.stringify([{ ServerId: parts.machine, Weight: '100', Type: 'ecs' }]),
  });
  const listener = { LoadBalancerId, ListenerPort };
  call('Slb', 'CreateLoadBalancerHTTPListener', {
    ...listener,
    BackendServerPort: 8080,
    Bandwidth: -1,
    HealthCheck: 'off',
  });
  call('Slb', 'StartLoadBalancerListener', listener);
  for (const [Type, Record, InstanceId] of [
    ['VPC', 'stock', parts.old],
    ['A', Address, parts.next],
  ]) {
    call('CloudAPI', 'CreatePrivateDNS', { IntranetDomain: NAME, Type, Records: [{ Record, Weight: 100 }] });
    call('CloudAPI', 'AssociateInstanceWithPrivateDNS', { IntranetDomains: [NAME], InstanceId });
  }
  api(stage, '/named', addressed(`http://${NAME}`), 'RELEASE');
  return LoadBalancerId;
}
