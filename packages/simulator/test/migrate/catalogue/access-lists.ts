import { entry } from '../changes.js';
import { CUT_OFF, faults, type Fault } from '../fault.js';

export const accessLists: readonly Fault[] = faults(
  { family: 'access control lists', facts: '6.4', found: ['path/load-balancer'], damage: CUT_OFF },
  [
    {
      id: 'acl-old-only',
      what: 'the access control list of the CLB listener contains the old egress only',
      plant: (stage) => {
        entry(stage, 'Remove', '10.10.0.0/24');
        entry(stage, 'Remove', '10.10.1.0/24');
      },
    },
    {
      id: 'acl-one-zone',
      what: 'the access control list of the CLB listener contains one zone only',
      plant: (stage) => entry(stage, 'Remove', '10.10.1.0/24'),
    },
    {
      id: 'acl-half',
      what: "the access control list of the CLB listener contains the half of a zone's vSwitch without the instance",
      plant: (stage) => {
        entry(stage, 'Remove', '10.10.0.0/24');
        entry(stage, 'Add', '10.10.0.0/30');
      },
    },
    {
      id: 'acl-deny',
      what: 'the access control list of the CLB listener denies the new egress',
      plant: (stage) => {
        const { call, parts } = stage;
        for (const block of parts.oldBlocks) entry(stage, 'Remove', block);
        call('Slb', 'SetLoadBalancerHTTPListenerAttribute', {
          LoadBalancerId: parts.balancer,
          ListenerPort: 80,
          AclStatus: 'on',
          AclType: 'black',
          AclId: parts.accessList,
        });
      },
    },
  ],
);
