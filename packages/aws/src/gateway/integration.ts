import {
  createOnce,
  formatBoundMark,
  isMarkOf,
  isPosternError,
  readBoundMark,
  unlessGone,
  userHash,
  usersOfMark,
  type CallContext,
  type Owner,
  type RouteCall,
  type TargetTls,
} from '@postern/core/adapter';
import type { CreateIntegrationInput, IntegrationOutput } from '../apis/api-gateway-api.js';
import { API_GATEWAY_PAGE, STALENESS_MS } from '../limits.js';
import { listAll } from '../client/list-all.js';
import { sent } from '../client/plain.js';
import { readUntil } from './listed.js';
import type { RouteSession } from './made-integrations.js';
import type { Session } from '../client/session.js';

/** All integrations of an API. @throws {CloudError} `NOT_FOUND` when the API does not exist. */
export function listIntegrations(session: Session, apiId: string, ctx: CallContext): Promise<IntegrationOutput[]> {
  return listAll(session, ctx, `integrations of ${apiId}`, {
    service: 'apigatewayv2',
    method: 'getIntegrations',
    input: { ApiId: apiId, MaxResults: API_GATEWAY_PAGE },
    member: 'Items',
    key: 'IntegrationId',
  });
}

/**
 * The integration that a route names, or `undefined`. A route cannot name an integration that does not
 * exist. One that is missing is therefore read again until it must be visible. Without it the owner of the
 * route cannot be determined.
 */
export async function getIntegration(
  session: Session,
  apiId: string,
  integrationId: string | undefined,
  ctx: CallContext,
): Promise<IntegrationOutput | undefined> {
  if (integrationId === undefined) return undefined;
  const read = () =>
    unlessGone(
      session.send(ctx, 'apigatewayv2', 'GetIntegration', (api, options) =>
        api.getIntegration({ ApiId: apiId, IntegrationId: integrationId }, options),
      ),
    );
  return readUntil(read, (one) => one !== undefined, ctx);
}

/**
 * How many routes the mark of one integration names; the next one gets an integration of its own. With the longest names a mark has 241
 * characters, and each route 7: a description may have 1,024.
 * @see https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid-integrations-integrationid.html
 */
export const MARKED_ROUTES = 100;

/**
 * The managed integration that serves a route: found, or created once. There is one for each API, link, URI,
 * TLS, path and integration of the spec. Routes with the same values share it, up to {@link MARKED_ROUTES}.
 * Its mark names the routes before their target is set to it.
 */
export async function ensureIntegration(session: RouteSession, request: RouteCall, ctx: CallContext): Promise<string> {
  const wanted = integrationInput(request);
  const { gatewayId, key } = request;
  const find = async () => {
    const listed = await listIntegrations(session, gatewayId, ctx);
    const shown = new Set(listed.map(({ IntegrationId }) => IntegrationId));
    const recent = session.made.of(gatewayId, ctx.clock).filter(({ IntegrationId }) => !shown.has(IntegrationId));
    const fitting = [...listed, ...recent].filter((one) => serves(one, request, wanted));
    return (
      fitting.find((one) => namesRoute(one, key)) ??
      fitting.find((one) => knownUsers(session, gatewayId, one, ctx).length < MARKED_ROUTES)
    );
  };
  const found = await createOnce<IntegrationOutput>({
    what: `integration of ${request.gatewayId} with ${wanted.IntegrationUri}`,
    find,
    create: async () => {
      const created = await session.send(ctx, 'apigatewayv2', 'CreateIntegration', (api, options) =>
        api.createIntegration(wanted, options),
      );
      const made = { ...created, Description: wanted.Description };
      session.made.add(gatewayId, made, ctx.clock);
      return made;
    },
    stalenessMs: STALENESS_MS,
    ctx,
  });
  const id = sent(found.IntegrationId, 'IntegrationId', 'CreateIntegration', true);
  // A mark of an older version, or of before the spec had an identity, is completed in place: the route keeps its integration.
  const mark = ownerOfIntegration(gatewayId, found);
  if (mark?.unbound === true || mark?.spec !== request.owner.spec || !namesRoute(found, key)) {
    const users = new Set([...knownUsers(session, gatewayId, found, ctx), userHash(key)]);
    await writeMark(session, gatewayId, found, request.owner, [...users], ctx);
  }
  return id;
}

/**
 * Whether the mark of an integration names a route: Postern set the route's target to it. A route that the
 * mark does not name was pointed to the integration by another writer.
 */
export function namesRoute({ Description }: IntegrationOutput, key: string): boolean {
  return usersOfMark(Description).includes(userHash(key));
}

/** What the mark of an integration names, as it was read and as it was written a moment ago: a list may be older. */
function knownUsers(
  session: RouteSession,
  apiId: string,
  { IntegrationId, Description }: IntegrationOutput,
  { clock }: CallContext,
): readonly string[] {
  const written = session.made.of(apiId, clock).find((one) => one.IntegrationId === IntegrationId);
  return [...new Set([...usersOfMark(Description), ...usersOfMark(written?.Description)])];
}

