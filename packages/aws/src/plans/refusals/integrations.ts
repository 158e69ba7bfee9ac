import { fail } from '@postern/core/checks';
import { ifCertain, refusals, type Asked, type Refusals, type Wanted } from '@postern/core/overlay';
import { AWS } from '../rows/wanted.js';
import { variablesIn } from '../rows/stage-values.js';
import { apiOf, isNull } from './facts.js';
import { parameterFault } from './parameters.js';

/*
 * Private integrations of HTTP and WebSocket APIs.
 * @see https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid-integrations.html
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-private.html
 */
const TYPES = ['aws_apigatewayv2_integration'];
/** Any text: what is not accepted must be seen, too. */
const ANY: Wanted = { attribute: 'arn', form: /^/ };
/** What an HTTP API can call by a link. */
const CALLED = /^arn:[\w-]+:(?:elasticloadbalancing:.*:listener\/(?!gwy\/)|servicediscovery:.*:service\/srv-)/;
const KINDS = new Set(['AWS', 'AWS_PROXY', 'HTTP', 'HTTP_PROXY', 'MOCK']);
const METHODS = new Set(['ANY', 'DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT']);

/** The kind of its API, where it is a private integration. */
function kindOf(asked: Asked): string | undefined {
  return asked.view.text('connection_type') === 'VPC_LINK' ? apiOf(asked)?.gateway.kind : undefined;
}

const format: Refusals = refusals(
  TYPES,
  {
    PAYLOAD_FORMAT: fail(
      '{attribute} is {version|not set}, and a private integration has 1.0: CreateIntegration refuses it',
      'Write 1.0 as {attribute}.',
    ),
  },
  function* (asked, say) {
    const { view, about, named } = asked;
    const kind = kindOf(asked);
    if (kind === undefined) return;
    const version = view.text('payload_format_version');
    const isLeftOut = kind === 'http-api' && version === undefined && isNull(view, 'payload_format_version');
    // A version that is not known yet is not judged.
    if (version !== '2.0' && !isLeftOut) return;
    yield say.PAYLOAD_FORMAT(about, { attribute: named('payload_format_version'), version });
  },
);

const type: Refusals = refusals(
  TYPES,
  { INTEGRATION_TYPE: fail('{attribute} is {type}: a private integration has {allowed:or}', 'Write HTTP_PROXY.') },
  function* (asked, say) {
    const kind = kindOf(asked);
    const own = asked.view.text('integration_type');
    const allowed = kind === 'http-api' ? ['HTTP_PROXY'] : ['HTTP', 'HTTP_PROXY'];
    // A word that no table lists is not judged.
    if (kind === undefined || own === undefined || !KINDS.has(own) || allowed.includes(own)) return;
    yield say.INTEGRATION_TYPE(asked.about, { attribute: asked.named('integration_type'), type: own, allowed });
  },
);

const method: Refusals = refusals(
  TYPES,
  {
    INTEGRATION_METHOD: fail(
      '{attribute} is {method|not set}: expected ANY or an HTTP method in capitals',
      'Write ANY, or the method that the backend expects.',
    ),
  },
  function* (asked, say) {
    const { view, about, named } = asked;
    const own = view.text('integration_method');
    const isWrong =
      own === undefined ? isNull(view, 'integration_method') : !METHODS.has(own) && METHODS.has(own.toUpperCase());
    if (kindOf(asked) !== undefined && isWrong)
      yield say.INTEGRATION_METHOD(about, { attribute: named('integration_method'), method: own });
  },
);

/** @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html */
const timeout: Refusals = refusals(
  TYPES,
  { TIMEOUT: fail('{attribute} is {timeoutMs}: expected {least} to {most} ms', 'Write {least} to {most}.') },
  function* (asked, say) {
    const { view, about, named } = asked;
    const limits = kindOf(asked) === undefined ? undefined : apiOf(asked)?.traits.timeout;
    const own = view.number('timeout_milliseconds');
    const most = limits?.most.byDefault;
    if (own === undefined || limits === undefined || most === undefined) return;
    if (own >= limits.leastMs && own <= most) return;
    yield say.TIMEOUT(about, { attribute: named('timeout_milliseconds'), timeoutMs: own, least: limits.leastMs, most });
  },
);

