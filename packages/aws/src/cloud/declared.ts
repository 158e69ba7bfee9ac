import type { DeclaredLink, DeclaredPlace, DeclaredTargetPlace, SpecFault } from '@postern/core/internal/kinds';
import { arnFault, roleFault, type ArnKind } from './arn-fault.js';

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
