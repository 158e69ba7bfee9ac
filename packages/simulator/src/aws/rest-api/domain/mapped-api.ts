import type { AwsCall } from '../../operation/call.js';

/** The kind of API that an ID is of; undefined where there is none. */
export function apiKind({ state }: AwsCall, id: string): 'REST' | 'HTTP' | 'WEBSOCKET' | undefined {
  return state.restApi.apis.has(id) ? 'REST' : state.apiGateway.apis.get(id)?.fields.ProtocolType;
}
