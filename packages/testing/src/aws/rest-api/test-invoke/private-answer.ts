import type { Integration } from '@aws-sdk/client-api-gateway';
import type { AwsCall } from '../../call.js';
import { connects } from '../../connects/connects.js';
import { calledByIntegration, unsetVariables } from '../../connects/rest-method.js';
import type { Finding } from '../../connects/connection.js';
import type { RestApiRow } from '../../state/rest-api-state.js';
import { notSimulated } from '../words.js';
import { endpointLines, endpointUri } from './endpoint-request.js';
import { CONFIGURATION_ERROR, failedAnswer, type TestAnswer } from './test-answer.js';
import type { TestRequest } from './test-request.js';

/** How long the service tries to connect, in milliseconds: one record, of a V1 link. For V2 it is [U]. */
const CONNECT_MS = 10_000;
/** Milliseconds until a link that cannot be used is found out [I]. */
const LINK_MS = 15;

/**
 * The answer of a private integration that does not reach its backend.
 * @see https://repost.aws/knowledge-center/api-gateway-500-error-vpc
 * @throws {ServiceError} NotImplemented where the backend is reached, or an application load balancer answers
 */
export function privateAnswer(call: AwsCall, api: RestApiRow, own: Integration, request: TestRequest): TestAnswer {
  const called = calledByIntegration(call.state, own, request.stageVariables);
  const lines = endpointLines(api.fields.id, own, request);
  // Nothing is left of an address whose variable is not set [I].
  if (unsetVariables(own.uri, request.stageVariables).length > 0)
    return failedAnswer(api, { lines, ...invalidAddress() });
  if ('by' in called) return failedAnswer(api, { lines, ...linkError() });
  const sending = [...lines, { text: `Sending request to ${endpointUri(own, request)}` }];
  const stop = stopped(call, called);
  return failedAnswer(api, { lines: sending, ...(stop.by === 'link' ? linkError() : unreachable()) });
}

/** @see https://github.com/localstack/localstack `test_apigateway_api.py`, test_failed_invoke_test_method */
function invalidAddress() {
  return { reason: `${CONFIGURATION_ERROR} Invalid endpoint address`, latencyMs: LINK_MS };
}

/** @see https://heroween.hateblo.jp/entry/2022/08/30/065339 */
function linkError() {
  return { reason: 'Execution failed due to an vpc link error', latencyMs: LINK_MS };
}

function unreachable() {
  return {
    reason: `${CONFIGURATION_ERROR} There was an internal error while executing your request`,
    latencyMs: CONNECT_MS,
  };
}

/**
 * What stops the call from every one of the link's interfaces.
 * @throws {ServiceError} NotImplemented where a call arrives, or might
 */
function stopped(
  call: AwsCall,
  { linkId, to, port }: Exclude<ReturnType<typeof calledByIntegration>, Finding>,
): Finding {
  const world = { aws: call.aws, region: call.state, now: call.now, untilAnswered: true };
  const { undecided, sources, by, because } = connects(world, linkId, to, port);
  if (undecided !== undefined) throw notSimulated(`A test whose result depends on ${undecided}`);
  if (sources.some((source) => source.connects)) {
    throw notSimulated('A test that reaches its backend');
  }
  return { by, because };
}
