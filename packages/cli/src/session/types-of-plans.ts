import { alibabaPlans, awsPlans, type PlansOption } from '@postern/core/overlay';

/** The types of resources of all clouds. */
export const typesOfPlans = (): Promise<PlansOption> => Promise.resolve({ plans: [awsPlans, alibabaPlans] });
