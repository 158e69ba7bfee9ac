import { fail } from '@postern/core/checks';
import { blockOf, isNull, lacks, refusals, type Refusals, textOf, type View } from '@postern/core/overlay';
import { GROUPS } from './facts.js';

/*
 * Target groups, their health checks and targets.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateTargetGroup.html
 */
const HTTP = new Set<string | undefined>(['HTTP', 'HTTPS']);
const PROTOCOLS = ['HTTP', 'HTTPS', 'TCP', 'TLS', 'UDP', 'TCP_UDP', 'GENEVE', 'QUIC', 'TCP_QUIC'];
const GENEVE_PORT = 6081;

/** @see https://docs.aws.amazon.com/elasticloadbalancing/latest/network/application-load-balancer-target.html for `alb` */
const form: Refusals = refusals(
  GROUPS,
  {
    GROUP_LACKS: fail('{attribute} is not set, and targets of type {type} require it', 'Write {attribute}.'),
    GROUP_NOT_FOR_LAMBDA: fail('{attribute} is set, and a group of a function has none', 'Remove {attribute}.'),
    GROUP_PROTOCOL: fail('{attribute} is {protocol}: expected {allowed:or}', 'Write {allowed:or}.'),
    GROUP_PORT: fail('{attribute} is {port}: expected {allowed}', 'Write {allowed}.'),
    PROTOCOL_VERSION: fail('{attribute} is {version}, and a group of {protocol} has none', 'Remove {attribute}.'),
  },
  function* ({ view, about, named }, say) {
    const type = view.text('target_type') ?? 'instance';
    const members = ['protocol', 'port', 'vpc_id'] as const;
    if (type === 'lambda') {
      // The provider of Terraform, which that of Pulumi is made of, leaves them out: internal/service/elbv2/target_group.go.
      if (view.lookup.words.tool !== 'CloudFormation') return;

      for (const one of members)
        if (!lacks(view, one)) yield say.GROUP_NOT_FOR_LAMBDA(about, { attribute: named(one) });
      return;
    }

    for (const one of members) if (isNull(view, one)) yield say.GROUP_LACKS(about, { attribute: named(one), type });
    const protocol = view.text('protocol');
    const port = view.number('port');
    const allowed = type === 'alb' ? ['TCP'] : PROTOCOLS;
    if (protocol !== undefined && PROTOCOLS.includes(protocol) && !allowed.includes(protocol))
      yield say.GROUP_PROTOCOL(about, { attribute: named('protocol'), protocol, allowed });
    const isPort = port === undefined || (Number.isInteger(port) && port >= 1 && port <= 65_535);
    if (protocol === 'GENEVE' && port !== undefined && port !== GENEVE_PORT)
      yield say.GROUP_PORT(about, { attribute: named('port'), port, allowed: GENEVE_PORT });
    else if (!isPort) yield say.GROUP_PORT(about, { attribute: named('port'), port, allowed: '1 to 65535' });
    const version = textOf(view, 'protocol_version');
    const isHttp = HTTP.has(protocol);
    // Words that no table lists are not judged.
    if (protocol === undefined || version === undefined || isHttp || !PROTOCOLS.includes(protocol)) return;

    yield say.PROTOCOL_VERSION(about, { attribute: named('protocol_version'), version, protocol });
  },
);

