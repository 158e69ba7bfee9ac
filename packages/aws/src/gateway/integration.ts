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
} from '@postern/core/adapter';
import type { CreateIntegrationInput, IntegrationOutput, RouteOutput } from '../sdk-types.js';
import { API_GATEWAY_PAGE, STALENESS_MS } from '../limits.js';
import { listAll } from '../client/list-all.js';
import { sent } from '../client/plain.js';
import { readUntil } from './listed.js';
import type { RouteSession } from './made-integrations.js';
import { integrationSettings, sameSettings } from './route-settings.js';
import type { Session } from '../client/session.js';

/** All integrations of an API. @throws {CloudError} `NOT_FOUND` when the API does not exist. */
export function listIntegrations(session: Session, apiId: string, ctx: CallContext): Promise<IntegrationOutput[]> {
  return listAll(session, ctx, `integrations of ${apiId}`, {
    service: 'apigatewayv2',
    operation: 'GetIntegrations',
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
  return readUntil(
    () => unlessGone(readIntegration(session, apiId, integrationId, ctx)),
    (one) => one !== undefined,
    ctx,
  );
}

/** An integration. @throws {CloudError} `NOT_FOUND` */
export function readIntegration(
  session: Session,
  ApiId: string,
  IntegrationId: string,
  ctx: CallContext,
): Promise<IntegrationOutput> {
  return session.call(ctx, 'apigatewayv2', 'GetIntegration', { ApiId, IntegrationId });
}

/**
 * How many routes the mark of one integration names; the next one gets an integration of its own. With the longest names a mark has 241
 * characters, and each route 7: a description may have 1,024.
 * @see https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid-integrations-integrationid.html
 */
export const MARKED_ROUTES = 100;

/**
 * The managed integration that serves a route: found, or created once. There is one for each API, link, URI,
 * TLS, path, settings and integration of the spec. Routes with the same values share it, up to
 * {@link MARKED_ROUTES}. Its mark names the routes before their target is set to it.
 * @param kept the integration that the route has now: settings that are not declared stay as they are in it
 */
export async function ensureIntegration(
  session: RouteSession,
  request: RouteCall,
  ctx: CallContext,
  kept?: IntegrationOutput,
): Promise<{ readonly id: string; readonly wanted: CreateIntegrationInput }> {
  const wanted = await integrationInput(session, request, kept, ctx);
  const { gatewayId, key } = request;
  const find = async () => {
    const listed = await listIntegrations(session, gatewayId, ctx);
    const shown = new Set(listed.map(({ IntegrationId }) => IntegrationId));
    const recent = session.made.of(gatewayId, ctx.clock).filter(({ IntegrationId }) => !shown.has(IntegrationId));
    const fitting = [...listed, ...recent].filter((one) => serves(session, one, request, wanted));
    return (
      fitting.find((one) => namesRoute(one, key)) ??
      fitting.find((one) => knownUsers(session, gatewayId, one, ctx).length < MARKED_ROUTES)
    );
  };
  const found = await createOnce<IntegrationOutput>({
    what: `integration of ${request.gatewayId} with ${wanted.IntegrationUri}`,
    find,
    create: async () => {
      const created = await session.call(ctx, 'apigatewayv2', 'CreateIntegration', wanted);
      const made = { ...created, Description: wanted.Description };
      session.made.add(gatewayId, made, ctx.clock);
      return made;
    },
    stalenessMs: STALENESS_MS,
    ctx,
  });
  const id = sent(found.IntegrationId, 'IntegrationId', 'CreateIntegration', true);
  // A mark of an older version, or of before the spec had an identity or the integration its name, is completed in place:
  // the route keeps its integration.
  const mark = ownerOfIntegration(gatewayId, found);
  const isOwn = mark?.spec === request.owner.spec && mark?.integration === request.owner.integration;
  if (!isOwn || mark?.unbound === true || !namesRoute(found, key)) {
    const users = new Set([...knownUsers(session, gatewayId, found, ctx), userHash(key)]);
    await writeMark(session, gatewayId, found, request.owner, [...users], ctx);
  }
  return { id, wanted };
}

/**
 * Whether the mark of an integration names a route: Postern set the route's target to it. A route that the
 * mark does not name was pointed to the integration by another writer.
 */
export function namesRoute({ Description }: IntegrationOutput, key: string): boolean {
  return usersOfMark(Description).includes(userHash(key));
}

/** The hashes in the mark of an integration that name no route which leads to it. */
export function otherNames(
  { IntegrationId, Description }: IntegrationOutput,
  routes: readonly RouteOutput[],
): readonly string[] {
  const leading = routes.filter(({ Target }) => Target === `integrations/${IntegrationId}`);
  const own = new Set(leading.map(({ RouteKey = '' }) => userHash(RouteKey)));
  return usersOfMark(Description).filter((hash) => !own.has(hash));
}

/**
 * Removes the names of routes that do not lead to an integration from its mark: a run ended before it did so. Where another run
 * is about to point a route there, that route then counts as changed outside of Postern until the next plan.
 */
export async function unnameOthers(
  session: RouteSession,
  apiId: string,
  integration: IntegrationOutput,
  routes: readonly RouteOutput[],
  ctx: CallContext,
): Promise<void> {
  const owner = ownerOfIntegration(apiId, integration);
  const others = otherNames(integration, routes);
  if (owner === undefined || others.length === 0) return;
  const users = usersOfMark(integration.Description).filter((hash) => !others.includes(hash));
  await unlessGone(writeMark(session, apiId, integration, owner, users, ctx));
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

/**
 * Removes a route from the mark of its integration, which it still uses. The mark of the last route is removed, and
 * so is one of an older version, which names none.
 */
export async function forgetRoute(
  session: RouteSession,
  apiId: string,
  integration: IntegrationOutput,
  key: string,
  ctx: CallContext,
): Promise<void> {
  const owner = ownerOfIntegration(apiId, integration);
  if (owner === undefined) return;
  const users = knownUsers(session, apiId, integration, ctx).filter((one) => one !== userHash(key));
  await writeMark(session, apiId, integration, users.length === 0 ? undefined : owner, users, ctx);
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
  owner: Owner | undefined,
  users: readonly string[],
  ctx: CallContext,
): Promise<void> {
  const Description = owner === undefined ? '' : formatBoundMark(owner, identityOf(apiId, integration), users);
  const IntegrationId = integration.IntegrationId ?? '';
  await session.call(ctx, 'apigatewayv2', 'UpdateIntegration', { ApiId: apiId, IntegrationId, Description });
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
      session.call(ctx, 'apigatewayv2', 'DeleteIntegration', { ApiId: apiId, IntegrationId: integrationId }),
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
export function identityOf(
  apiId: string,
  { ConnectionId, IntegrationUri }: Pick<IntegrationOutput, 'ConnectionId' | 'IntegrationUri'>,
) {
  return { apiId, linkId: ConnectionId ?? null, uri: IntegrationUri ?? null };
}

/** Whether a mark is of the same integration, of a project and spec that `b` may change. */
export function sameOwner(a: Owner | undefined, b: Owner): boolean {
  return isMarkOf(a, b);
}

async function integrationInput(
  session: RouteSession,
  request: RouteCall,
  kept: IntegrationOutput | undefined,
  ctx: CallContext,
): Promise<CreateIntegrationInput> {
  const { gatewayId, key, linkId, owner } = request;
  const { protocol, nameOf } = session;
  const backend = await protocol.backend(request, kept, nameOf, ctx);
  const identity = identityOf(gatewayId, { ConnectionId: linkId, IntegrationUri: backend.IntegrationUri });
  return {
    ApiId: gatewayId,
    IntegrationType: 'HTTP_PROXY',
    ConnectionType: 'VPC_LINK',
    ConnectionId: linkId,
    ...backend,
    Description: formatBoundMark(owner, identity, [userHash(key)]),
    ...integrationSettings(protocol, request, kept),
  };
}

function serves(
  { protocol }: RouteSession,
  integration: IntegrationOutput,
  { gatewayId, owner }: RouteCall,
  wanted: CreateIntegrationInput,
): boolean {
  const { tls } = protocol.shape(integration);
  const { tls: wantedTls } = protocol.shape(wanted);
  return (
    integration.ConnectionType === wanted.ConnectionType &&
    integration.ConnectionId === wanted.ConnectionId &&
    integration.IntegrationUri === wanted.IntegrationUri &&
    (integration.IntegrationMethod ?? wanted.IntegrationMethod) === wanted.IntegrationMethod &&
    sameOwner(ownerOfIntegration(gatewayId, integration), owner) &&
    (tls === undefined) === (wantedTls === undefined) &&
    tls?.serverName === wantedTls?.serverName &&
    sameSettings(protocol, integration, wanted)
  );
}
