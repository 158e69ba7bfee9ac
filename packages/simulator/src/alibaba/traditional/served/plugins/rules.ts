import type { GatewayAnswer } from '../../../../simulation/traffic/gateway-call.js';
import { errorAnswer, type Failure } from '../gateway-error.js';
import type { Received } from '../received.js';
import type { Route } from '../router.js';
import { bodyOf, numberIn, rowsIn, textIn, type Body } from './body.js';
import { holds, filledIn, valuesOf, type ValueOf, type Looked } from './condition.js';
import { withHeaders } from '../../../traffic/journey.js';

/** Why rules refuse a call, or why that cannot be decided. */
type RuleStop = { readonly answer: GatewayAnswer } | { readonly undecided: string };

/**
 * Whether the plug-in `accessControl` refuses a call: the first rule that says ALLOW or DENY decides. Its code is seen in public clients.
 * @see https://help.aliyun.com/document_detail/154200.html
 */
export function refusedByRules(looked: Looked, requestId: string): RuleStop | undefined {
  const body = bodyOf(looked.match.route.published, 'accessControl');
  if (!body) return undefined;

  const valueOf = valuesOf(body, looked);
  for (const rule of rowsIn(body, 'rules')) {
    const result = holds(textIn(rule, 'condition'), valueOf);
    if (result === undefined) return { undecided: `The condition ${textIn(rule, 'condition')} is not simulated.` };

    const action = textIn(rule, result ? 'ifTrue' : 'ifFalse').toUpperCase();
    if (action === 'ALLOW') return undefined;
    if (action !== 'DENY') continue;

    const name = textIn(rule, 'name');
    const because = `Rule ${name} of the plug-in accessControl denies the call.`;
    const failure: Failure = { code: 'A403AC', detail: name, outcome: 'unauthorized', because };
    return { answer: said(errorAnswer(failure, requestId, looked.trace), rule, valueOf) };
  }
  return undefined;
}

/**
 * What callers get of an answer where the plug-in `errorMapping` takes it for an error. The outcome of the call stays: its backend answered.
 * @see https://www.alibabacloud.com/help/doc-detail/148586.htm
 */
export function mappedError(answer: GatewayAnswer, looked: Looked): GatewayAnswer {
  const body = bodyOf(looked.match.route.published, 'errorMapping');
  if (!body) return answer;

  const valueOf = valuesOf(body, { ...looked, answer });
  if (holds(textIn(body, 'errorCondition'), valueOf) !== true) return answer;

  const code = valueOf(textIn(body, 'errorCode'));
  const mapping =
    rowsIn(body, 'mappings').find((one) => textIn(one, 'code') === code) ??
    (body['defaultMapping'] as Body | undefined);
  return mapping ? said(answer, mapping, valueOf) : answer;
}

/** An answer in the words of a rule or a mapping. */
function said(answer: GatewayAnswer, words: Body, valueOf: ValueOf): GatewayAnswer {
  const message = textIn(words, 'errorMessage');
  const own = words['responseHeaders'];
  const headers = typeof own === 'object' && own !== null ? (own as Body) : {};
  const texts = Object.entries(headers).map(([name, value]) => [name, filledIn(String(value), valueOf)]);
  const shown = message === '' ? [] : [['X-Ca-Error-Message', filledIn(message, valueOf)]];
  return withHeaders(
    {
      ...answer,
      status: numberIn(words, 'statusCode') ?? answer.status,
      ...('responseBody' in words && { body: filledIn(textIn(words, 'responseBody'), valueOf) }),
    },
    Object.fromEntries([...texts, ...shown]) as Record<string, string>,
  );
}

/**
 * Whether the plug-in `basicAuth` refuses a call. Which code it answers is [U].
 * @see https://help.aliyun.com/en/api-gateway/traditional-api-gateway/user-guide/plugins/ (BasicAuth plugin)
 */
export function withoutPassword({ published }: Route, { headers }: Received['call']): Failure | undefined {
  const body = bodyOf(published, 'basicAuth');
  if (!body) return undefined;

  const [, given = ''] = /^Basic\s+(\S+)$/i.exec(headers['authorization'] ?? '') ?? [];
  const sent = Buffer.from(given, 'base64').toString('utf8');
  const isKnown = rowsIn(body, 'users').some(
    (user) => sent === `${textIn(user, 'username')}:${textIn(user, 'password')}`,
  );
  if (isKnown) return undefined;

  return { code: 'A403PR', detail: 'basicAuth', outcome: 'unauthorized', because: 'The call has no known password.' };
}
