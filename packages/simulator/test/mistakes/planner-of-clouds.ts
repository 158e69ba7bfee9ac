// What judges needs, what it judges by, and the quotas: one bundle, so that a mistake can be in each.
import { cloud as alibabaCloud } from '@postern/alibaba/cloud';
import { planner as alibaba } from '@postern/alibaba/planner';
import { cloud as awsCloud } from '@postern/aws/cloud';
import { planner as aws } from '@postern/aws/planner';
import { clouds, type Clouds } from '@postern/core/internal/kinds';

export * from '@postern/core/internal/planner';
export const CLOUDS: Clouds = clouds([awsCloud, alibabaCloud]);
export const planners = [aws, alibaba];
