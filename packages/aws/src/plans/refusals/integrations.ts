import { fail } from '@postern/core/checks';
import {
  type Asked,
  blockOf,
  ifCertain,
  isNull,
  knownWords,
  possible,
  refusals,
  type Refusals,
  textOf,
  type View,
} from '@postern/core/overlay';
import { AWS } from '../rows/id-forms.js';
import { variablesIn } from '../rows/stage-values.js';
import { apiOf } from './facts.js';
import { parameterFault } from './parameters.js';

/*
 * Private integrations of HTTP and WebSocket APIs.
 * @see https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid-integrations.html
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-private.html
 */
const TYPES = ['aws_apigatewayv2_integration'];
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
    // The provider of Terraform, which that of Pulumi is made of, writes 1.0 then: internal/service/apigatewayv2/integration.go.
    const isWritten = view.lookup.words.tool !== 'CloudFormation';
    const isLeftOut = kind === 'http-api' && !isWritten && isNull(view, 'payload_format_version');
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
    RESPONSE_STATUS: fail('{attribute} has the status code {code}: expected 200 to 599', 'Write such a code.'),
  },
  function* (asked, say) {
    const { view, about, named } = asked;
    if (kindOf(asked) !== 'http-api') return;

    const responses = ifCertain(() => view.blocks('response_parameters')) ?? [];
    for (const code of responses.flatMap((one) => textOf(one, 'status_code') ?? []))
      if (!/^[2-5]\d\d$/.test(code))
        yield say.RESPONSE_STATUS(about, { attribute: named('response_parameters'), code });
    const all = [
      ...Object.entries(view.map('request_parameters')).map((one) => ['request', ...one] as const),
      ...responses.flatMap((one) => Object.entries(one.map('mappings')).map((pair) => ['response', ...pair] as const)),
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

/** What only integrations of HTTP APIs have. @see https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid-integrations.html */
const ONLY_HTTP = ['integration_subtype', 'response_parameters', 'tls_config'];

/** Whether an attribute or a block is written. */
function isSet(view: View, name: string): boolean {
  return textOf(view, name) !== undefined || blockOf(view, name) !== undefined;
}

/** @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-private.html */
const members: Refusals = refusals(
  TYPES,
  {
    MEMBER_OF_OTHER_KIND: fail(
      '{attribute} is set, and a private integration[if isWebSocket:  of a WebSocket API] has none',
      'Remove {attribute}.',
    ),
    SERVER_NAME_LENGTH: fail('{attribute} has more than {most} characters', 'Write the name of a certificate.'),
  },
  function* (asked, say) {
    const kind = kindOf(asked);
    if (kind === undefined) return;

    const { view, about, named } = asked;
    const isWebSocket = kind === 'websocket-api';
    for (const one of isWebSocket ? ONLY_HTTP : ['integration_subtype', 'credentials_arn']) {
      const params = { attribute: named(one) };
      if (isSet(view, one)) yield say.MEMBER_OF_OTHER_KIND(about, params, { words: { isWebSocket } });
    }
    const name = blockOf(view, 'tls_config') && textOf(blockOf(view, 'tls_config') ?? view, 'server_name_to_verify');
    if (name !== undefined && name.length > LONGEST_NAME)
      yield say.SERVER_NAME_LENGTH(about, { attribute: named('tls_config'), most: LONGEST_NAME });
  },
);

/** @see https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid-integrations.html TlsConfig */
const LONGEST_NAME = 512;

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

    const values = possible(asked.view, 'integration_uri');
    if (values === undefined || values.some((one) => CALLED.test(one) || variablesIn(one).length > 0)) return;

    yield say.URI_NOT_CALLED(asked.about, { attribute: asked.named('integration_uri'), values });
  },
);

/** A WebSocket API calls a URL by a link, as REST APIs do. */
const url: Refusals = refusals(
  TYPES,
  {
    URI_FORM: fail(
      '{attribute} is {values:or}: a WebSocket API calls a URL of http or https by a link',
      'Write the URL with the port of the listener.',
    ),
  },
  function* (asked, say) {
    if (kindOf(asked) !== 'websocket-api') return;

    const values = possible(asked.view, 'integration_uri');
    if (values === undefined || values.some((one) => /^https?:\/\/[^\s/]+/.test(one) || variablesIn(one).length > 0))
      return;

    yield say.URI_FORM(asked.about, { attribute: asked.named('integration_uri'), values });
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

/** Words of HTTP and WebSocket APIs. */
const words = knownWords(TYPES, [
  { attribute: 'integration_type', known: [...KINDS] },
  { attribute: 'integration_method', known: [...METHODS] },
]);

export const integrationRefusals: readonly Refusals[] = [
  format,
  type,
  method,
  timeout,
  parameters,
  members,
  uri,
  url,
  link,
  words,
];
