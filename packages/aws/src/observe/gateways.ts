import { UnsupportedError, type CallContext, type Gaps, type Gateway, type Scope } from '@postern/core/adapter';
import { listApis, readApi } from '../gateway/api.js';
import type { Session } from '../client/session.js';

/** The HTTP APIs that the scope names, or all. @throws {UnsupportedError} for REST and WebSocket APIs that it names. */
export async function observeGateways(
  session: Session,
  scope: Scope,
  gaps: Gaps,
  ctx: CallContext,
): Promise<readonly Gateway[]> {
  const ids = (scope.gateways ?? []).map((ref) => {
    if ('httpApi' in ref) return ref.httpApi;
    const kind = 'restApi' in ref ? 'REST APIs' : 'webSocketApi' in ref ? 'WebSocket APIs' : 'API groups';
    throw new UnsupportedError(
      kind === 'API groups' ? 'AWS has no API groups' : `${kind} (and VPC links V1) come in a later version`,
      { remedy: 'Use an HTTP API: gateway: { httpApi: <its ID> }.' },
    );
  });
  const every = scope.all === true || scope.allGateways === true;
  const all = every ? await gaps.attempt({ what: 'APIs', of: 'gateways' }, () => listApis(session, ctx)) : [];
  const known = new Map((all ?? []).map((api) => [api.ApiId ?? '', api] as const));
  const gateways = await Promise.all(
    [...new Set([...known.keys(), ...ids])].map((id) =>
      gaps.attempt({ what: `API ${id}`, of: 'gateways', id }, () =>
        readApi(session, id, deployerOf(scope), ctx, known.get(id)),
      ),
    ),
  );
  const found = gateways.flatMap((gateway) => gateway ?? []);
  const webSocket = found.find(({ id, kind }) => kind === 'websocket-api' && ids.includes(id));
  if (webSocket !== undefined) {
    throw new UnsupportedError(`${webSocket.id} is a WebSocket API; those (and VPC links V1) come in a later version`, {
      remedy: 'Use an HTTP API: gateway: { httpApi: <its ID> }.',
    });
  }
  return found;
}

/** The targets of gateways' integrations that use links. */
export function targetIdsOf(gateways: readonly Gateway[]): readonly string[] {
  return gateways.flatMap(({ integrations }) => (integrations ?? []).flatMap(({ targetId }) => targetId ?? []));
}

/**
 * The owner whose deployments count, in the form in which the mark of a deployment begins: `shop` or
 * `shop@orders-7f3k2q`.
 */
function deployerOf({ project, spec }: Scope): string | undefined {
  return project === undefined || spec === undefined ? project : `${project}@${spec}`;
}
