import type { View } from '@postern/core/internal/overlay';
import { partitionOf } from '../../cloud/arn.js';

/** An ARN in the place of a resource, of what does not exist yet. */
export function arn(view: View, resource: string, service = 'elasticloadbalancing'): string {
  const { region, account } = view.lookup.place;
  return `arn:${partitionOf(region)}:${service}:${region}:${account}:${resource}`;
}

/** The name of a resource as its ARN has it. */
export function nameIn(view: View, hash: string): string {
  // A name that the cloud refuses makes no ARN.
  return view.ifKnown(() => view.text('name'))?.replaceAll(/[^\w-]/g, '-') ?? `tf-${hash.slice(0, 8)}`;
}

/** In milliseconds. Undefined: it is set, and not known. */
export function secondsOf(view: View, name: string, otherwise: number): number | undefined {
  return view.ifKnown(() => (view.number(name) ?? otherwise) * 1000);
}
