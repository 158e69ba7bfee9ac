import { addBlock, addressed, addressIn, api, backend, neighbour, removeBlock } from '../changes.js';
import { CUT_OFF, faults, type Fault } from '../fault.js';
import type { Stage } from '../scene.js';

export const wayBack: readonly Fault[] = faults({ family: 'way back', facts: '5.5' }, [
  {
    id: 'back-plain-address',
    what: 'the target is a conventional instance, and an API calls a private address without an authorization',
    plant: async (stage) => {
      await stage.move();
      api(stage, '/plain', addressed(`http://${await neighbour(stage)}:8080`), 'RELEASE');
    },
    to: 'old',
    found: ['migrate/plain-address'],
    damage: CUT_OFF,
  },
  {
    id: 'back-registry',
    what: 'the target is a conventional instance, and a named backend finds its servers in a registry',
    plant: async (stage) => {
      await stage.move();
      const ServerAddress = `${await neighbour(stage)}:8848`;
      backend(
        stage,
        {
          RELEASE: {
            DiscoveryConfig: {
              RcType: 'nacos',
              NacosConfig: { ServerAddress, ServiceName: 'orders' },
            },
          },
        },
        'RELEASE',
      );
    },
    to: 'old',
    found: ['migrate/plain-address'],
    damage: CUT_OFF,
  },
  {
    id: 'back-no-entry',
    what: "the move back is blocked: the backend's security group denies the egress of the conventional instance",
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
    what: 'the group can move, but not back: a draft calls an address that needs no authorization on the target',
    plant: (stage) => {
      api(stage, '/plain', addressed(`http://${addressOf(stage)}:8080`));
    },
    found: ['migrate/rollback'],
    severity: 'warning',
    damage: { kind: 'no way back', by: 'cut off' },
  },
  {
    id: 'no-way-back-block',
    what: "the group can move, but not back: a draft's backend is in an accessible block that the instance lost",
    source: 'integration',
    plant: async (stage) => {
      const { old, next } = stage.parts;
      const address = await addressIn(stage);
      for (const id of [old, next]) await addBlock(stage, id, '10.10.40.0/24');
      api(stage, '/later', addressed(`http://${address}:8080`));
      await removeBlock(stage, old, '10.10.40.0/24');
    },
    found: ['migrate/rollback'],
    severity: 'warning',
    damage: { kind: 'no way back', by: 'fails' },
  },
]);

function addressOf({ call, parts }: Stage): string {
  const found = call('Ecs', 'DescribeInstances', { InstanceIds: JSON.stringify([parts.machine]) });
  return found.Instances.Instance[0].VpcAttributes.PrivateIpAddress.IpAddress[0];
}
