import { fail, undecided } from '@postern/core/checks';
import { type Asked, ifCertain, isNull, knownWords, lacks, refusals, type Refusals } from '@postern/core/overlay';
import { AWS } from '../../../plans/rows/id-forms.js';
import { variablesIn } from '../../../plans/rows/stage-values.js';
import { apiOf } from '../../../plans/refusals/facts.js';
import { restParameterFault } from './parameters.js';
import { declaredIn, METHOD, METHODS, isMiswritten, placeOf } from './methods.js';

/*
 * Private integrations of REST APIs.
 * @see https://docs.aws.amazon.com/apigateway/latest/api/API_PutIntegration.html
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-private-integration.html
 */
const INTEGRATION = ['aws_api_gateway_integration'];
const KINDS = new Set(['AWS', 'AWS_PROXY', 'MOCK']);
function isPrivate({ view }: Asked): boolean {
  return view.text('connection_type') === 'VPC_LINK';
}

const form: Refusals = refusals(
  INTEGRATION,
  {
    INTEGRATION_TYPE: fail('{attribute} is {type}: a private integration has HTTP or HTTP_PROXY', 'Write HTTP_PROXY.'),
    INTEGRATION_METHOD: fail(
      '{attribute} is {method|not set}: expected ANY or an HTTP method in capitals',
      'Write ANY, or the method that the backend expects.',
    ),
  },
  function* (asked, say) {
    const { view, about, named } = asked;
    if (!isPrivate(asked)) return;

    const type = view.text('type');
    if (type !== undefined && KINDS.has(type)) yield say.INTEGRATION_TYPE(about, { attribute: named('type'), type });
    const method = view.text('integration_http_method');
    const isRight = method === undefined ? !isNull(view, 'integration_http_method') : !isMiswritten(method);
    if (isRight) return;

    yield say.INTEGRATION_METHOD(about, { attribute: named('integration_http_method'), method });
  },
);

/** The most can be raised for an account, so only the least counts. */
const timeout: Refusals = refusals(
  INTEGRATION,
  { TIMEOUT: fail('{attribute} is {timeoutMs}: expected {least} ms or more', 'Write {least} or more.') },
  function* (asked, say) {
    const { view, about, named } = asked;
    const own = view.number('timeout_milliseconds');
    const least = apiOf(asked, 'rest_api_id')?.traits.timeout?.leastMs ?? 0;
    if (isPrivate(asked) && own !== undefined && own < least)
      yield say.TIMEOUT(about, { attribute: named('timeout_milliseconds'), timeoutMs: own, least });
  },
);

