import { isPosternError, type Gaps, unlessGone, type CallContext } from '@postern/core/internal/adapter';
import type { Listener, LoadBalancer } from '@postern/core/internal/snapshot';
import { batchesOf, listAll } from '../client/list-all.js';
import type { ListenerOutput, LoadBalancerOutput } from '../sdk-types.js';
import { toActions } from './listener.js';
import { plain, allSent, sent, type Session } from '../client/session.js';

/**
 * All load balancers of the region. A request by name or ARN accepts only twenty at a time, never both, and
 * fails as a whole when one is missing. An account has at most a hundred or so, which is one page.
 */
export function listLoadBalancers(session: Session, ctx: CallContext): Promise<LoadBalancerOutput[]> {
  return listAll(session, ctx, 'load balancers', 'elasticloadbalancing', 'DescribeLoadBalancers');
}

/** The listeners of one load balancer, at most fifty. @throws {CloudError} `NOT_FOUND` */
export function listListeners(session: Session, loadBalancerArn: string, ctx: CallContext): Promise<ListenerOutput[]> {
  return listAll(session, ctx, `listeners of ${loadBalancerArn}`, 'elasticloadbalancing', 'DescribeListeners', {
    LoadBalancerArn: loadBalancerArn,
  });
}

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_LoadBalancer.html (Type) */
const KINDS: ReadonlyMap<string, LoadBalancer['kind']> = new Map<string, LoadBalancer['kind']>([
  ['application', 'application'],
  ['network', 'network'],
  ['gateway', 'gateway'],
]);

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_LoadBalancerState.html */
const ACTIVE = new Map<string | undefined, boolean>([
  ['active', true],
  ['active_impaired', true],
  ['provisioning', false],
  ['failed', false],
]);

const ENFORCED = new Map([
  ['on', true],
  ['off', false],
]);

/** A load balancer without a kind where its type is not documented: no snapshot holds it then. */
export interface ReadBalancer extends Omit<LoadBalancer, 'kind'> {
  readonly kind: LoadBalancer['kind'] | undefined;
}

/** A load balancer in the portable form. */
export function toLoadBalancer(balancer: LoadBalancerOutput): ReadBalancer {
  const {
    Scheme,
    IpAddressType: addresses,
    EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic: enforced = '',
  } = balancer;
  return {
    id: balancer.LoadBalancerArn,
    name: balancer.LoadBalancerName,
    kind: KINDS.get(balancer.Type),
    networkId: balancer.VpcId,
    scheme: Scheme === 'internal' || Scheme === 'internet-facing' ? Scheme : undefined,
    state: balancer.State?.Code,
    active: ACTIVE.get(balancer.State?.Code),
    subnetIds: (balancer.AvailabilityZones ?? []).flatMap(({ SubnetId }) => SubnetId ?? []),
    securityGroupIds: [...(balancer.SecurityGroups ?? [])],
    dualStack: addresses?.startsWith('dualstack'),
    privateLinkEnforced: ENFORCED.get(enforced),
    account: accountOf(balancer.LoadBalancerArn),
    raw: plain(balancer),
  };
}

/** Those that a snapshot can hold; a gap for each other one. */
export function documentedBalancers(balancers: readonly ReadBalancer[], gaps: Gaps): readonly LoadBalancer[] {
  return balancers.flatMap(({ kind, ...balancer }) => {
    if (kind !== undefined) return [{ ...balancer, kind }];

    const word = typeOf(balancer);
    const about = { of: 'loadBalancers', noun: 'load balancer', member: 'type', word } as const;
    gaps.undocumented({ ...about, id: balancer.id, operation: 'DescribeLoadBalancers' });
    return [];
  });
}

/** The cloud's own word for the kind of a load balancer. */
export function typeOf({ raw }: Pick<ReadBalancer, 'raw'>): string | undefined {
  return (raw as LoadBalancerOutput).Type;
}

function accountOf(arn = ''): string | undefined {
  return /^arn:[^:]*:[^:]*:[^:]*:(\d{12}):/.exec(arn)?.[1];
}

/** A listener in the portable form. */
export function toListener(listener: ListenerOutput): Listener {
  return {
    id: listener.ListenerArn,
    loadBalancerId: listener.LoadBalancerArn,
    port: listener.Port ?? 0,
    protocol: listener.Protocol ?? '',
    actions: toActions(listener.DefaultActions),
    clientCertificates: clientCertificates(listener),
    raw: plain(listener),
  };
}

/**
 * Whether callers must present a certificate: at listeners for HTTPS and, since November 2026, for TLS. Filters of the identity of a
 * certificate (`ClientCertificateIdentityFilters`) narrow what is accepted, and are not read.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_MutualAuthenticationAttributes.html
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/network/mutual-authentication.html
 */
function clientCertificates({ Protocol, MutualAuthentication }: ListenerOutput): Listener['clientCertificates'] {
  return ENDS_TLS.has(Protocol) ? MODES.get(MutualAuthentication?.Mode ?? 'off') : undefined;
}

