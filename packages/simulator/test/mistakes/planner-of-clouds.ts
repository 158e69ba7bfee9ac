// What judges needs, what it judges by, and the quotas: one bundle, so that a mistake can be in each.
import { planner as alibaba } from '@postern/alibaba/planner';
import { planner as aws } from '@postern/aws/planner';

export { BUILT_IN } from '@postern/core/kinds';
export * from '@postern/core/planner';
export const planners = [aws, alibaba];
