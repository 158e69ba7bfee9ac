import type { Simulation } from '@postern/simulator';
import type { Edit } from '../../../../src/internal/harness.js';
import { REGION, type AlibabaShop } from './shop.js';

type Row = Readonly<Record<string, any>>;

/** Changes outside of Postern that a trial may make while a run is in progress. */
export function editsOf({ groups: [GroupId], securityGroup }: AlibabaShop): Readonly<Record<string, Edit>> {
  const api =
    (simulation: Simulation) =>
    (action: string, input: Row = {}): any =>
      simulation.callAlibaba({ product: 'CloudAPI', action, region: REGION }, input);
  const own = (simulation: Simulation): Row =>
    api(simulation)('DescribeApis', { GroupId, PageSize: 50, PageNumber: 1 }).ApiSummarys.ApiSummary[0];
  const instance = (simulation: Simulation): Row =>
    api(simulation)('DescribeInstances').Instances.InstanceAttribute.find(
      (one: Row) => one['InstanceType'] === 'VPC_DEDICATED' && one['InstanceName'] !== 'theirs',
    );
  const rule = { SecurityGroupId: securityGroup, IpProtocol: 'tcp', PortRange: '80/8080', SourceCidrIp: '10.0.0.0/16' };
  return {
    'take-offline': {
      breaks: true,
      make: (sim) => api(sim)('AbolishApi', { GroupId, ApiId: own(sim)['ApiId'], StageName: 'RELEASE' }),
    },
    'delete-api': {
      breaks: true,
      make: (sim) => {
        const { ApiId, DeployedInfos } = own(sim);
        for (const { StageName, DeployedStatus } of DeployedInfos.DeployedInfo)
          if (DeployedStatus === 'DEPLOYED') api(sim)('AbolishApi', { GroupId, ApiId, StageName });
        api(sim)('DeleteApi', { GroupId, ApiId });
      },
    },
    'unmark-instance': {
      stops: true,
      make: (sim) =>
        api(sim)('UntagResources', { ResourceType: 'instance', ResourceId: [instance(sim)['InstanceId']], All: true }),
    },
    'close-port': {
      breaks: true,
      stops: true,
      make: (sim) => sim.callAlibaba({ product: 'Ecs', action: 'RevokeSecurityGroup', region: REGION }, rule),
    },
  };
}
