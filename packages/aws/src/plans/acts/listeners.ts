import {
  amount,
  blocks,
  ifResolved,
  isChanged,
  isSame,
  isSet,
  resource,
  several,
  single,
  UnresolvedValue,
  updatedValues,
  word,
  type Act,
  type ActValues,
  type Caller,
  type Input,
} from '@postern/core/internal/overlay';
import { attributesOf } from './calls.js';

function forwardTo(block: ActValues): object {
  const [sticky] = blocks(block['stickiness']);
  return {
    TargetGroups: blocks(block['target_group']).map(({ arn, weight }) => ({
      TargetGroupArn: single(arn),
      Weight: amount(weight),
    })),
    TargetGroupStickinessConfig: sticky && {
      Enabled: isSet(sticky['enabled']),
      // A state has the duration 0 of what was created without it, and the provider does not send it.
      DurationSeconds: isSet(sticky['enabled']) ? amount(sticky['duration']) : undefined,
    },
  };
}

const REDIRECTED = ['Host', 'Path', 'Port', 'Protocol', 'Query', 'StatusCode'];

function redirectTo(block: ActValues): object {
  const members = REDIRECTED.map((name) => [
    name,
    word(block[name === 'StatusCode' ? 'status_code' : name.toLowerCase()]),
  ]);
  return Object.fromEntries(members);
}

const answer = (block: ActValues): object => ({
  StatusCode: word(block['status_code']),
  ContentType: word(block['content_type']),
  MessageBody: word(block['message_body']),
});

/** A secret is sensitive: any will do, since it changes nothing that calls notice. */
function authenticate(
  member: 'AuthenticateOidcConfig' | 'AuthenticateCognitoConfig',
  block: ActValues,
  caller: Caller,
) {
  const attribute = member === 'AuthenticateOidcConfig' ? 'authenticate_oidc_config' : 'authenticate_cognito_config';
  const { client_secret: _, ...shown } = block;
  const { Actions } = caller.fill('elasticloadbalancingv2.CreateRule', { actions: [{ [attribute]: [shown] }] });
  const [filled] = several(Actions) as readonly Record<string, object>[];
  return { ...filled?.[member], ...(member === 'AuthenticateOidcConfig' && { ClientSecret: 'secret' }) };
}

/**
 * What a listener or a rule does. Of an action the provider sends what its type has: a plan may still have a former target group.
 * @see https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/elbv2/listener.go
 */
export function actions(values: unknown, caller: Caller): readonly object[] {
  return blocks(values).map((action, at) => {
    const type = word(action['type']);
    const common = { Type: type, Order: amount(ifResolved(action['order'])) || at + 1 };
    const block = (name: string): ActValues => blocks(action[name])[0] ?? {};
    switch (type) {
      case 'forward': {
        const isBlock = blocks(action['forward']).length > 0;
        const TargetGroupArn = isBlock ? undefined : word(action['target_group_arn']);
        if (isBlock) return { ...common, ForwardConfig: forwardTo(block('forward')) };
        if (TargetGroupArn === undefined) throw new UnresolvedValue('the target group of an action is not known');

        return { ...common, TargetGroupArn };
      }
      case 'redirect':
        return { ...common, RedirectConfig: redirectTo(block('redirect')) };
      case 'fixed-response':
        return { ...common, FixedResponseConfig: answer(block('fixed_response')) };
      case 'authenticate-oidc':
        return {
          ...common,
          AuthenticateOidcConfig: authenticate('AuthenticateOidcConfig', block('authenticate_oidc'), caller),
        };
      case 'authenticate-cognito':
        return {
          ...common,
          AuthenticateCognitoConfig: authenticate('AuthenticateCognitoConfig', block('authenticate_cognito'), caller),
        };
      default:
        return common;
    }
  });
}

const NAMES = { Certificates: '-', DefaultActions: '-', MutualAuthentication: '-' };

