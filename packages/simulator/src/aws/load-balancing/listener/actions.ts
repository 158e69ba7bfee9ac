import type { ForwardActionConfig, ProtocolEnum } from '@aws-sdk/client-elastic-load-balancing-v2';
import { type AwsCall, ServiceError, errorsOf } from '../../operation/operation.js';
import type { Action, LoadBalancerRow } from '../state.js';
import { checkArn } from '../find.js';
import { invalid } from '../request.js';
import { checkForward } from './forward.js';
import { isPort } from '../../../simulation/ports.js';

/** Actions that end a rule. It has exactly one, in the last place. */
const FINAL = new Set<string>(['forward', 'redirect', 'fixed-response']);
/** Actions that a caller must pass first; they need HTTPS. */
const GUARDS = new Set<string>(['authenticate-oidc', 'authenticate-cognito', 'jwt-validation']);

/** @see https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_FixedResponseActionConfig.html */
const CONTENT_TYPES = ['text/plain', 'text/css', 'text/html', 'application/javascript', 'application/json'];

const refused = errorsOf('InvalidLoadBalancerAction');

/**
 * Checks the actions of a listener or rule and completes them as the service does: a forward action always has its
 * `ForwardConfig`, a redirect all of its parts.
 * @throws {ServiceError} `ValidationError`, `InvalidLoadBalancerAction`, `TooManyActions`, `TargetGroupNotFound`,
 * `TargetGroupAssociationLimit`, `IncompatibleProtocols`, `InvalidConfigurationRequest`.
 */
export function completeActions(
  call: AwsCall,
  balancer: LoadBalancerRow,
  protocol: ProtocolEnum | undefined,
  actions: readonly Action[],
): Action[] {
  if (actions.length === 0) throw invalid('At least one action must be specified');

  const ordered = inOrder(actions);
  const finals = ordered.filter(({ Type }) => FINAL.has(Type));
  if (finals.length > 1)
    throw new ServiceError(
      'TooManyActions',
      'You can specify only one action of type forward, redirect or fixed-response',
    );

  const last = ordered.at(-1);
  if (finals.length === 0 || last === undefined || !FINAL.has(last.Type)) {
    throw refused('The last action must be one of forward, redirect or fixed-response');
  }

  return ordered.map((action) => complete(call, balancer, protocol, action));
}

function inOrder(actions: readonly Action[]): Action[] {
  if (actions.length === 1) return [...actions];

  const orders = new Set<number>();
  for (const { Order } of actions) {
    if (Order === undefined) throw invalid('An order must be specified for each action when there is more than one');
    if (orders.has(Order)) throw invalid(`Action order '${Order}' is used more than once`);

    orders.add(Order);
  }
  return [...actions].sort((a, b) => (a.Order ?? 0) - (b.Order ?? 0));
}

function complete(
  call: AwsCall,
  balancer: LoadBalancerRow,
  protocol: ProtocolEnum | undefined,
  action: Action,
): Action {
  if (action.Type !== 'forward' && balancer.fields.Type !== 'application') {
    throw refused(
      `Actions of type '${action.Type}' are not supported for load balancers with type '${balancer.fields.Type}'`,
    );
  }
  if (GUARDS.has(action.Type) && protocol !== 'HTTPS') {
    throw refused(`Actions of type '${action.Type}' are supported only on HTTPS listeners`);
  }

  switch (action.Type) {
    case 'forward':
      return forward(call, balancer, protocol, action);
    case 'redirect':
      return { ...action, RedirectConfig: redirect(action) };
    case 'fixed-response':
      return { ...action, FixedResponseConfig: fixedResponse(action) };
    case 'authenticate-oidc': {
      if (!action.AuthenticateOidcConfig)
        throw invalid("An 'AuthenticateOidcConfig' must be specified with 'authenticate-oidc'");

      const { ClientSecret: _secret, ...config } = action.AuthenticateOidcConfig; // never answered
      return { ...action, AuthenticateOidcConfig: { ...SESSION, ...config } };
    }
    case 'authenticate-cognito':
      if (!action.AuthenticateCognitoConfig) {
        throw invalid("An 'AuthenticateCognitoConfig' must be specified with 'authenticate-cognito'");
      }

      return { ...action, AuthenticateCognitoConfig: { ...SESSION, ...action.AuthenticateCognitoConfig } };
    default:
      if (!action.JwtValidationConfig) throw invalid("A 'JwtValidationConfig' must be specified with 'jwt-validation'");

      return { ...action };
  }
}

