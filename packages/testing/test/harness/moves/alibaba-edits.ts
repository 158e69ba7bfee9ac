import type { MoveEdit } from '../../../src/internal/harness.js';
import type { Simulation } from '@postern/simulator';
import type { MovingShop } from '../../../../simulator/test/moves/scene.js';
import { REGION } from '../../../../simulator/test/traffic/alibaba/shop.js';

type Row = Readonly<Record<string, unknown>>;

/** What a second operator may do while a group moves. */
export function groupEdits({
  groupId: GroupId,
  serverGroup: SecurityGroupId,
  from,
  to,
  egress,
}: MovingShop): Readonly<Record<string, MoveEdit>> {
  const api =
    (product: 'CloudAPI' | 'Ecs') =>
    (sim: Simulation, action: string, input: Row): unknown =>
      sim.callAlibaba({ product, action, region: REGION }, input);
  const cloud = api('CloudAPI');
  const rule = { SecurityGroupId, IpProtocol: 'tcp', PortRange: '80/80' };
  return {
    'add-rule': { make: (sim) => api('Ecs')(sim, 'AuthorizeSecurityGroup', { ...rule, SourceCidrIp: '10.9.0.0/16' }) },
    'add-block': {
      adds: [`Block ${to} 10.0.9.0/24`],
      make: (sim) =>
        cloud(sim, 'ModifyInstanceAttribute', {
          InstanceId: to,
          ToConnectVpcIpBlock: { CidrBlock: '10.0.9.0/24', Customized: true },
          Token: 'edit',
        }),
    },
    'rename-group': {
      make: (sim) => cloud(sim, 'ModifyApiGroup', { GroupId, GroupName: 'renamed', Description: 'by hand' }),
    },
    policy: {
      make: (sim) => cloud(sim, 'ModifyApiGroupNetworkPolicy', { GroupId, HttpsPolicy: 'HTTPS2_TLS1_0' }),
    },
    'move-there': {
      breaks: true,
      stops: true,
      make: (sim) => cloud(sim, 'ModifyApiGroupInstance', { GroupId, TargetInstanceId: to }),
    },
    'move-back': {
      stops: true,
      make: (sim) => cloud(sim, 'ModifyApiGroupInstance', { GroupId, TargetInstanceId: from }),
    },
    'close-old': {
      breaks: true,
      stops: true,
      make: (sim) => api('Ecs')(sim, 'RevokeSecurityGroup', { ...rule, SourceCidrIp: egress }),
    },
  };
}
