import { addressed, api, backend } from '../changes.js';
import { CUT_OFF, faults, type Fault } from '../fault.js';
import type { Stage } from '../scene.js';

export const wayBack: readonly Fault[] = faults({ family: 'way back', facts: '5.5' }, [
  {
    id: 'back-plain-address',
    what: 'the target is a conventional instance, and an API calls a private address without an authorisation',
    plant: async (stage) => {
      await stage.move();
      api(stage, '/plain', addressed('http://10.10.20.9:80'), 'RELEASE');
    },
    to: 'old',
    found: ['migrate/plain-address'],
    damage: { kind: 'documented', words: 'a conventional instance calls only what an authorisation names' },
  },
  {
    id: 'back-registry',
    what: 'the target is a conventional instance, and a named backend finds its servers in a registry',
    plant: async (stage) => {
      await stage.move();
      backend(
        stage,
        {
          RELEASE: {
            DiscoveryConfig: {
              RcType: 'nacos',
              NacosConfig: { ServerAddress: '10.10.20.8:8848', ServiceName: 'orders' },
            },
          },
        },
        'RELEASE',
      );
    },
    to: 'old',
    found: ['migrate/plain-address'],
    damage: { kind: 'documented', words: 'a conventional instance finds no servers in registries' },
  },
  {
    id: 'back-no-entry',
    what: "the way back is closed: the backend's security group does not let in the egress of the conventional instance",
    plant: async (stage) => {
      const { call, parts } = stage;
      await stage.move();
      for (const SourceCidrIp of parts.oldBlocks) {
        call('Ecs', 'RevokeSecurityGroup', {
          SecurityGroupId: parts.group,
          Permissions: [{ IpProtocol: 'TCP', PortRange: '8080/8080', SourceCidrIp }],
        });
      }
    },
    to: 'old',
    found: ['path/security-group'],
    damage: CUT_OFF,
  },
  {
    id: 'no-way-back',
    what: 'the group could move and never back: a draft calls an address that needs no authorisation on the target',
    plant: (stage) => {
      api(stage, '/plain', addressed(`http://${addressOf(stage)}:8080`));
    },
    found: ['migrate/rollback'],
    severity: 'warning',
    damage: { kind: 'documented', words: 'a rollback loses that backend' },
  },
]);

function addressOf({ call, parts }: Stage): string {
  const found = call('Ecs', 'DescribeInstances', { InstanceIds: JSON.stringify([parts.machine]) });
  return found.Instances.Instance[0].VpcAttributes.PrivateIpAddress.IpAddress[0];
}