/** The provider does not send a mode that is off. */
function mutualAuthentication(values: ActValues): object {
  const [block] = blocks(values['mutual_authentication']);
  const Mode = word(block?.['mode']);
  if (block === undefined || Mode === undefined || Mode === 'off') return {};

  const expired = word(block['ignore_client_certificate_expiry']);
  return {
    MutualAuthentication: {
      Mode,
      TrustStoreArn: word(block['trust_store_arn']),
      IgnoreClientCertificateExpiry: Mode === 'verify' && expired !== undefined ? isSet(expired) : undefined,
    },
  };
}

function settings(input: Input, values: ActValues): Input {
  const certificate = word(values['certificate_arn']);
  return {
    ...input,
    Certificates: certificate && [{ CertificateArn: certificate }],
    ...mutualAuthentication(values),
  };
}

const ofApplication = (arn: unknown): boolean => String(arn).includes(':loadbalancer/app/');

const ATTRIBUTES: Readonly<Record<string, string>> = {
  tcp_idle_timeout_seconds: 'tcp.idle_timeout.seconds',
  routing_http_response_server_enabled: 'routing.http.response.server.enabled',
};
const DEFAULTS = ['350', 'true'];

function setAttributes(arn: unknown, values: ActValues, isSent: (name: string) => boolean, caller: Caller): void {
  const Attributes = attributesOf(values, ATTRIBUTES, isSent);
  if (Attributes.length > 0)
    caller.call('elasticloadbalancingv2.ModifyListenerAttributes', { ListenerArn: arn, Attributes });
}

const CREATE = 'elasticloadbalancingv2.CreateListener';
const DELETE = 'elasticloadbalancingv2.DeleteListener';

const listener = resource(CREATE, 'Listeners.0.ListenerArn', DELETE, {
  names: NAMES,
  optional: ['SslPolicy'],
  // A listener of an application load balancer is one of HTTP where the configuration names no protocol.
  input: (input, values, caller) => ({
    ...settings(input, values),
    ...(input['Protocol'] === undefined && ofApplication(input['LoadBalancerArn']) && { Protocol: 'HTTP' }),
    DefaultActions: actions(values['default_action'], caller),
  }),
  after: (values, { arn }, caller) =>
    setAttributes(arn, values, (name) => !DEFAULTS.includes(word(ifResolved(values[name])) ?? 'true'), caller),
  update: (before, values, caller) => {
    const after = updatedValues(before, values);
    const DefaultActions = isChanged(before, values, 'default_action')
      ? { DefaultActions: actions(after['default_action'], caller) }
      : {};
    const filled = (all: ActValues) => settings(caller.fill('elasticloadbalancingv2.ModifyListener', all, NAMES), all);
    const sent = { ...filled(after), ...DefaultActions, ListenerArn: before['arn'] };
    if (!isSame(filled(before), filled(after)) || 'DefaultActions' in DefaultActions)
      caller.call('elasticloadbalancingv2.ModifyListener', sent);
    setAttributes(before['arn'], values, (name) => isChanged(before, values, name), caller);
  },
});

const certificateOf = (values: ActValues): object => ({
  ListenerArn: single(values['listener_arn']),
  Certificates: [{ CertificateArn: single(values['certificate_arn']) }],
});

const certificate: Act = {
  create: (values, caller) => {
    caller.call('elasticloadbalancingv2.AddListenerCertificates', certificateOf(values));
    return { id: `${word(values['listener_arn'])}_${word(values['certificate_arn'])}` };
  },
  remove: (before, caller) =>
    void caller.call('elasticloadbalancingv2.RemoveListenerCertificates', certificateOf(before)),
  owners: ['listener_arn'],
};

/** Listeners and their certificates. */
export const listenerActs: Readonly<Record<string, Act>> = {
  aws_lb_listener: listener,
  aws_alb_listener: listener,
  aws_lb_listener_certificate: certificate,
  aws_alb_listener_certificate: certificate,
};
