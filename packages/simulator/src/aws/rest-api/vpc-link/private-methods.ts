import type { ResourceRow } from '../state.js';

/** A method whose integration names a VPC link, of either version. */
interface PrivateMethod {
  readonly resourceId: string;
  readonly verb: string;
  readonly linkId: string;
}

/**
 * The methods that name a link itself. A stage variable (`${stageVariables.link}`) is not followed, as
 * the service does not follow it.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html
 */
export function privateMethods(resources: ReadonlyMap<string, ResourceRow>): PrivateMethod[] {
  return [...resources.values()].flatMap(({ id: resourceId, methods }) =>
    [...methods].flatMap(([verb, { methodIntegration }]) => {
      const { connectionType, connectionId: linkId } = methodIntegration ?? {};
      if (connectionType !== 'VPC_LINK' || linkId === undefined || linkId.includes('${')) return [];
      return [{ resourceId, verb, linkId }];
    }),
  );
}
