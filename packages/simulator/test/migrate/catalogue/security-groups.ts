import { ownGroup, rule } from '../changes.js';
import { CUT_OFF, faults, type Fault } from '../fault.js';

export const securityGroups: readonly Fault[] = faults(
  { family: 'security groups', facts: '6.3', found: ['path/security-group'], damage: CUT_OFF },
  [
    {
      id: 'sg-old-only',
      what: "the backend's security group allows the old egress only",
      plant: (stage) => ownGroup(stage),
    },
    {
      id: 'sg-one-zone',
      what: "the backend's security group allows one of two zones",
      plant: (stage) => ownGroup(stage, '10.10.0.0/24'),
    },
    {
      id: 'sg-port',
      what: "the backend's security group allows the new egress on another port",
      plant: async (stage) => {
        const own = await ownGroup(stage);
        rule(stage, own, { PortRange: '80/80', SourceCidrIp: '10.10.0.0/16' });
      },
    },
    {
      id: 'sg-drop',
      what: 'a rule of higher priority drops one zone',
      plant: async (stage) => {
        const own = await ownGroup(stage, '10.10.0.0/16');
        rule(stage, own, { Policy: 'Drop', Priority: '1', SourceCidrIp: '10.10.1.0/24' });
      },
    },
    {
      id: 'sg-drop-wins',
      what: 'of two rules with the same priority the drop applies',
      plant: async (stage) => {
        const own = await ownGroup(stage, '10.10.0.0/16');
        rule(stage, own, { Policy: 'Drop', Priority: '1', SourceCidrIp: '10.10.0.0/22' });
      },
    },
    {
      id: 'sg-inner-drop',
      what: 'members of the common group no longer reach one another',
      plant: ({ call, parts }) =>
        call('Ecs', 'ModifySecurityGroupPolicy', { SecurityGroupId: parts.group, InnerAccessPolicy: 'Drop' }),
    },
    {
      id: 'sg-out',
      what: "the instance's security group denies outbound to the machine",
      plant: async (stage) => {
        await ownGroup(stage, '10.10.0.0/16');
        rule(stage, stage.parts.group, { Policy: 'Drop', Priority: '1', DestCidrIp: '10.10.20.0/24' }, 'Egress');
      },
    },
    {
      id: 'sg-out-clb',
      what: "the instance's security group denies outbound to the load balancer, which is a member of no group",
      plant: (stage) =>
        rule(
          stage,
          stage.parts.group,
          { PortRange: '80/80', Policy: 'Drop', Priority: '1', DestCidrIp: '10.10.20.0/24' },
          'Egress',
        ),
    },
  ],
);
