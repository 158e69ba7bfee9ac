import { cloud as alibaba } from '@postern/alibaba/cloud';
import { cloud as aws } from '@postern/aws/cloud';
import { clouds } from '@postern/core/internal/kinds';

/** The clouds that a spec of the page may name: values without an SDK. */
export const CLOUDS = clouds([aws, alibaba]);
