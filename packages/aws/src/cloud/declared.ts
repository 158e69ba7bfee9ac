import type { DeclaredLink, DeclaredPlace, DeclaredTargetPlace, SpecFault } from '@postern/core/internal/kinds';
import { isOutside, partitionOf, strictArn, type Arn } from './arn.js';

type ArnFault = Omit<SpecFault, 'path' | 'key'>;

/** Kinds of ARNs that a spec may contain, and similar ones that are written by mistake. */
const KINDS = {
  listener: { service: 'elasticloadbalancing', pattern: /^listener\/(?:app|net)\/[\w-]+\/[0-9a-f]+\/[0-9a-f]+$/ },
  'load balancer': { service: 'elasticloadbalancing', pattern: /^loadbalancer\/(?:app|net)\/[\w-]+\/[0-9a-f]+$/ },
  'target group': { service: 'elasticloadbalancing', pattern: /^targetgroup\/[\w-]+\/[0-9a-f]+$/ },
  'listener rule': { service: 'elasticloadbalancing', pattern: /^listener-rule\// },
  'Gateway Load Balancer': { service: 'elasticloadbalancing', pattern: /^(?:listener|loadbalancer)\/gwy\// },
  'Classic Load Balancer': { service: 'elasticloadbalancing', pattern: /^loadbalancer\/[\w-]+$/ },
  'Cloud Map service': { service: 'servicediscovery', pattern: /^service\/srv-[a-z0-9]+$/ },
  'Cloud Map namespace': { service: 'servicediscovery', pattern: /^namespace\/ns-[a-z0-9]+$/ },
} as const satisfies Record<string, { readonly service: string; readonly pattern: RegExp }>;

type ArnKind = keyof typeof KINDS;

/** How the resource of an ARN begins, for kinds that a spec names. */
const EXAMPLES: Readonly<Partial<Record<ArnKind, string>>> = {
  listener: 'listener/app/…',
  'load balancer': 'loadbalancer/net/…',
  'Cloud Map service': 'service/srv-…',
};

/** The kind of resource in an ARN: one of the kinds above, or its service and the first word of its resource. */
function kindOf(arn: Arn): string {
  for (const [kind, { service, pattern }] of Object.entries(KINDS)) {
    if (arn.service === service && pattern.test(arn.resource)) return kind;
  }
  return `resource of ${arn.service}`;
}

/**
 * The problem of `text` as the ARN of a `kind` in `region`, or `undefined`. Where a load balancer's ARN is
 * given in place of a listener's, `details` contains the load balancer, so that a caller with credentials can
 * list its listeners.
 */
function arnFault(text: string, kind: ArnKind, region: string | undefined): ArnFault | undefined {
  const arn = strictArn(text);
  if (!arn) {
    const remedy = `Write arn:<partition>:${KINDS[kind].service}:<region>:<account>:${EXAMPLES[kind] ?? '…'}.`;
    return { code: 'INVALID_ARN', message: `not the ARN of a ${kind}`, remedy };
  }

  const found = kindOf(arn);
  if (found !== kind) {
    const listener = kind === 'listener' && found === 'load balancer';
    return {
      code: 'WRONG_KIND',
      message: `expected the ARN of a ${kind}, got the ARN of a ${found}`,
      remedy: listener
        ? 'Write the ARN of one of its listeners, or { loadBalancer: …, port: … }.'
        : `Write the ARN of a ${kind}.`,
      ...(listener ? { details: { loadBalancerArn: text, region: arn.region }, cloudKnows: true } : {}),
    };
  }
  if (region === undefined) return undefined;
  if (arn.region !== region || isOutside(arn.partition, region)) {
    const where = arn.region === region ? `the partition ${arn.partition}` : arn.region || 'no region';
    const message = `this ${kind} is in ${where}, its link in ${region} (partition ${partitionOf(region)})`;
    return { code: 'WRONG_REGION', message, remedy: `Name a ${kind} in ${region}, or use a link in ${arn.region}.` };
  }

  return undefined;
}

/** What is wrong with `text` as the ARN of a role that is to be assumed for work in `region`, or `undefined`. */
function roleFault(text: string, region: string | undefined): ArnFault | undefined {
  const arn = strictArn(text);
  const remedy = 'Write arn:<partition>:iam::<account>:role/<name>.';
  if (!arn) return { code: 'INVALID_ARN', message: 'not the ARN of a role', remedy };
  if (arn.service !== 'iam' || arn.account === '' || !arn.resource.startsWith('role/')) {
    return { code: 'WRONG_KIND', message: `expected the ARN of a role, got the ARN of a ${kindOf(arn)}`, remedy };
  }
  if (region === undefined || !isOutside(arn.partition, region)) return undefined;

  const message = `this role is in the partition ${arn.partition}, ${region} in ${partitionOf(region)}`;
  return { code: 'WRONG_REGION', message, remedy: 'Name a role of the same partition.' };
}

/** What is wrong with a declared link: whether the role is in its partition, and the load balancer in its region. */
export function linkFaults({ assumeRole, loadBalancer }: DeclaredLink, { region }: DeclaredPlace): SpecFault[] {
  const role = assumeRole === undefined ? undefined : roleFault(assumeRole, region);
  return [
    ...(role ? [{ ...role, path: ['assumeRole'] }] : []),
    ...(loadBalancer?.startsWith('arn:') === true
      ? faultsOf(loadBalancer, 'load balancer', region, ['loadBalancer'])
      : []),
  ];
}

/** What is wrong with a listener: its ARN, or that of its load balancer. */
export function listenerFaults(listener: unknown, { region }: DeclaredTargetPlace): readonly SpecFault[] {
  if (typeof listener === 'string') return faultsOf(listener, 'listener', region, []);

  const { loadBalancer } = listener as { readonly loadBalancer: string };
  return loadBalancer.startsWith('arn:') ? faultsOf(loadBalancer, 'load balancer', region, ['loadBalancer']) : [];
}

/** What is wrong with the ARN of a Cloud Map service, which may carry attributes: `…:service/srv-a1b2?stage=blue`. */
export function serviceFaults(service: unknown, { region }: DeclaredTargetPlace): readonly SpecFault[] {
  const [arn = ''] = (service as string).split('?');
  return faultsOf(arn, 'Cloud Map service', region, []);
}

function faultsOf(arn: string, kind: ArnKind, region: string | undefined, path: readonly string[]): SpecFault[] {
  const fault = arnFault(arn, kind, region);
  return fault === undefined ? [] : [{ ...fault, path }];
}
