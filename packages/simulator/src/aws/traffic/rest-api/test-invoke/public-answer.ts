import { addressOf } from '../../../rest-api/execution/address.js';
import { endpointRequest } from '../../../rest-api/execution/endpoint-request.js';
import { INVALID_ADDRESS, TIMEOUT_MS } from '../private-call.js';
import { endpointLines } from './execution-log.js';
import { answered, lowered, SOON_MS, type Test } from './private-answer.js';
import { failedAnswer, type TestAnswer } from './test-answer.js';

/** Hosts that the internet has no way to. */
const PRIVATE = /^(?:localhost|127\.|10\.|192\.168\.|169\.254\.|172\.(?:1[6-9]|2\d|3[01])\.|0\.|\[)/i;

/**
 * The answer of a public endpoint. The internet is not called: a backend that is registered for the host of the URI answers, else the
 * echo. It is a promise where the backend is a server of the user's own. That a private address fails in these words is [I].
 * @see https://docs.aws.amazon.com/apigateway/latest/api/API_TestInvokeMethod.html
 * @throws {ServiceError} NotImplemented for templates that are not plain text
 */
export function publicAnswer(test: Test): TestAnswer | Promise<TestAnswer> {
  const { call, api, own, request } = test;
  const sent = endpointRequest(api.fields.id, own, request);
  const prepared = endpointLines(sent);
  const { endpoint, method, body } = sent;
  const isUnset = addressOf(own, request.stageVariables).unset.inUri !== undefined;
  if (!endpoint || isUnset || PRIVATE.test(endpoint.name)) {
    return failedAnswer(api, request, { lines: prepared, reason: INVALID_ADDRESS, latencyMs: SOON_MS });
  }
  const lines = [...prepared, { text: `Sending request to ${sent.uri}` }];
  const { headers } = lowered(sent);
  const { host: target, port, path } = endpoint;
  const place = { address: endpoint.name.toLowerCase(), port, target };
  const asked = call.askBackend(
    { ...place, method, path, headers, body, source: '', link: '', gateway: api.fields.id },
    own.timeoutInMillis ?? TIMEOUT_MS,
  );
  return asked instanceof Promise ? asked.then((one) => answered(test, lines, one)) : answered(test, lines, asked);
}
