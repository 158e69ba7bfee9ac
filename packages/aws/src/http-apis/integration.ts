import type { CallContext } from '@postern/core/internal/library';
import {
  createOnce,
  formatBoundMark,
  formerText,
  isMarkOf,
  isPosternError,
  readUntil,
  unlessGone,
  userHash,
  type RouteCall,
} from '@postern/core/internal/adapter';
import type { CreateIntegrationInput, IntegrationOutput, IntegrationShape } from '../sdk-types.js';
import { STALENESS_MS } from '../limits.js';
import { listAll } from '../client/list-all.js';
import {
  identityOf,
  isComplete,
  knownUsers,
  namesRoute,
  ownerOfIntegration,
  writeMark,
  type RouteSession,
} from './integration-marks.js';
import { integrationSettings, sameSettings } from './route-settings.js';
import { sent, type Session } from '../client/session.js';

/** All integrations of an API. @throws {CloudError} `NOT_FOUND` when the API does not exist. */
export function listIntegrations(session: Session, apiId: string, ctx: CallContext): Promise<IntegrationOutput[]> {
  return listAll(session, ctx, `integrations of ${apiId}`, 'apigatewayv2', 'GetIntegrations', { ApiId: apiId });
}

/**
 * The integration that a route names, or `undefined`. A route cannot name an integration that does not exist. One that
 * is missing is therefore read again until it must be visible. Without it the owner of the route cannot be determined.
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
    STALENESS_MS,
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
 * How many routes the mark of one integration names at most. With the longest names a mark has 241 characters, and each route 7: a
 * description may have 1,024.
 * @see https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid-integrations-integrationid.html
 */
const MARKED_ROUTES = 100;

/** An integration for a route, and whether it was created for it just now. */
export interface UsedIntegration {
  readonly id: string;
  readonly wanted: CreateIntegrationInput;
  readonly isNew: boolean;
}

/** A route before its change: its integration, whose settings stay where they are not declared, and whether it has a name of its own. */
export interface FormerRoute {
  readonly integration: IntegrationOutput | undefined;
  readonly isNamed: boolean;
}

/**
 * The managed integration that serves a route: found, or created once. There is one for each API, link, URI, TLS, path, settings and
 * integration of the spec: routes with the same values share it. Of several that other runs have created, too, all runs use the one
 * with the smallest ID. A route stays at its own.
 */
export async function ensureIntegration(
  session: RouteSession,
  request: RouteCall,
  ctx: CallContext,
  former?: FormerRoute,
): Promise<UsedIntegration> {
  const { gatewayId, key, owner } = request;
  const { integration: kept, isNamed = false } = former ?? {};
  const wanted = await integrationInput(session, request, kept, isNamed, ctx);
  const isMarked = (one: IntegrationOutput): boolean =>
    isComplete(gatewayId, one, owner) && (!isNamed || namesRoute(one, key));
  const canServe = (one: IntegrationOutput): boolean =>
    !session.made.isGone(one.IntegrationId) && serves(session, one, request, wanted);
  // `kept` was read a moment ago, and decides about itself.
  const own = kept !== undefined && canServe(kept) ? [kept] : [];
  const made = session.made.of(gatewayId, ctx.clock).filter((one) => one.IntegrationId !== kept?.IntegrationId);
  const known = own[0] ?? firstOf(made.filter(canServe));
  if (known !== undefined && isMarked(known)) return { id: known.IntegrationId, wanted, isNew: false };

  const find = async () => {
    const listed = await listIntegrations(session, gatewayId, ctx);
    const shown = new Set(listed.map(({ IntegrationId }) => IntegrationId));
    const recent = session.made.of(gatewayId, ctx.clock).filter(({ IntegrationId }) => !shown.has(IntegrationId));
    const hasRoom = (one: IntegrationOutput): boolean =>
      !isNamed || namesRoute(one, key) || knownUsers(session, gatewayId, one, ctx).length < MARKED_ROUTES;
    // The one that the route has was read a moment ago, and may have been created after the list.
    return own.find(hasRoom) ?? firstOf([...listed, ...recent].filter((one) => canServe(one) && hasRoom(one)));
  };
  let isNew = false;
  const found = await createOnce<IntegrationOutput>({
    what: `integration of ${gatewayId} with ${wanted.IntegrationUri}`,
    find,
    create: async () => {
      const created = await session.call(ctx, 'apigatewayv2', 'CreateIntegration', wanted);
      isNew = true;
      return { ...created, Description: wanted.Description };
    },
    stalenessMs: STALENESS_MS,
    ctx,
  });
  const id = sent(found.IntegrationId, 'IntegrationId', 'CreateIntegration', true);
  // A mark of an older version, or of before the integration had its name, is completed in place:
  // the route keeps its integration.
  if (isMarked(found)) session.made.add(gatewayId, found, ctx.clock);
  else {
    const users = new Set([...knownUsers(session, gatewayId, found, ctx), ...(isNamed ? [userHash(key)] : [])]);
    const written = await unlessGone(
      writeMark(session, gatewayId, found, owner, [...users], ctx).then(() => 'written' as const),
    );
    if (written === undefined) {
      // Another writer deleted it, and an older list shows it still.
      session.made.forget(id);
      return ensureIntegration(session, request, ctx, former);
    }
  }
  return { id, wanted, isNew };
}