/** @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html, and of network load balancers */
const checks: Refusals = refusals(
  GROUPS,
  {
    CHECK_DISABLED: fail('the health check is disabled, which targets of type {type} do not allow', 'Enable it.'),
    CHECK_PROTOCOL: fail(
      'the protocol of the health check is {probe}: a group of {protocol} has {allowed:or}',
      'Write {allowed:or}.',
    ),
    CHECK_TIMEOUT: fail(
      'the timeout of the health check is {timeout} s, and its interval {interval} s: expected {bound}',
      'Write a shorter timeout, or a longer interval.',
    ),
    CHECK_RANGE: fail(
      'the {what} of the health check is {value}: expected {least} to {most}',
      'Write {least} to {most}.',
    ),
    CHECK_PORT: fail(
      'the port of the health check is {port}: expected traffic-port or 1 to 65535',
      'Write one of these.',
    ),
    CHECK_PATH: fail('the path of the health check is {path}: expected a slash first', 'Write /{path}.'),
    CHECK_ONLY_HTTP: fail('the health check has a {what}, and its protocol is {probe}', 'Remove the {what}.'),
    CHECK_MATCHER: fail(
      'the matcher of the health check is {codes}: expected codes from {least} to {most}',
      'Write such codes.',
    ),
  },
  function* ({ view, about }, say) {
    const check = blockOf(view, 'health_check');
    const type = view.text('target_type') ?? 'instance';
    if (check === undefined || type === 'lambda') return;

    const protocol = view.text('protocol');
    const isHttp = HTTP.has(protocol);
    if (check.flag('enabled') === false) yield say.CHECK_DISABLED(about, { type });
    const isNew = view.instance.before === undefined;
    const isFlow = protocol !== undefined && !isHttp && protocol !== 'GENEVE';
    const byDefault = isHttp || type === 'alb' ? 'HTTP' : 'TCP';
    const isGiven = !isNew || check.isUnknown('protocol') || protocol === undefined;
    const probe = textOf(check, 'protocol') ?? (isGiven ? undefined : byDefault);
    const allowed = isHttp || type === 'alb' ? ['HTTP', 'HTTPS'] : ['HTTP', 'HTTPS', 'TCP'];
    if (probe !== undefined && protocol !== undefined && PROTOCOLS.includes(probe) && !allowed.includes(probe))
      yield say.CHECK_PROTOCOL(about, { probe, protocol, allowed });
    for (const [what, least, most] of RANGES) {
      const value = numberIn(check, what);
      if (value !== undefined && (value < least || value > most))
        yield say.CHECK_RANGE(about, { what: what.replaceAll('_', ' '), value, least, most });
    }
    const ofKind = isFlow
      ? probe === 'HTTP'
        ? DEFAULTS.flowHttp
        : DEFAULTS.flow
      : isHttp
        ? DEFAULTS.http
        : DEFAULTS.geneve;
    const [timeout, interval] = (['timeout', 'interval'] as const).map(
      (name) => numberIn(check, name) ?? (isNew && !check.isUnknown(name) ? ofKind[name] : undefined),
    );
    if (timeout !== undefined && interval !== undefined && protocol !== undefined)
      if (isFlow ? timeout > interval : timeout >= interval) {
        const bound = isFlow ? 'at most the interval' : 'less than the interval';
        yield say.CHECK_TIMEOUT(about, { timeout, interval }, { words: { bound } });
      }
    const port = textOf(check, 'port');
    if (port !== undefined && port !== 'traffic-port' && !isPort(port)) yield say.CHECK_PORT(about, { port });
    const [path, codes] = [textOf(check, 'path'), textOf(check, 'matcher')];
    if (path !== undefined && !path.startsWith('/')) yield say.CHECK_PATH(about, { path });
    if (probe === 'TCP') {
      if (path !== undefined) yield say.CHECK_ONLY_HTTP(about, { what: 'path', probe });
      if (codes !== undefined) yield say.CHECK_ONLY_HTTP(about, { what: 'matcher', probe });
      return;
    }

    const isGrpc = view.text('protocol_version') === 'GRPC';
    const [least, most] = isGrpc ? [0, 99] : isHttp ? [200, 499] : protocol === 'GENEVE' ? [200, 399] : [200, 599];
    if (codes !== undefined && protocol !== undefined && !areCodes(codes, least, most))
      yield say.CHECK_MATCHER(about, { codes, least, most });
  },
);

/**
 * In seconds, where none is given. By the pages of application and network load balancers: the one of CreateTargetGroup has 6 seconds for
 * HTTP and 10 for HTTPS, which are those of the checks of a network load balancer. A group of HTTPS with an interval of 5 and no
 * timeout is refused: https://github.com/terraform-linters/tflint-ruleset-aws/issues/404, kube-ingress-aws-controller 392.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/network/target-group-health-checks.html
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateTargetGroup.html for GENEVE
 */
const DEFAULTS = {
  http: { timeout: 5, interval: 30 },
  flowHttp: { timeout: 6, interval: 30 },
  flow: { timeout: 10, interval: 30 },
  geneve: { timeout: 5, interval: 10 },
} as const;

const RANGES = [
  ['interval', 5, 300],
  ['timeout', 2, 120],
  ['healthy_threshold', 2, 10],
  ['unhealthy_threshold', 2, 10],
] as const;

function numberIn(view: View, name: string): number | undefined {
  const text = textOf(view, name);
  return text === undefined || !/^\d+$/.test(text) ? undefined : Number(text);
}

function isPort(text: string): boolean {
  return /^\d+$/.test(text) && Number(text) >= 1 && Number(text) <= 65_535;
}

/** `200`, `200,202`, `200-299`. */
function areCodes(text: string, least: number, most: number): boolean {
  const numbers = text.split(/[,-]/).map(Number);
  return /^\d+(?:-\d+)?(?:,\d+(?:-\d+)?)*$/.test(text) && numbers.every((one) => one >= least && one <= most);
}

export const groupRefusals: readonly Refusals[] = [form, checks];
