import type { CallContext, Owner, Clock } from '@postern/core/internal/library';
import {
  formatBoundMark,
  formerText,
  integrationIdentity,
  readBoundMark,
  unlessGone,
  UnsupportedError,
  userHash,
  usersOfMark,
} from '@postern/core/internal/adapter';
import type { IntegrationOutput, RouteOutput, IntegrationShape } from '../sdk-types.js';
import type { Session } from '../client/session.js';
import { STALENESS_MS } from '../limits.js';
import type { NameOf } from '../gateways/integration-target.js';
import type { ApiProtocol } from './protocol.js';

/** An integration that routes of a run have left, and their keys. */
interface LeftIntegration {
  readonly integration: IntegrationOutput;
  readonly keys: readonly string[];
}

/**
 * Integrations whose routes a run deletes, or points to another one, one after the other. Each is read once in some seconds, and deleted after
 * the last route: with a read and a write for each route, a deletion would cost twice the calls, and an account has ten of them in a second.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html
 */
interface LeavingIntegrations {
  /** An integration as it was read a moment ago. */
  readonly read: (integrationId: string | undefined, clock: Clock) => IntegrationOutput | undefined;
  /** Whether one was read before, but too long ago. */
  readonly isOld: (integrationId: string | undefined, clock: Clock) => boolean;
  /** One that was read now. */
  readonly add: (integration: IntegrationOutput, clock: Clock) => void;
  /** A route of an owner does not lead to an integration any more. */
  readonly left: (apiId: string, owner: Owner, integration: IntegrationOutput, key: string) => void;
  /** Those that routes of an owner have left since the last call. */
  readonly take: (apiId: string, owner: Owner) => readonly LeftIntegration[];
}

/** For so long a deletion relies on what was read: another writer may take the mark away meanwhile. */
const READ_MS = 5_000;

export function leavingIntegrations(): LeavingIntegrations {
  const known = new Map<string, { readonly integration: IntegrationOutput; readonly untilMs: number }>();
  const left = new Map<string, LeftIntegration & { readonly of: string }>();
  const isOld = (id: string, clock: Clock): boolean => clock.monotonicMs() > (known.get(id)?.untilMs ?? Infinity);
  const nameOf = (apiId: string, { integration }: Owner): string => `${apiId} ${integration}`;
  return {
    read: (id = '', clock) => (isOld(id, clock) ? undefined : known.get(id)?.integration),
    isOld: (id = '', clock) => isOld(id, clock),
    add: (integration, clock) =>
      void known.set(integration.IntegrationId, { integration, untilMs: clock.monotonicMs() + READ_MS }),
    left: (apiId, owner, integration, key) => {
      const of = nameOf(apiId, owner);
      const before = left.get(`${of} ${integration.IntegrationId}`)?.keys ?? [];
      left.set(`${of} ${integration.IntegrationId}`, { of, integration, keys: [...before, key] });
    },
    take: (apiId, owner) => {
      const taken = [...left].filter(([, { of }]) => of === nameOf(apiId, owner));
      for (const [name, { integration }] of taken) {
        left.delete(name);
        known.delete(integration.IntegrationId);
      }
      return taken.map(([, one]) => one);
    },
  };
}

// Integrations have no tags: the mark is in their description. It is the same text from all writers, but where it names routes: those
// of older versions, and those that have a name of their own instead of a mark (`route-marks.ts`).

/** Whether the mark of an integration names a route: Postern set the route's target to it. */
export function namesRoute({ Description }: IntegrationShape, key: string): boolean {
  return usersOfMark(Description).includes(userHash(key));
}

