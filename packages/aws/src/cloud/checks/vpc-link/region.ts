import { aboutTarget, defineCheck } from '@postern/core/checks';
import { ARN_CODES, arnTargets, rightPlace } from './arn-targets.js';

/** `target/region`. */
export const targetRegion = defineCheck({
  id: 'target/region',
  severity: 'error',
  title: 'The target is in the region of the link',
  about: 'On AWS the link, the API and the load balancer (or Cloud Map service) are in one region and one partition.',
  sources: ['https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-vpc-links.html'],
  codes: [...ARN_CODES, 'OTHER_REGION'],
  *run(input, say) {
    for (const { integration, target, arn, text } of arnTargets(input)) {
      const { region } = integration.link.region.region;
      if (arn.region === region) yield rightPlace(say, input, integration, target, text, `the target is in ${region}`);
      else {
        yield say.fail(
          aboutTarget(integration, target),
          'OTHER_REGION',
          { region: arn.region, link: integration.link.name, linkRegion: region },
          (p) => ({
            message: `the target is in ${p.region}, and link ${p.link} is in ${p.linkRegion}`,
            remedy: `Use a load balancer in ${p.linkRegion}, or a link and an API in ${p.region}.`,
            evidence: [{ kind: 'target', id: text, text: `region ${arn.region}` }],
          }),
        );
      }
    }
  },
});
