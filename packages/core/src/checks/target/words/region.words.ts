import type { CheckWords } from '../../../findings/statement.js';
import { arnSays } from './arn.words.js';

/** The texts of `target/region`. */
export const targetRegionWords = {
  title: 'The target is in the region of the link',
  about: 'On AWS the link, the API and the load balancer (or Cloud Map service) are in one region and one partition.',
  sources: ['https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-vpc-links.html'],
  says: {
    ...arnSays,
    OTHER_REGION: ({
      region,
      link,
      linkRegion,
    }: {
      readonly region: string;
      readonly link: string;
      readonly linkRegion: string;
    }) => ({
      message: `the target is in ${region}, and link ${link} is in ${linkRegion}`,
      remedy: `Use a load balancer in ${linkRegion}, or a link and an API in ${region}.`,
    }),
  },
} satisfies CheckWords;
