import { unlessGone, type CallContext, type Gaps, type Gateway } from '@postern/core/internal/adapter';
import type { Session } from '../client/session.js';
import type { GatewayRead, GatewayReader, GatewayReading, StageFacts } from '../gateways/gateway-reader.js';
import { backendOf, listenersByPort } from '../gateways/integration-target.js';
import { listenersOf, toListener } from '../load-balancing/load-balancer.js';
import type { RestApiOutput, RestResourceOutput, RestStageOutput } from '../sdk-types.js';
import {
  backendsOfRestApi,
  getRestApi,
  listResources,
  listRestApis,
  readRestApi,
  toRestGateway,
  usesBalancerLink,
  type RestApiRead,
} from './read-rest-api.js';
import { wasDeployedBy } from './rest-stage.js';
import { restUses, withDeployedRoutes } from './deployed-routes.js';
import { readStageExports, type DeployedMethod, type StageExport } from './stage-export.js';
import { listAll } from '../client/list-all.js';

/** The gap of a snapshot whose usage plans were not read. */
const USAGE_PLANS = 'usage plans';

/**
 * The usage plans that contain the stages of an API: one list call, where a route needs an API key.
 * @see https://docs.aws.amazon.com/apigateway/latest/api/API_GetUsagePlans.html
 */
async function usagePlans(
  session: Session,
  gateways: readonly Gateway[],
  gaps: Gaps,
  ctx: CallContext,
): Promise<StageFacts> {
  const needsKey = ({ routes }: Gateway): boolean => routes.some(({ settings }) => settings?.apiKey === true);
  if (!gateways.some(needsKey)) return () => ({});

  // Not a gap of gateways, which plans ask for.
  const gap = { what: USAGE_PLANS, of: 'quotas', id: USAGE_PLANS } as const;
  const listed = await gaps.attempt(gap, () => listAll(session, ctx, 'usage plans', 'apigateway', 'GetUsagePlans'));
  if (listed === undefined) return () => ({});

  return (gateway, { name }) => {
    if (!needsKey(gateway)) return {};

    const containing = listed.filter(({ apiStages = [] }) =>
      apiStages.some(({ apiId, stage }) => apiId === gateway.id && stage === name),
    );
    return { usagePlans: containing.map(({ id }) => id) };
  };
}

export const restApiReader: GatewayReader = {
  refs: ['restApi'],
  called: 'REST APIs',
  list: async (session, ctx) =>
    (await listRestApis(session, ctx)).map((api) => {
      const { id, name } = api;
      return { id, name, read: (reading: GatewayReading) => readGateway(id, reading, api) };
    }),
  read: readGateway,
  targetsOfLink,
  stageFacts: usagePlans,
};

async function readGateway(
  id: string,
  reading: GatewayReading,
  known?: RestApiOutput,
): Promise<GatewayRead | undefined> {
  const { session, deployer, uses, gaps, ctx } = reading;
  const api = known ?? (await getRestApi(session, id, ctx));
  const read = api && (await readRestApi(session, api, deployer, ctx));
  if (read === undefined) return undefined;

  const isExported = exportedStages(id, reading);
  const exports = isExported && (await readStageExports(session, id, read.stages.filter(isExported), gaps, ctx));
  return restGateway(read, exports && { exports, uses });
}

/** The stages of a REST API whose deployments are asked for; undefined: none. */
function exportedStages(
  id: string,
  { isWhole, served, deployer }: GatewayReading,
): ((stage: RestStageOutput) => boolean) | undefined {
  if (isWhole(id)) return () => true;

  const stages = served.flatMap((ref) => (ref['restApi'] === id ? [ref.stage] : []));
  if (stages.length === 0) return undefined;

  return (stage) => stages.includes(stage.stageName) || wasDeployedBy(stage, deployer);
}

/** What the stages of a REST API serve, as far as it was read, and whether all uses of its backends are asked for. */
interface RestExports {
  readonly exports: readonly StageExport[];
  readonly uses: boolean;
}

/** A REST API; with `exports` also what each of its stages serves. */
function restGateway(read: RestApiRead, exported: RestExports | undefined): GatewayRead {
  const deployed = (exported?.exports ?? []).flatMap(({ api }) => api?.methods ?? []);
  const served = { ...read, resources: [...read.resources, ...deployed.map(asResource)] };
  return {
    targetIds: [],
    namesBalancerLink: usesBalancerLink(served),
    backends: (known) => backendsOfRestApi(served, known),
    complete: (known) => {
      const gateway = toRestGateway(read, known);
      if (exported === undefined) return gateway;

      const { exports, uses } = exported;
      const stages = withDeployedRoutes(gateway.stages, exports, gateway.routes, known);
      return { ...gateway, stages, ...(uses ? { uses: restUses(read, gateway, exports, known) } : {}) };
    },
  };
}

function asResource({ key, integration }: DeployedMethod): RestResourceOutput {
  const [verb = '', path = ''] = key.split(' ');
  return { id: path, path, resourceMethods: { [verb]: { methodIntegration: integration } } };
}

/** The listeners on the ports that integrations of REST APIs name. Links that stage variables name are left out. */
async function targetsOfLink(session: Session, linkId: string, ctx: CallContext): Promise<readonly string[]> {
  const apis = await listRestApis(session, ctx);
  const lists = await Promise.all(
    apis.map(async ({ id }) => (await unlessGone(listResources(session, id, ctx))) ?? []),
  );
  const ports = lists
    .flat()
    .flatMap(({ resourceMethods = {} }) =>
      Object.values(resourceMethods).flatMap(({ methodIntegration: integration }) =>
        integration?.connectionType === 'VPC_LINK' && integration.connectionId === linkId
          ? (backendOf(integration, { balancersOf: () => undefined }) ?? [])
          : [],
      ),
    );
  const balancers = [...new Set(ports.map(({ loadBalancerArn }) => loadBalancerArn))];
  const listeners = (await listenersOf(session, balancers, [], ctx)).map(toListener);
  const listenerOf = listenersByPort(listeners);
  return ports.flatMap((port) => listenerOf(port) ?? []);
}