/** Removes a route from the mark of its former integration, which other routes still use. */
export async function unnameRoute(
  session: RouteSession,
  apiId: string,
  integration: IntegrationOutput | undefined,
  key: string,
  ctx: CallContext,
): Promise<void> {
  const owner = ownerOfIntegration(apiId, integration);
  if (integration === undefined || owner === undefined || owner.unbound === true) return;
  const known = knownUsers(session, apiId, integration, ctx);
  const users = known.filter((one) => one !== userHash(key));
  if (users.length < known.length) await unlessGone(writeMark(session, apiId, integration, owner, users, ctx));
}

async function writeMark(
  session: RouteSession,
  apiId: string,
  integration: IntegrationOutput,
  owner: Owner,
  users: readonly string[],
  ctx: CallContext,
): Promise<void> {
  const Description = formatBoundMark(owner, identityOf(apiId, integration), users);
  const IntegrationId = integration.IntegrationId ?? '';
  await session.send(ctx, 'apigatewayv2', 'UpdateIntegration', (api, options) =>
    api.updateIntegration({ ApiId: apiId, IntegrationId, Description }, options),
  );
  session.made.add(apiId, { ...integration, Description }, ctx.clock);
}

/**
 * Deletes an integration. One that does not exist is not an error. One that a route still refers to is kept.
 */
export async function deleteIntegration(
  session: RouteSession,
  apiId: string,
  integrationId: string,
  ctx: CallContext,
): Promise<void> {
  session.made.forget(integrationId);
  try {
    await unlessGone(
      session.send(
        ctx,
        'apigatewayv2',
        'DeleteIntegration',
        (api, options) =>
          api.deleteIntegration({ ApiId: apiId, IntegrationId: integrationId }, options) as Promise<object>,
      ),
    );
  } catch (error) {
    // Another writer created a route to the integration after the lists were read. The integration is then
    // in use.
    if (!isPosternError(error, 'STILL_REFERENCED')) throw error;
  }
}

/**
 * The owner of an integration. Integrations have no tags, so the mark is in the description. A mark that was
 * copied from another integration does not count.
 */
export function ownerOfIntegration(apiId: string, integration: IntegrationOutput | undefined): Owner | undefined {
  return integration && readBoundMark(integration.Description, identityOf(apiId, integration));
}

/**
 * The values that the mark of an integration is bound to. A manual change of the link or the URI makes the
 * integration unmanaged.
 */
function identityOf(
  apiId: string,
  { ConnectionId, IntegrationUri }: Pick<IntegrationOutput, 'ConnectionId' | 'IntegrationUri'>,
) {
  return { apiId, linkId: ConnectionId ?? null, uri: IntegrationUri ?? null };
}

/** Whether a mark is of the same integration, of a project and spec that `b` may change. */
export function sameOwner(a: Owner | undefined, b: Owner): boolean {
  return isMarkOf(a, b);
}

/** How an integration speaks TLS to its target, in the portable form; undefined: plain HTTP. */
export function tlsOf({ TlsConfig }: IntegrationOutput): TargetTls | undefined {
  if (TlsConfig === undefined || TlsConfig === null) return undefined;
  return TlsConfig.ServerNameToVerify === undefined ? {} : { serverName: TlsConfig.ServerNameToVerify };
}

/** Whether the backend sees the path of the call, or that with the stage's name before it. */
export function pathOf({ RequestParameters }: IntegrationOutput): 'overwrite' | 'keep' {
  return RequestParameters?.['overwrite:path'] === REQUEST_PATH ? 'overwrite' : 'keep';
}

/**
 * Without it a stage's name is put before the path that the backend sees, on every stage but `$default`.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-private.html
 */
const REQUEST_PATH = '$request.path';

function integrationInput({ gatewayId, key, linkId, use, owner }: RouteCall): CreateIntegrationInput {
  return {
    ApiId: gatewayId,
    IntegrationType: 'HTTP_PROXY',
    IntegrationMethod: 'ANY',
    ConnectionType: 'VPC_LINK',
    ConnectionId: linkId,
    IntegrationUri: use.target.id,
    PayloadFormatVersion: '1.0',
    Description: formatBoundMark(
      owner,
      identityOf(gatewayId, { ConnectionId: linkId, IntegrationUri: use.target.id }),
      [userHash(key)],
    ),
    ...(use.path === 'overwrite' ? { RequestParameters: { 'overwrite:path': REQUEST_PATH } } : {}),
    ...(use.tls === undefined
      ? {}
      : { TlsConfig: use.tls.serverName === undefined ? {} : { ServerNameToVerify: use.tls.serverName } }),
  };
}

function serves(
  integration: IntegrationOutput,
  { gatewayId, owner, use }: RouteCall,
  wanted: CreateIntegrationInput,
): boolean {
  return (
    integration.ConnectionType === wanted.ConnectionType &&
    integration.ConnectionId === wanted.ConnectionId &&
    integration.IntegrationUri === wanted.IntegrationUri &&
    sameOwner(ownerOfIntegration(gatewayId, integration), owner) &&
    pathOf(integration) === use.path &&
    (tlsOf(integration) === undefined) === (use.tls === undefined) &&
    tlsOf(integration)?.serverName === use.tls?.serverName
  );
}
