import type { CheckWords } from '../../findings/statement.js';
import { arnSays } from './arn.words.js';

/** The texts of `target/region`. */
export const targetRegionWords = {
  title: "The target is in the link's own region",
  about: 'On AWS the link, the API and the load balancer (or Cloud Map service) live in one region, and one partition.',
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
      message: `the target is in ${region}, link ${link} in ${linkRegion}`,
      remedy: `Use a load balancer in ${linkRegion}, or a link and API in ${region}.`,
    }),
  },
} satisfies CheckWords;
