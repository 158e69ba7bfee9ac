import type { CallContext } from '@postern/core';
import { CloudError, type RouteTest, type TestCallAnswer } from '@postern/core/adapter';
import type { TestInvokeOutput } from '../sdk-types.js';
import { methodsOf } from './read-rest-api.js';
import type { RestSession } from './write/known-trees.js';

/** Methods that may be sent again after a lost answer. */
const SAFE: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Has API Gateway call a method of the working copy: without a stage, and without its authorizer. It needs
 * `apigateway:POST` on the method.
 * @see https://docs.aws.amazon.com/apigateway/latest/api/API_TestInvokeMethod.html
 * @throws {CloudError} `NOT_FOUND`
 */
export async function testMethod(session: RestSession, call: RouteTest, ctx: CallContext): Promise<TestCallAnswer> {
  const { gatewayId: restApiId, key, method: httpMethod, path, headers, stageVariables } = call;
  const methods = methodsOf(restApiId, await session.trees.of(restApiId, ctx));
  const found = methods.find((one) => `${one.verb} ${one.path}` === key);
  if (found === undefined) {
    throw new CloudError('NOT_FOUND', `REST API ${restApiId} has no method ${key}`, { operation: 'TestInvokeMethod' });
  }
  const input = {
    restApiId,
    resourceId: found.resourceId,
    httpMethod,
    pathWithQueryString: path,
    ...(headers === undefined ? {} : { headers: { ...headers } }),
    ...(stageVariables === undefined ? {} : { stageVariables: { ...stageVariables } }),
  };
  const answer = await session.call(
    ctx,
    'apigateway',
    'TestInvokeMethod',
    input,
    SAFE.has(httpMethod) ? 'read' : 'create',
  );
  return meaningOf(answer);
}

/** Only an answer of the gateway itself names the type of an error. A refusal says nothing of the backend. */
function meaningOf({ status, headers = {}, log = '', latency }: TestInvokeOutput): TestCallAnswer {
  const facts = {
    ...(status === undefined ? {} : { status }),
    ...(latency === undefined ? {} : { latencyMs: latency }),
  };
  const isOwn = Object.keys(headers).some((name) => name.toLowerCase() === 'x-amzn-errortype');
  if (status === undefined) return { ...facts, outcome: 'unknown', because: 'the answer has no status' };
  if (!isOwn) return { ...facts, outcome: 'connected', because: `the backend answered with status ${status}` };
  const because = reasonIn(log) ?? `API Gateway answered with status ${status}`;
  return { ...facts, outcome: status < 500 ? 'unknown' : 'failed', because };
}

/**
 * What a log says of a failure: `Execution failed due to an vpc link error`. Other lines may hold secrets of the call.
 * @see https://repost.aws/knowledge-center/api-gateway-500-error-vpc
 */
function reasonIn(log: string): string | undefined {
  return [...log.matchAll(/ : (Execution failed due to [^\n]{1,300})/g)].at(-1)?.[1];
}
