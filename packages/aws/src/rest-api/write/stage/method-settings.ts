import type { CallContext } from '@postern/core';
import { CloudError } from '@postern/core/adapter';
import type { StageChange, Throttle } from '@postern/core/snapshot';
import { ALL_METHODS, callsOf, settingsKey } from '../../../cloud/method-throttles.js';
import type { PatchOperation } from '../../../sdk-types.js';
import { methodsOf } from '../../read-rest-api.js';
import { replaced } from '../method/patch.js';
import type { RouteSession } from '../write-session.js';
import { findStage } from './deploy.js';

/**
 * Changes settings of a stage, which act at once. A method that gets its first setting gets the others from the stage.
 * @see https://docs.aws.amazon.com/apigateway/latest/api/patch-operations.html#UpdateStage-Patch
 * @throws {CloudError} `NOT_FOUND`
 */
export async function configureStage(
  session: RouteSession,
  apiId: string,
  stageName: string,
  { throttle, clientCertificate, routes = [] }: StageChange,
  ctx: CallContext,
): Promise<void> {
  const stage = await findStage(session, apiId, stageName, ctx);
  if (stage === undefined) {
    const remedy = 'Plan again: another writer deleted the stage.';
    throw new CloudError('NOT_FOUND', `${apiId} has no stage ${stageName}`, { operation: 'GetStages', remedy });
  }
  const methods = routes.length === 0 ? [] : methodsOf(apiId, await session.trees.of(apiId, ctx));
  const named = new Map(Object.keys(stage.methodSettings ?? {}).map((key) => [settingsKey(key), key]));
  const patchOperations: readonly PatchOperation[] = [
    // An empty text removes it.
    ...replaced('/clientCertificateId', stage.clientCertificateId, clientCertificate === null ? '' : clientCertificate),
    ...(throttle === undefined ? [] : limits(ALL_METHODS, throttle ?? { rate: -1, burst: -1 })),
    ...routes.flatMap(({ key, throttle: wanted }) => {
      const [verb = '', path = ''] = key.split(' ');
      return callsOf({ verb, path }, methods).flatMap((method): readonly PatchOperation[] => {
        const known = named.get(method);
        if (wanted !== null) return limits(known ?? nameOf(method), wanted);
        return known === undefined ? [] : [{ op: 'remove', path: `/${known}` }];
      });
    }),
  ];
  if (patchOperations.length === 0) return;
  await session.call(ctx, 'apigateway', 'UpdateStage', {
    restApiId: apiId,
    stageName,
    patchOperations: [...patchOperations],
  });
}

/** `GET /orders/{id}` → `~1orders~1{id}/GET` */
function nameOf(method: string): string {
  const [verb = '', path = ''] = method.split(' ');
  return `${path.replaceAll('~', '~0').replaceAll('/', '~1')}/${verb}`;
}

function limits(name: string, { rate, burst }: Throttle): readonly PatchOperation[] {
  const limitTo = (limit: string, value: number | undefined): readonly PatchOperation[] =>
    value === undefined ? [] : [{ op: 'replace', path: `/${name}/throttling/${limit}`, value: String(value) }];
  return [...limitTo('rateLimit', rate), ...limitTo('burstLimit', burst)];
}