/** @see https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_AuthenticateOidcActionConfig.html */
const SESSION = {
  SessionCookieName: 'AWSELBAuthSessionCookie',
  Scope: 'openid',
  SessionTimeout: 604_800,
  OnUnauthenticatedRequest: 'authenticate',
} as const;

function forward(call: AwsCall, balancer: LoadBalancerRow, protocol: ProtocolEnum | undefined, action: Action): Action {
  const { TargetGroupArn: single, ForwardConfig: config } = action;
  const tuples = config?.TargetGroups ?? (single === undefined ? [] : [{ TargetGroupArn: single }]);
  const arns = tuples.map((tuple) => tuple.TargetGroupArn ?? '');
  if (arns.length === 0) throw invalid('A target group ARN must be specified');
  if (single !== undefined && (arns.length > 1 || arns[0] !== single)) {
    throw refused('You cannot specify both TargetGroupArn and a different ForwardConfig');
  }
  if (new Set(arns).size < arns.length) throw refused('A target group may be specified only once in a forward action');

  for (const arn of arns) checkArn('target group', arn);
  checkForward(call, balancer, protocol, arns);
  const application = balancer.fields.Type === 'application';
  const sticky = config?.TargetGroupStickinessConfig;
  checkSticky(sticky);
  const complete: ForwardActionConfig = {
    TargetGroups: tuples.map(({ TargetGroupArn, Weight }) => ({
      TargetGroupArn,
      ...(application || Weight !== undefined ? { Weight: weight(Weight ?? 1) } : {}),
    })),
    ...(application || sticky ? { TargetGroupStickinessConfig: { ...sticky, Enabled: sticky?.Enabled ?? false } } : {}),
  };
  const { TargetGroupArn: _single, ...rest } = action;
  return { ...rest, ...(arns.length === 1 ? { TargetGroupArn: arns[0] } : {}), ForwardConfig: complete };
}

/** @see https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_TargetGroupTuple.html */
function weight(value: number): number {
  if (value < 0 || value > 999) throw invalid(`Target group weight '${value}' must be between '0-999' inclusive`);

  return value;
}

/** @see https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_TargetGroupStickinessConfig.html */
function checkSticky(sticky: ForwardActionConfig['TargetGroupStickinessConfig']): void {
  const seconds = sticky?.DurationSeconds;
  if (sticky?.Enabled === true && seconds === undefined) {
    throw invalid('A duration must be specified when target group stickiness is enabled');
  }
  if (seconds !== undefined && (seconds < 1 || seconds > 604_800)) {
    throw invalid(`Target group stickiness duration '${seconds}' must be between '1-604800' inclusive`);
  }
}

/** @see https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_RedirectActionConfig.html */
function redirect({ RedirectConfig: config }: Action): NonNullable<Action['RedirectConfig']> {
  if (!config) throw invalid("A 'RedirectConfig' must be specified with 'redirect'");

  const whole = {
    Protocol: config.Protocol ?? '#{protocol}',
    Port: config.Port ?? '#{port}',
    Host: config.Host ?? '#{host}',
    Path: config.Path ?? '/#{path}',
    Query: config.Query ?? '#{query}',
    StatusCode: config.StatusCode,
  };
  if (whole.Port !== '#{port}' && !isPort(whole.Port)) {
    throw refused(`The redirect port '${whole.Port}' is not valid`);
  }
  if (!whole.Path.startsWith('/')) throw refused("The redirect path must start with '/'");

  const same =
    whole.Protocol === '#{protocol}' &&
    whole.Port === '#{port}' &&
    whole.Host === '#{host}' &&
    whole.Path === '/#{path}';
  if (same) throw refused('The redirect configuration is not valid because it creates a loop.');

  return whole;
}

function fixedResponse({ FixedResponseConfig: config }: Action): NonNullable<Action['FixedResponseConfig']> {
  if (!config) throw invalid("A 'FixedResponseConfig' must be specified with 'fixed-response'");
  if (config.ContentType !== undefined && !CONTENT_TYPES.includes(config.ContentType)) {
    throw refused(`The ContentType must be one of:'${CONTENT_TYPES.join("', '")}'`);
  }

  return config;
}
