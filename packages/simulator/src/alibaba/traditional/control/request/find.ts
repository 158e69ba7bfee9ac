import type { CloudApiState, ApiGroupRow, ApiRow, TaskRow, VpcAccessRow } from '../state.js';
import { raise, rowBy } from '../../../../simulation/raise.js';
import type { AlibabaRegionState } from '../../../state/alibaba-state.js';
import { say } from './parameters.js';

/** The row of an ID. @throws {AlibabaError} `NotFound<what>` */
export const named = <R>(what: string, rows: (cloudApi: CloudApiState) => ReadonlyMap<string, R>) =>
  rowBy(
    ({ cloudApi }: AlibabaRegionState) => rows(cloudApi),
    () => say.notFound(what),
  );

export const getInstance = named('Instance', (cloudApi) => cloudApi.instances);
export const getBackend = named('Backend', (cloudApi) => cloudApi.backends);
export const getPlugin = named('Plugin', (cloudApi) => cloudApi.plugins);
export const getGroup = named('ApiGroup', (cloudApi) => cloudApi.groups);

/** An API; in a group, where the caller names one. @throws {AlibabaError} `NotFoundApi`, `NotFoundApiGroup` */
export function getApi(state: AlibabaRegionState, id: string, groupId?: string): ApiRow {
  const row = state.cloudApi.apis.get(id);
  if (groupId !== undefined && groupId !== '') getGroup(state, groupId);
  if (!row || (groupId !== undefined && groupId !== '' && row.groupId !== groupId)) throw say.notFound('Api');

  return row;
}

/** A group's stage by name. @throws {AlibabaError} `NotFoundStage` */
export function getStage(group: ApiGroupRow, name: string): ApiGroupRow['stages'][number] {
  return group.stages.find((row) => row.name === name) ?? raise(say.notFound('Stage'));
}

/** An authorization's key. */
export interface VpcTriple {
  readonly VpcId: string;
  readonly InstanceId: string;
  readonly Port: number;
}

/** The authorization of a VPC, an instance and a port. */
export function findVpcAccess(
  { cloudApi }: AlibabaRegionState,
  { VpcId, InstanceId, Port }: VpcTriple,
): VpcAccessRow | undefined {
  return [...cloudApi.vpcAccesses.values()].find(
    (row) => row.VpcId === VpcId && row.InstanceId === InstanceId && row.Port === Port,
  );
}

/** @throws {AlibabaError} `NotFoundVpc`, the code that CloudAPI has for a missing authorization */
export function getVpcAccess(state: AlibabaRegionState, triple: VpcTriple): VpcAccessRow {
  return findVpcAccess(state, triple) ?? raise(say.notFound('Vpc'));
}

/** An authorization by its name. */
export function findVpcAccessByName({ cloudApi }: AlibabaRegionState, name: string): VpcAccessRow | undefined {
  return [...cloudApi.vpcAccesses.values()].find(({ Name }) => Name === name);
}

/** A task of one kind. @throws {AlibabaError} `NotFoundOperationUid` */
export function getTask({ cloudApi }: AlibabaRegionState, id: string, kind: TaskRow['kind']): TaskRow {
  const row = cloudApi.tasks.get(id);
  if (row?.kind !== kind) throw say.notFound('OperationUid');

  return row;
}
