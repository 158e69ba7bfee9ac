import type { Simulation } from '@postern/simulator';
import type { Removal } from '../../../src/internal/harness.js';

type Row = Readonly<Record<string, any>>;
type Call = (action: string, input?: Row) => any;

/** The instance that every account has. */
const SHARED = 'api-shared-vpc-001';

/** What others may remove of the API groups of a region while a spec is applied or a move goes on. */
export function alibabaRemovals(region: string): Readonly<Record<string, Removal>> {
  const api =
    (simulation: Simulation): Call =>
    (action, input = {}) =>
      simulation.callAlibaba({ product: 'CloudAPI', action, region }, input);
  const pages = { PageSize: 50, PageNumber: 1 };
  /** The group that was created last and has APIs. */
  const lastGroup = (call: Call): { readonly GroupId: string; readonly apis: readonly Row[] } => {
    const groups: readonly Row[] = call('DescribeApiGroups', pages).ApiGroupAttributes.ApiGroupAttribute;
    const found = groups
      .map(({ GroupId }) => ({
        GroupId: GroupId as string,
        apis: call('DescribeApis', { GroupId, ...pages }).ApiSummarys.ApiSummary as readonly Row[],
      }))
      .find(({ apis }) => apis.length > 0);
    if (found === undefined) throw new Error('there is none');
    return found;
  };
  const removeApi = (call: Call, GroupId: string, { ApiId, DeployedInfos }: Row): void => {
    for (const { StageName, DeployedStatus } of DeployedInfos.DeployedInfo)
      if (DeployedStatus === 'DEPLOYED') call('AbolishApi', { GroupId, ApiId, StageName });
    call('DeleteApi', { GroupId, ApiId });
  };
  return {
    'delete-group': (sim) => {
      const { GroupId, apis } = lastGroup(api(sim));
      for (const one of apis) removeApi(api(sim), GroupId, one);
      try {
        api(sim)('DeleteApiGroup', { GroupId });
      } catch {
        // While it moves, the group stays without APIs.
      }
      return ({ gatewayId }) => gatewayId === GroupId;
    },
    'move-group': (sim) => {
      const { GroupId } = lastGroup(api(sim));
      api(sim)('ModifyApiGroupInstance', { GroupId, TargetInstanceId: SHARED });
      return ({ gatewayId }) => gatewayId === GroupId;
    },
    'delete-api': (sim) => {
      const { GroupId, apis } = lastGroup(api(sim));
      const [first = {}] = apis;
      removeApi(api(sim), GroupId, first);
      // Which route it had is in its definition: none of the group counts any more.
      return ({ gatewayId }) => gatewayId === GroupId;
    },
  };
}
