import type { Check } from '../../findings/check.js';
import { aboutTarget } from '../../findings/about.js';
import { fails } from '../../findings/outcome.js';
import { arnTargets, rightPlace } from './arn.js';

/** `target/region`. */
export const targetRegion: Check = {
  id: 'target/region',
  title: "The target is in the link's own region",
  severity: 'error',
  about: 'On AWS the link, the API and the load balancer (or Cloud Map service) live in one region, and one partition.',
  sources: ['https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-vpc-links.html'],
  *run(input) {
    for (const { integration, target, arn, text } of arnTargets(input)) {
      const { region } = integration.link.region.region;
      if (arn.region === region) yield rightPlace(input, integration, target, text, `it is in ${region}`);
      else {
        yield fails(aboutTarget(integration, target), {
          message: `the target is in ${arn.region}, link ${integration.link.name} in ${region}`,
          evidence: [{ kind: 'target', id: text, text: `region ${arn.region}` }],
          remedy: `Use a load balancer in ${region}, or a link and API in ${arn.region}.`,
        });
      }
    }
  },
};
