import type { PlansOption } from '@postern/core/overlay';

/** The types of resources of all clouds. */
export async function typesOfPlans(): Promise<PlansOption> {
  const all = await Promise.all([import('@postern/aws/plans'), import('@postern/alibaba/plans')]);
  return { plans: all.map(({ plans }) => plans) };
}