/** Of integrations that serve the same routes all runs choose the same one. */
export function firstOf<T extends Pick<IntegrationOutput, 'IntegrationId'>>(all: readonly T[]): T | undefined {
  return all.toSorted((a, b) => (a.IntegrationId < b.IntegrationId ? -1 : 1))[0];
}

/**
 * Deletes an integration. One that does not exist is not an error. One that a route still refers to is kept.
 * @returns whether it does not exist any more
 */
export async function deleteIntegration(
  session: RouteSession,
  apiId: string,
  integrationId: string,
  ctx: CallContext,
): Promise<boolean> {
  try {
    await unlessGone(
      session.call(ctx, 'apigatewayv2', 'DeleteIntegration', { ApiId: apiId, IntegrationId: integrationId }),
    );
    session.made.forget(integrationId);
    return true;
  } catch (error) {
    // Another writer created a route to the integration after the lists were read. The integration is then
    // in use.
    if (!isPosternError(error, 'STILL_REFERENCED')) throw error;

    return false;
  }
}

async function integrationInput(
  session: RouteSession,
  request: RouteCall,
  kept: IntegrationOutput | undefined,
  isNamed: boolean,
  ctx: CallContext,
): Promise<CreateIntegrationInput> {
  const { gatewayId, key, linkId, owner } = request;
  const { protocol, nameOf } = session;
  const former = formerText(kept?.Description);
  const backend = await protocol.backend(request, kept, nameOf, ctx);
  const identity = identityOf(gatewayId, { ConnectionId: linkId, IntegrationUri: backend.IntegrationUri });
  return {
    ApiId: gatewayId,
    IntegrationType: 'HTTP_PROXY',
    ConnectionType: 'VPC_LINK',
    ConnectionId: linkId,
    ...backend,
    Description: formatBoundMark(owner, identity, isNamed ? [userHash(key)] : [], former),
    // Only an integration that was adopted has some.
    ...(kept?.ResponseParameters === undefined ? {} : { ResponseParameters: kept.ResponseParameters }),
    ...integrationSettings(protocol, request, kept),
  };
}

function serves(
  { protocol }: RouteSession,
  integration: IntegrationShape,
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
    isMarkOf(ownerOfIntegration(gatewayId, integration), owner) &&
    (tls === undefined) === (wantedTls === undefined) &&
    tls?.serverName === wantedTls?.serverName &&
    sameSettings(protocol, integration, wanted) &&
    JSON.stringify(integration.ResponseParameters ?? {}) === JSON.stringify(wanted.ResponseParameters ?? {})
  );
}
