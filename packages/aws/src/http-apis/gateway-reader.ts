import type { CallContext } from '@postern/core/internal/library';
import type { Session } from '../client/session.js';
import type { GatewayRead, GatewayReader, GatewayReading } from '../gateways/gateway-reader.js';
import type { ApiOutput } from '../sdk-types.js';
import { backendsOfApi, listApis, readApi, targetIdsOfApi, toApiGateway, type ApiRead } from './api.js';
import { listIntegrations } from './integration.js';
import { withDeployedRoutes } from './deployed-routes.js';

export const httpApiReader: GatewayReader = {
  refs: ['httpApi', 'webSocketApi'],
  called: 'APIs',
  list: async (session, ctx) =>
    (await listApis(session, ctx)).map((api) => {
      const { ApiId: id, Name: name } = api;
      return { id, name, read: (reading: GatewayReading) => readGateway(id, reading, api) };
    }),
  read: readGateway,
  targetsOfLink,
};

async function readGateway(id: string, reading: GatewayReading, known?: ApiOutput): Promise<GatewayRead | undefined> {
  const { session, deployer, isWhole, served, gaps, ctx } = reading;
  const read = await readApi(session, id, deployer, ctx, known);
  if (read === undefined) return undefined;

  const isExported = isWhole(id) || served.some((ref) => Object.values(ref).includes(id));
  if (!isExported || read.protocol.kind !== 'http-api') return apiGateway(read);

  return apiGateway({ ...read, stages: await withDeployedRoutes(session, id, read.stages, read.routes, gaps, ctx) });
}

/** An HTTP API, whose integrations name their targets, or a WebSocket API. */
function apiGateway(read: ApiRead): GatewayRead {
  return {
    targetIds: targetIdsOfApi(read),
    namesBalancerLink: read.protocol.kind === 'websocket-api' && read.integrations.length > 0,
    backends: (known) => backendsOfApi(read, known),
    complete: (known) => toApiGateway(read, known),
  };
}

async function targetsOfLink(session: Session, linkId: string, ctx: CallContext): Promise<readonly string[]> {
  const apis = (await listApis(session, ctx)).filter(({ ProtocolType }) => ProtocolType === 'HTTP');
  const lists = await Promise.all(apis.map(({ ApiId }) => listIntegrations(session, ApiId, ctx)));
  return lists
    .flat()
    .filter((one) => one.ConnectionType === 'VPC_LINK' && one.ConnectionId === linkId)
    .flatMap((one) => one.IntegrationUri ?? []);
}
