import type { Simulation } from '@postern/simulator';
import { awsRows, listerOf } from '../inventory/aws-rows.js';
import { type LocalRow, pick, rowOf, type Row } from '../inventory/row-of.js';

/** What moves of routes and stages may change. */
export function awsMoveRows(simulation: Simulation, region: string): readonly LocalRow[] {
  const list = listerOf(simulation, region);
  return awsRows(simulation, region).flatMap((row): readonly LocalRow[] => {
    if (row.type === 'SecurityGroup') {
      const { IpPermissions = [], IpPermissionsEgress = [], ...fields } = row.fields as Readonly<Record<string, Row[]>>;
      const [ingress, egress] = [rulesOf(row.id, 'in', IpPermissions), rulesOf(row.id, 'out', IpPermissionsEgress)];
      return [{ ...row, fields }, ...ingress, ...egress];
    }
    if (row.type === 'Stage') {
      const [ApiId = '', name] = row.id.split('/');
      const stage = list('apigatewayv2', 'GetStages', 'Items', { ApiId }).find((one) => one['StageName'] === name);
      // One that deploys by itself serves a new deployment after each change.
      return [{ ...row, fields: pick(stage ?? {}, stage?.['AutoDeploy'] === true ? ['AutoDeploy'] : SERVED) }];
    }
    if (row.type === 'Resource') {
      const { path, resourceMethods = {} } = row.fields as {
        path: string;
        resourceMethods?: Readonly<Record<string, Row>>;
      };
      const methods = Object.entries(resourceMethods);
      return [
        { ...row, fields: { path } },
        ...methods.map(([verb, fields]): LocalRow => ({ type: 'Method', id: `${row.id} ${verb}`, fields })),
      ];
    }
    if (row.type === 'RestStage') {
      const [restApiId = '', name] = row.id.split('/');
      const stage = list('apigateway', 'GetStages', 'item', { restApiId }).find((one) => one['stageName'] === name);
      return [{ ...row, fields: pick(stage ?? {}, ['deploymentId', 'canarySettings', 'variables']) }];
    }
    if (row.type !== 'RestApi') return [row];
    const deployments = list('apigateway', 'GetDeployments', 'items', { restApiId: row.id });
    return [row, ...deployments.map((one) => rowOf('Deployment', one, one['id'], ['description']))];
  });
}

const SERVED = ['AutoDeploy', 'DeploymentId'];

/** One row for each source of each permission. */
function rulesOf(groupId: string, way: string, permissions: readonly Row[]): readonly LocalRow[] {
  return permissions.flatMap((permission) => {
    const { FromPort, ToPort, IpProtocol } = permission;
    const sources = ['IpRanges', 'Ipv6Ranges', 'PrefixListIds', 'UserIdGroupPairs'].flatMap(
      (name) => (permission[name] ?? []) as readonly Row[],
    );
    return sources.map(({ Description: _description, ...source }): LocalRow => {
      const id = `${groupId} ${way} ${JSON.stringify([IpProtocol, FromPort, ToPort, source])}`;
      return { type: 'Rule', id, fields: {} };
    });
  });
}
