import { raise } from '../../simulation/raise.js';
import type { Failure } from '@aws-sdk/client-ecs';
import type { AwsCall } from '../operation/operation.js';
import type { RegionState } from '../state/aws-state.js';
import { clientError, clusterNotFound, invalidParameter, serviceNotFound } from './request.js';
import type { ClusterRow, ServiceRow, TaskDefinitionRow, TaskRow } from './state.js';

/** The last part of an ARN, or the name itself. */
export const nameOf = (nameOrArn: string): string => nameOrArn.split('/').at(-1) ?? nameOrArn;

/** `arn:aws:ecs:eu-west-1:111122223333:cluster/shop` */
export function arnOf({ partition, region, account }: AwsCall, kind: string, name: string): string {
  return `arn:${partition}:ecs:${region}:${account}:${kind}/${name}`;
}

export function uuid(call: Pick<AwsCall, 'id'>): string {
  return call.id('', 32).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/** The cluster of a name or ARN; by default `default`. An ARN of another account or region is refused. */
export function findCluster(state: RegionState, nameOrArn = 'default'): ClusterRow | undefined {
  const row = state.ecs.clusters.get(nameOf(nameOrArn));
  return row !== undefined && nameOrArn.startsWith('arn:') && row.fields.clusterArn !== nameOrArn ? undefined : row;
}

/** An active cluster. @throws {ServiceError} `ClusterNotFoundException` */
export function getCluster(state: RegionState, nameOrArn?: string): ClusterRow {
  const row = findCluster(state, nameOrArn);
  if (row?.fields.status !== 'ACTIVE') throw clusterNotFound();

  return row;
}

/** The service of a name or ARN, INACTIVE ones too. */
export function findService(state: RegionState, cluster: ClusterRow, nameOrArn: string): ServiceRow | undefined {
  return state.ecs.services.get(`${cluster.fields.clusterName}/${nameOf(nameOrArn)}`);
}

/** @throws {ServiceError} `ServiceNotFoundException` */
export function getService(state: RegionState, cluster: ClusterRow, nameOrArn: string): ServiceRow {
  return findService(state, cluster, nameOrArn) ?? raise(serviceNotFound());
}

/** Services of a cluster that are not deleted. */
export function servicesOf(state: RegionState, cluster: string): ServiceRow[] {
  return [...state.ecs.services.values()].filter((row) => row.cluster === cluster && row.fields.status !== 'INACTIVE');
}

export function tasksOf(state: RegionState, cluster: string): TaskRow[] {
  return [...state.ecs.tasks.values()].filter((row) => row.cluster === cluster);
}

/** Tasks of a service, the oldest first. */
export function tasksOfService(state: RegionState, { cluster, fields }: ServiceRow): TaskRow[] {
  // A service whose tasks fail has hundreds that stopped, and its scheduler asks every few seconds.
  const group = `service:${fields.serviceName}`;
  const found: TaskRow[] = [];
  for (const task of state.ecs.tasks.values())
    if (task.fields.group === group && task.cluster === cluster) found.push(task);
  return found;
}

/** The key of the service that started a task. */
export function serviceOf({ cluster, fields: { group } }: Pick<TaskRow, 'cluster' | 'fields'>): string | undefined {
  return group.startsWith('service:') ? `${cluster}/${group.slice('service:'.length)}` : undefined;
}

/** @throws {ServiceError} `InvalidParameterException` */
export function getTask(state: RegionState, cluster: ClusterRow, idOrArn: string): TaskRow {
  const row = state.ecs.tasks.get(nameOf(idOrArn));
  if (row?.cluster !== cluster.fields.clusterName) throw invalidParameter('The referenced task was not found.');

  return row;
}

/** `orders`, `orders:3` or an ARN; a family alone means its latest active revision. */
export function findTaskDefinition({ ecs }: RegionState, name: string): TaskDefinitionRow | undefined {
  const text = nameOf(name);
  if (text.includes(':')) return ecs.taskDefinitions.get(text);

  return [...ecs.taskDefinitions.values()].findLast(
    (row) => row.fields.family === text && row.fields.status === 'ACTIVE',
  );
}

/** One that tasks can be started with. @throws {ServiceError} `ClientException` */
export function getTaskDefinition(state: RegionState, name: string): TaskDefinitionRow {
  const row = findTaskDefinition(state, name) ?? raise(clientError('TaskDefinition not found.'));

  if (row.fields.status !== 'ACTIVE') throw clientError('TaskDefinition is inactive');

  return row;
}

/** What an answer of a Describe operation says of a name that nothing has. */
export const missing = (arn: string): Failure => ({ arn, reason: 'MISSING' });

/** Rows of names, and a failure for each name that nothing has. */
export function described<T>(
  names: readonly string[],
  find: (name: string) => T | undefined,
  arn: (name: string) => string,
): { readonly rows: T[]; readonly failures: Failure[] } {
  const rows: T[] = [];
  const failures: Failure[] = [];
  for (const name of names) {
    const row = find(name);
    if (row === undefined) failures.push(missing(name.startsWith('arn:') ? name : arn(name)));
    else rows.push(row);
  }
  return { rows, failures };
}
