import type { Instance } from '../declared/values.js';
import type { PlanSet } from './plan-set.js';

/** A resource of a plan that may register members in ways that the plan does not show. */
export interface ForeignResource {
  readonly address: string;
  /** It changes how many members a registrar has; others register members. */
  readonly scales: boolean;
}

/** By the beginnings of types: of no cloud. */
const OF_NO_CLOUD: readonly (readonly [beginning: string, unless?: string])[] = [
  // Controllers in a cluster register pods.
  ['helm_release'],
  ['kubernetes_'],
  ['kubectl_'],
  ['kustomization_'],
  ['argocd_'],
  ['flux_'],
  ['rancher2_'],
  ['nomad_'],
  // Programs that run during the apply.
  ['null_resource'],
  ['terraform_data'],
  ['shell_'],
];

/** What may register members of a cloud's groups, of the resources that are there after the plan. */
export function foreignResourcesOf(
  instances: readonly Instance[],
  cloud: string,
  set: PlanSet,
): readonly ForeignResource[] {
  const existing = instances.filter(({ after, deposed }) => after !== undefined && !deposed);
  const types = new Set(existing.map(({ type }) => type));
  const beginnings = [...OF_NO_CLOUD, ...(set.named(cloud)?.terraform.registeringTypes ?? [])];
  return existing.flatMap(({ address, type }): readonly ForeignResource[] => {
    if (set.scalingTypes.some((one) => type.startsWith(one))) return [{ address, scales: true }];

    const found = beginnings.find(([one]) => type.startsWith(one));
    return found === undefined || (found[1] !== undefined && types.has(found[1])) ? [] : [{ address, scales: false }];
  });
}