const ENDS_TLS: ReadonlySet<string | undefined> = new Set(['HTTPS', 'TLS']);

const MODES: ReadonlyMap<string, NonNullable<Listener['clientCertificates']>> = new Map([
  ['off', 'none'],
  ['passthrough', 'passed'],
  ['verify', 'required'],
]);

/** The listeners of whole load balancers, and single ones by ARN; those that do not exist are missing. */
export async function listenersOf(
  session: Session,
  loadBalancerArns: readonly string[],
  single: readonly { readonly arn: string; readonly loadBalancerArn: string }[],
  ctx: CallContext,
): Promise<readonly ListenerOutput[]> {
  const rest = single.filter(({ loadBalancerArn }) => !loadBalancerArns.includes(loadBalancerArn));
  const balancers = [...new Set(rest.map(({ loadBalancerArn }) => loadBalancerArn))];
  const arns = [...new Set(rest.map(({ arn }) => arn))];
  const batches = Math.ceil(arns.length / ARNS_PER_CALL);
  const [whole, others] = await Promise.all([
    listenersOfBalancers(session, loadBalancerArns, ctx),
    batches < balancers.length
      ? listenersByArn(session, arns, balancers, ctx)
      : listenersOfBalancers(session, balancers, ctx),
  ]);
  return [...whole, ...others];
}

/** AWS names no limit for `ListenerArns`; a refusal is answered with a call per load balancer. */
const ARNS_PER_CALL = 400;

async function listenersByArn(
  session: Session,
  arns: readonly string[],
  balancers: readonly string[],
  ctx: CallContext,
): Promise<readonly ListenerOutput[]> {
  const batches = batchesOf(arns, ARNS_PER_CALL);
  try {
    const pages = await Promise.all(
      batches.map((batch) => session.call(ctx, 'elasticloadbalancing', 'DescribeListeners', { ListenerArns: batch })),
    );
    const listeners = pages.flatMap((page) =>
      sent(page.Listeners, 'Listeners', 'DescribeListeners').map((one) =>
        allSent(one, ['ListenerArn', 'LoadBalancerArn'], 'DescribeListeners'),
      ),
    );
    if (pages.every(({ NextMarker }) => NextMarker === undefined)) return listeners;
  } catch (error) {
    // One that is missing fails the call for all of them.
    if (!isPosternError(error, 'NOT_FOUND') && !isPosternError(error, 'CLOUD_REFUSED')) throw error;
  }
  return listenersOfBalancers(session, balancers, ctx);
}

async function listenersOfBalancers(
  session: Session,
  loadBalancerArns: readonly string[],
  ctx: CallContext,
): Promise<readonly ListenerOutput[]> {
  const lists = await Promise.all(loadBalancerArns.map((arn) => unlessGone(listListeners(session, arn, ctx))));
  return lists.flatMap((listeners) => listeners ?? []);
}

type Attributes = ReadonlyMap<string, string>;

/** The attributes of a load balancer, or `undefined` where it was deleted. */
export function loadBalancerAttributes(
  session: Session,
  arn: string,
  ctx: CallContext,
): Promise<Attributes | undefined> {
  const operation = 'DescribeLoadBalancerAttributes';
  return attributesOf(operation, session.call(ctx, 'elasticloadbalancing', operation, { LoadBalancerArn: arn }));
}

/** The attributes of a target group, or `undefined` where it was deleted. */
export function targetGroupAttributes(
  session: Session,
  arn: string,
  ctx: CallContext,
): Promise<Attributes | undefined> {
  const operation = 'DescribeTargetGroupAttributes';
  return attributesOf(operation, session.call(ctx, 'elasticloadbalancing', operation, { TargetGroupArn: arn }));
}

/** The value of an attribute with `true` or `false`. `undefined` for one that is missing or has another value. */
export function flagOf(attributes: Attributes | undefined, key: string): boolean | undefined {
  const value = attributes?.get(key);
  return value === 'true' ? true : value === 'false' ? false : undefined;
}

/** The value of an attribute in seconds. `undefined` for one that is missing or not a number. */
export function secondsOf(attributes: Attributes | undefined, key: string): number | undefined {
  const value = attributes?.get(key) ?? '';
  return /^\d+$/.test(value) ? Number(value) : undefined;
}

/** One call for each thing: AWS has no other. */
async function attributesOf(
  operation: string,
  call: Promise<{
    readonly Attributes?: readonly { Key?: string | undefined; Value?: string | undefined }[] | undefined;
  }>,
): Promise<Attributes | undefined> {
  const answer = await unlessGone(call);
  if (answer === undefined) return undefined;

  const attributes = sent(answer.Attributes, 'Attributes', operation);
  return new Map(attributes.map(({ Key = '', Value = '' }) => [Key, Value]));
}
