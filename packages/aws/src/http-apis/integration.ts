import type { CallContext, Owner } from '@postern/core';
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
} from '@postern/core/adapter';
import type { CreateIntegrationInput, IntegrationOutput, IntegrationShape } from '../sdk-types.js';
import { STALENESS_MS } from '../limits.js';
import { listAll } from '../client/list-all.js';
import { sent } from '../client/plain.js';
import {
  identityOf,
  knownUsers,
  namesRoute,
  ownerOfIntegration,
  writeMark,
  type RouteSession,
} from './integration-marks.js';
import { integrationSettings, sameSettings } from './route-settings.js';
import type { Session } from '../client/session.js';

/** All integrations of an API. @throws {CloudError} `NOT_FOUND` when the API does not exist. */
export function listIntegrations(session: Session, apiId: string, ctx: CallContext): Promise<IntegrationOutput[]> {
  return listAll(session, ctx, `integrations of ${apiId}`, 'apigatewayv2', 'GetIntegrations', { ApiId: apiId });
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
 * How many routes the mark of one integration names; the next one gets an integration of its own. With the longest names a mark has 241
 * characters, and each route 7: a description may have 1,024.
 * @see https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid-integrations-integrationid.html
 */
export const MARKED_ROUTES = 100;

/** An integration for a route, and whether it was created for it just now. */
export interface UsedIntegration {
  readonly id: string;
  readonly wanted: CreateIntegrationInput;
  readonly isNew: boolean;
}

/**
 * The managed integration that serves a route: found, or created once. There is one for each API, link, URI,
 * TLS, path, settings and integration of the spec. Routes with the same values share it, up to
 * {@link MARKED_ROUTES}. Its mark names the routes before their target is set to it: with the first route of a batch
 * those that follow, so that one list and one write serve as many of them as a mark can name.
 * @param kept the integration that the route has now: settings that are not declared stay as they are in it
 */
export async function ensureIntegration(
  session: RouteSession,
  request: RouteCall,
  ctx: CallContext,
  kept?: IntegrationOutput,
): Promise<UsedIntegration> {
  const wanted = await integrationInput(session, request, kept, ctx);
  const { gatewayId, key } = request;
  // `kept` was read a moment ago, and decides about itself.
  const made = session.made.of(gatewayId, ctx.clock).filter((one) => one.IntegrationId !== kept?.IntegrationId);
  const named = [...(kept === undefined ? [] : [kept]), ...made.toReversed()].find(
    (one) => namesRoute(one, key) && isComplete(gatewayId, one, request.owner) && serves(session, one, request, wanted),
  );
  if (named !== undefined) return { id: named.IntegrationId, wanted, isNew: false };

  const find = async () => {
    const listed = await listIntegrations(session, gatewayId, ctx);
    const shown = new Set(listed.map(({ IntegrationId }) => IntegrationId));
    const recent = session.made.of(gatewayId, ctx.clock).filter(({ IntegrationId }) => !shown.has(IntegrationId));
    // The one that the route has was read a moment ago, and may have been created after the list.
    const known = kept === undefined ? [] : [kept];
    const fitting = [...known, ...listed, ...recent].filter(
      (one) => !session.made.isGone(one.IntegrationId) && serves(session, one, request, wanted),
    );
    return (
      fitting.find((one) => namesRoute(one, key)) ??
      fitting.find((one) => knownUsers(session, gatewayId, one, ctx).length < MARKED_ROUTES)
    );
  };
  let isNew = false;
  const found = await createOnce<IntegrationOutput>({
    what: `integration of ${request.gatewayId} with ${wanted.IntegrationUri}`,
    find,
    create: async () => {
      const created = await session.call(ctx, 'apigatewayv2', 'CreateIntegration', wanted);
      isNew = true;
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
  if (!isComplete(gatewayId, found, request.owner) || !namesRoute(found, key)) {
    const users = withBatch(knownUsers(session, gatewayId, found, ctx), request, formerText(found.Description));
    const written = await unlessGone(
      writeMark(session, gatewayId, found, request.owner, users, ctx).then(() => 'written' as const),
    );
    if (written === undefined) {
      // Another writer deleted it, and an older list shows it still.
      session.made.forget(id);
      return ensureIntegration(session, request, ctx);
    }
  } else session.made.add(gatewayId, found, ctx.clock);
  return { id, wanted, isNew };
}

/** Whether the mark of an integration is as this version writes it for an owner. */
function isComplete(apiId: string, integration: IntegrationOutput, { spec, integration: name }: Owner): boolean {
  const mark = ownerOfIntegration(apiId, integration);
  return mark?.spec === spec && mark?.integration === name && mark?.unbound !== true;
}

/** These users, a route, and as many of the routes that follow it as a mark has place for: none where a text of others has that. */
function withBatch(users: readonly string[], { key, batch = [] }: RouteCall, former: string): readonly string[] {
  const named = new Set([...users, userHash(key)]);
  const at = former === '' ? batch.indexOf(key) : -1;
  if (at < 0) return [...named];

  // No further than there is place: each of a thousand routes is followed by hundreds.
  for (let next = at + 1; next < batch.length && named.size < MARKED_ROUTES; next += 1)
    named.add(userHash(batch[next] ?? ''));
  return [...named];
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
  ctx: CallContext,
): Promise<CreateIntegrationInput> {
  const { gatewayId, linkId, owner } = request;
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
    Description: formatBoundMark(owner, identity, withBatch([], request, former), former),
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