const parameters: Refusals = refusals(
  TYPES,
  {
    RESERVED_HEADER: fail(
      '{attribute} has {name}, and API Gateway keeps this header to itself: CreateIntegration refuses it',
      'Remove {name}, or write another header.',
    ),
    PARAMETER_NAME: fail(
      '{attribute} has {name}, which no mapping of {of} can be',
      'Write append, overwrite or remove, and header.NAME[if isRequest: , querystring.NAME], or overwrite:[if isRequest: path|statuscode].',
    ),
    PARAMETER_SOURCE: fail(
      '{attribute} has {name} = {value}, which names no value of {of}',
      'Write a variable of {of}, of the context or of the stage, or a text without a dollar sign.',
    ),
  },
  function* (asked, say) {
    const { view, about, named } = asked;
    if (kindOf(asked) !== 'http-api') return;
    const all = [
      ...Object.entries(view.map('request_parameters')).map((one) => ['request', ...one] as const),
      ...(ifCertain(() => view.blocks('response_parameters')) ?? []).flatMap((one) =>
        Object.entries(one.map('mappings')).map((pair) => ['response', ...pair] as const),
      ),
    ];
    for (const [side, name, value] of all) {
      const fault = parameterFault(name, value, side);
      const isRequest = side === 'request';
      const params = {
        attribute: named(isRequest ? 'request_parameters' : 'response_parameters'),
        name,
        of: isRequest ? 'requests' : 'responses',
      };
      if (fault === 'reserved') yield say.RESERVED_HEADER(about, params);
      if (fault === 'name') yield say.PARAMETER_NAME(about, params, { words: { isRequest } });
      if (fault === 'source') yield say.PARAMETER_SOURCE(about, { ...params, value });
    }
  },
);

/** What an attribute is, or can get: undefined where that is open. */
function possible({ view }: Asked, attribute: string): readonly string[] | undefined {
  const known = ifCertain(() => view.text(attribute));
  if (known !== undefined) return [known];
  if (!view.isUnknown(attribute)) return undefined;
  const { values, reasons } = view.candidates(attribute, ANY);
  return reasons.length > 0 || values.length === 0 ? undefined : values;
}

/** A URI is wrong where no value that it can get is accepted. */
const uri: Refusals = refusals(
  TYPES,
  {
    URI_NOT_CALLED: fail(
      '{attribute} is {values:or}: neither the ARN of a listener of an application or network load balancer, nor that of a Cloud Map service',
      'Write the ARN of a listener of the load balancer, or of a Cloud Map service.',
    ),
  },
  function* (asked, say) {
    if (kindOf(asked) !== 'http-api') return;
    const values = possible(asked, 'integration_uri');
    if (values === undefined || values.some((one) => CALLED.test(one) || variablesIn(one).length > 0)) return;
    yield say.URI_NOT_CALLED(asked.about, { attribute: asked.named('integration_uri'), values });
  },
);

/** The rule of the check `gateway/link-kind`. */
const link: Refusals = refusals(
  [...TYPES, 'aws_api_gateway_integration'],
  {
    LINK_KIND: fail(
      '{attribute} is a VPC link {version}, which {title} does not support: it is not found there',
      'Name a VPC link {expected:or}.',
    ),
  },
  function* (asked, say) {
    const { view, about, named, draft } = asked;
    if (view.text('connection_type') !== 'VPC_LINK') return;
    const { traits } = apiOf(asked, view.instance.type === TYPES[0] ? 'api_id' : 'rest_api_id') ?? {};
    const kind = draft.get('links', view.neededRef('connection_id', AWS.gatewayPart))?.kind;
    const fitting: readonly string[] = traits?.links ?? [];
    if (kind === undefined || traits === undefined || fitting.includes(kind)) return;
    const params = { attribute: named('connection_id'), version: versionOf(kind), title: traits.title };
    yield say.LINK_KIND(about, { ...params, expected: fitting.map(versionOf) });
  },
);

function versionOf(kind: string): string {
  return kind === 'vpc-link-v1' ? 'V1' : 'V2';
}

export const integrationRefusals: readonly Refusals[] = [format, type, method, timeout, parameters, uri, link];