/** @see https://docs.aws.amazon.com/apigateway/latest/api/API_Integration.html `type`, for the ports */
const uri: Refusals = refusals(
  INTEGRATION,
  {
    URI_FORM: fail(
      '{attribute} is {value}: expected http or https, a host and a port of 80, 443 or 1024 to 65535',
      'Write such a URI; its host is the Host header of calls.',
    ),
  },
  function* (asked, say) {
    const { view, about, named } = asked;
    const value = view.text('uri');
    if (!isPrivate(asked) || value === undefined || variablesIn(value).length > 0) return;

    const [, authority, port] = /^https?:\/\/([^\s/?#:]+(?::(\d+))?)(?:[/?#]\S*)?$/.exec(value) ?? [];
    const number = port === undefined ? 80 : Number(port);
    const isPort = number === 80 || number === 443 || (number >= 1024 && number <= 65_535);
    if (authority === undefined || !isPort) yield say.URI_FORM(about, { attribute: named('uri'), value });
  },
);

const target: Refusals = refusals(
  INTEGRATION,
  {
    TARGET_REQUIRED: fail(
      '{attribute} is not set, and a VPC link V2 requires it: PutIntegration refuses it',
      'Write the ARN of the load balancer as {attribute}, or use a VPC link V1.',
    ),
    TARGET_OF_FIRST: undecided(
      '{attribute} is set, and the link is a VPC link V1, which has a target of its own: AWS may refuse it',
      'Remove {attribute}.',
    ),
    TARGET_IN_OTHER_NETWORK: fail(
      '{attribute} is {target}, in {other}, and the link is in {network}',
      'Name a load balancer in {network}.',
    ),
  },
  function* (asked, say) {
    const { view, about, named, draft } = asked;
    if (!isPrivate(asked)) return;

    const attribute = named('integration_target');
    const link = draft.get('links', view.neededRef('connection_id', AWS.gatewayPart));
    const isGiven = !lacks(view, 'integration_target');
    if (link?.kind === 'vpc-link-v1' && isGiven) yield say.TARGET_OF_FIRST(about, { attribute }, undefined);
    if (link?.kind !== 'vpc-link-v2') return;

    if (!isGiven) yield say.TARGET_REQUIRED(about, { attribute });
    const target = view.ref('integration_target', AWS.balancer) ?? '';
    const other = draft.get('loadBalancers', target)?.networkId;
    const [subnet = ''] = link.subnetIds ?? [];
    const network = draft.get('subnets', subnet)?.networkId;
    if (other !== undefined && network !== undefined && other !== network)
      yield say.TARGET_IN_OTHER_NETWORK(about, { attribute, target, other, network });
  },
);

const parameters: Refusals = refusals(
  INTEGRATION,
  {
    PARAMETER_NOT_DECLARED: fail(
      '{attribute} has {name} = {value}, and {method} does not declare {value}: PutIntegration refuses it',
      'Write {value} = true in the request parameters of {method}.',
    ),
    PARAMETER_NAME: fail(
      '{attribute} has {name}, which is not a part of a request to the backend',
      'Write integration.request, then path, querystring or header, then a name.',
    ),
    PARAMETER_SOURCE: fail(
      '{attribute} has {name} = {value}, which names no value',
      'Write a parameter of the method, a variable of the context or of the stage, or a text in single quotes.',
    ),
  },
  function* (asked, say) {
    const { view, about, named, others } = asked;
    const all = Object.entries(view.map('request_parameters'));
    if (!isPrivate(asked) || all.length === 0) return;

    const api = view.neededRef('rest_api_id', AWS.api);
    const place = ifCertain(() => placeOf(view));
    const own = others(METHOD).find(
      (one) =>
        place !== undefined &&
        ifCertain(() => placeOf(one)) === place &&
        ifCertain(() => one.ref('rest_api_id', AWS.api)) === api,
    );
    const declared = own === undefined ? undefined : ifCertain(() => new Set(declaredIn(own)));
    for (const [name, value] of all) {
      const fault = restParameterFault(name, value, declared);
      const params = { attribute: named('request_parameters'), name, value };
      if (fault === 'undeclared')
        yield say.PARAMETER_NOT_DECLARED(about, { ...params, method: own?.instance.address ?? '' });
      if (fault === 'name') yield say.PARAMETER_NAME(about, params);
      if (fault === 'source') yield say.PARAMETER_SOURCE(about, params);
    }
  },
);

/** @see https://docs.aws.amazon.com/apigateway/latest/api/API_PutIntegration.html `requestTemplates` */
const templates: Refusals = refusals(
  INTEGRATION,
  {
    TEMPLATE_TYPE: fail(
      '{attribute} has {name}, which is not a content type',
      'Write a type such as application/json.',
    ),
  },
  function* ({ view, about, named }, say) {
    for (const name of Object.keys(view.map('request_templates')))
      if (!/^[^\s/]+\/[^\s/]+/.test(name))
        yield say.TEMPLATE_TYPE(about, { attribute: named('request_templates'), name });
  },
);

const words = knownWords(
  INTEGRATION,
  [
    { attribute: 'type', known: ['HTTP', 'HTTP_PROXY', ...KINDS] },
    { attribute: 'integration_http_method', known: [...METHODS] },
    { attribute: 'passthrough_behavior', known: ['WHEN_NO_MATCH', 'WHEN_NO_TEMPLATES', 'NEVER'] },
    { attribute: 'content_handling', known: ['CONVERT_TO_BINARY', 'CONVERT_TO_TEXT'] },
  ],
  isPrivate,
);

export const restRefusals: readonly Refusals[] = [form, timeout, uri, target, parameters, templates, words];
