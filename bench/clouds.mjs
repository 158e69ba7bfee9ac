// The clouds of the specs of benchmarks.
import { cloud as alibaba } from '../packages/alibaba/dist/cloud.js';
import { cloud as aws } from '../packages/aws/dist/cloud.js';
import { clouds } from '../packages/core/dist/index.js';

export const CLOUDS = clouds([aws, alibaba]);
