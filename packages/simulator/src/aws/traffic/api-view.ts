import type { ApiFields, ApiRow, AuthorizerRow, DeploymentRow, StageRow } from '../http-apis/control/state.js';
import type { RegionState } from '../state/region-state.js';
import type { RestApiFields, RestApiRow, RestDeploymentRow, RestStageRow } from '../rest-apis/control/state.js';

/** A stage of an HTTP or WebSocket API, with what it serves. */
export interface ServedStage {
  readonly stage: StageRow;
  readonly deployment: DeploymentRow | undefined;
}

/** A stage of a REST API, with what it and its canary serve. */
export interface ServedRestStage {
  readonly stage: RestStageRow;
  readonly deployment: RestDeploymentRow | undefined;
  readonly canary: RestDeploymentRow | undefined;
}

/** An HTTP or WebSocket API as its data path sees it. */
export interface ApiView {
  readonly kind: 'http' | 'websocket';
  readonly fields: ApiFields;
  readonly stages: ReadonlyMap<string, ServedStage>;
  readonly authorizers: ReadonlyMap<string, AuthorizerRow>;
}

/** A REST API as its data path sees it. */
export interface RestView {
  readonly kind: 'rest';
  readonly fields: RestApiFields;
  readonly stages: ReadonlyMap<string, ServedRestStage>;
}

/** The API of an ID as its control plane has it now; undefined where there is none. Rows are never changed in place. */
export function readView({ apiGateway, restApi }: RegionState, id: string): ApiView | RestView | undefined {
  const api = apiGateway.apis.get(id);
  if (api) return viewOf(api);

  const rest = restApi.apis.get(id);
  return rest && restViewOf(rest);
}

function viewOf({ fields, stages, deployments, authorizers = new Map() }: ApiRow): ApiView {
  return {
    kind: fields.ProtocolType === 'WEBSOCKET' ? 'websocket' : 'http',
    fields,
    stages: new Map(
      [...stages].map(([name, stage]) => [name, { stage, deployment: deployments.get(stage.DeploymentId ?? '') }]),
    ),
    authorizers: new Map(authorizers),
  };
}

function restViewOf({ fields, stages, deployments }: RestApiRow): RestView {
  return {
    kind: 'rest',
    fields,
    stages: new Map(
      [...stages].map(([name, stage]) => [
        name,
        {
          stage,
          deployment: deployments.get(stage.deploymentId),
          canary: deployments.get(stage.canarySettings?.deploymentId ?? ''),
        },
      ]),
    ),
  };
}

/** Whether two views show the same rows. */
export function isSameView(a: ApiView | RestView, b: ApiView | RestView): boolean {
  const [one, other] = [rowsOf(a), rowsOf(b)];
  return one.length === other.length && one.every((row, index) => row === other[index]);
}

function rowsOf(view: ApiView | RestView): readonly unknown[] {
  if (view.kind === 'rest') {
    return [view.fields, ...[...view.stages.values()].flatMap((one) => [one.stage, one.deployment, one.canary])];
  }

  const stages = [...view.stages.values()].flatMap(({ stage, deployment }) => [stage, deployment]);
  return [view.fields, ...stages, ...view.authorizers.values()];
}