/** The hashes in the mark of an integration that name no route which leads to it. */
export function otherNames(
  { IntegrationId, Description }: IntegrationOutput,
  routes: readonly RouteOutput[],
): readonly string[] {
  const leading = routes.filter(({ Target }) => Target === `integrations/${IntegrationId}`);
  const own = new Set(leading.map(({ RouteKey }) => userHash(RouteKey)));
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
export function knownUsers(
  session: RouteSession,
  apiId: string,
  { IntegrationId, Description }: IntegrationOutput,
  { clock }: CallContext,
): readonly string[] {
  const written = session.made.of(apiId, clock).find((one) => one.IntegrationId === IntegrationId);
  return [...new Set([...usersOfMark(Description), ...usersOfMark(written?.Description)])];
}

/** Removes routes, by their hashes, from the mark of their former integration, which other routes still use. */
export async function unnameRoutes(
  session: RouteSession,
  apiId: string,
  integration: IntegrationOutput | undefined,
  gone: readonly string[],
  ctx: CallContext,
): Promise<void> {
  const owner = ownerOfIntegration(apiId, integration);
  if (integration === undefined || owner === undefined || owner.unbound === true) return;

  const known = knownUsers(session, apiId, integration, ctx);
  const users = known.filter((one) => !gone.includes(one));
  if (users.length < known.length) await unlessGone(writeMark(session, apiId, integration, owner, users, ctx));
}

export async function writeMark(
  session: RouteSession,
  apiId: string,
  integration: IntegrationOutput,
  owner: Owner | undefined,
  users: readonly string[],
  ctx: CallContext,
): Promise<void> {
  const former = formerText(integration.Description);
  const Description =
    owner === undefined ? former : formatBoundMark(owner, identityOf(apiId, integration), users, former);
  requireRoom(Description, apiId, integration);
  const IntegrationId = integration.IntegrationId;
  await session.call(ctx, 'apigatewayv2', 'UpdateIntegration', { ApiId: apiId, IntegrationId, Description });
  session.made.add(apiId, { ...integration, Description }, ctx.clock);
  session.leaving.add({ ...integration, Description }, ctx.clock);
}

/** https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid-integrations-integrationid.html */
const DESCRIPTION = 1_024;

/** A text that was there before the mark is never cut. */
function requireRoom(text: string, apiId: string, { IntegrationId }: IntegrationOutput): void {
  if (text.length <= DESCRIPTION) return;

  throw new UnsupportedError(
    `the mark does not fit into the description of integration ${IntegrationId} of ${apiId}: it would have ${text.length} characters, and ${DESCRIPTION} are possible`,
    {
      remedy: `Shorten the description of ${IntegrationId} by ${text.length - DESCRIPTION} characters, then run again.`,
    },
  );
}

/**
 * The owner of an integration. Integrations have no tags, so the mark is in the description. A mark that was
 * copied from another integration does not count.
 */
export function ownerOfIntegration(apiId: string, integration: IntegrationShape | undefined): Owner | undefined {
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
  return integrationIdentity(apiId, ConnectionId, IntegrationUri);
}

/** Whether the mark of an integration is as this version writes it for an owner. */
export function isComplete(apiId: string, integration: IntegrationOutput, { spec, integration: name }: Owner): boolean {
  const mark = ownerOfIntegration(apiId, integration);
  return mark?.spec === spec && mark?.integration === name && mark?.unbound !== true;
}

/** The integrations that a driver wrote a moment ago, so that its next route finds them as they are before lists show them. */
export interface MadeIntegrations {
  /** The integrations of an API that were created, or changed, a moment ago, as they were written. */
  readonly of: (apiId: string, clock: Clock) => readonly IntegrationOutput[];
  /** One that was created, or changed, and how it is now. */
  readonly add: (apiId: string, integration: IntegrationOutput, clock: Clock) => void;
  /** A route was led to one a moment ago: it exists, and is remembered for as long again. */
  readonly used: (integrationId: string, clock: Clock) => void;
  /** One that was deleted, or is found to be. */
  readonly forget: (integrationId: string) => void;
  /** Whether it was: a list may still show it. */
  readonly isGone: (integrationId: string | undefined) => boolean;
}

/** A session that writes routes of APIs of one kind. */
export interface RouteSession extends Session {
  readonly protocol: ApiProtocol;
  readonly nameOf: NameOf;
  readonly made: MadeIntegrations;
  readonly leaving: LeavingIntegrations;
}

interface Written {
  readonly apiId: string;
  readonly integration: IntegrationOutput;
  readonly untilMs: number;
}

/** Each is remembered until lists must show it: from then on only they decide. */
export function madeIntegrations(): MadeIntegrations {
  const known = new Map<string, Written>();
  const gone = new Set<string>();
  return {
    of: (apiId, clock) =>
      [...known.values()]
        .filter((one) => one.apiId === apiId && clock.monotonicMs() <= one.untilMs)
        .map(({ integration }) => integration),
    add: (apiId, integration, clock) =>
      void known.set(integration.IntegrationId, {
        apiId,
        integration,
        untilMs: clock.monotonicMs() + STALENESS_MS,
      }),
    used: (integrationId, clock) => {
      const one = known.get(integrationId);
      if (one !== undefined) known.set(integrationId, { ...one, untilMs: clock.monotonicMs() + STALENESS_MS });
    },
    forget: (integrationId) => {
      known.delete(integrationId);
      gone.add(integrationId);
    },
    isGone: (integrationId = '') => gone.has(integrationId),
  };
}
